import type { Api, Method } from "./api-client.ts";
import type { components, paths } from "./generated/api.d.ts";

/** What the API sends and takes, by name. */
export type Schemas = components["schemas"];

const PREFIX = "/api/v1";

/** Paths that take a method, as the API's document has them, after `/api/v1`. */
type PathOf<M extends Method> = {
  [P in keyof paths]: P extends `${typeof PREFIX}${infer Rest}`
    ? paths[P][Lowercase<M>] extends object
      ? Rest
      : never
    : never;
}[keyof paths];

type OperationOf<M extends Method, P extends PathOf<M>> = `${typeof PREFIX}${P}` extends keyof paths
  ? NonNullable<paths[`${typeof PREFIX}${P}`][Lowercase<M>]>
  : never;

type Json<T> = T extends { readonly content: { readonly "application/json": infer Body } } ? Body : undefined;

/** What comes back where all is well; undefined: nothing but the status. */
type AnswerOf<M extends Method, P extends PathOf<M>> =
  OperationOf<M, P> extends { readonly responses: infer R }
    ? { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? Json<R[S]> : never }[keyof R]
    : never;

type Given<Name extends string, T> = [T] extends [never]
  ? unknown
  : undefined extends T
    ? { readonly [N in Name]?: T | undefined }
    : { readonly [N in Name]: T };

type Parameters<O, In extends "path" | "query"> = O extends {
  readonly parameters: { readonly [I in In]?: infer T };
}
  ? T
  : never;

type BodyOf<O> = O extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer B } };
}
  ? B
  : never;

/** What a request says beside its path: what the document demands must be there, and nothing else may be. */
type RequestOf<M extends Method, P extends PathOf<M>> = Given<"path", Parameters<OperationOf<M, P>, "path">> &
  Given<"query", Parameters<OperationOf<M, P>, "query">> &
  Given<"body", BodyOf<OperationOf<M, P>>>;

/**
 * One request to the admin API, with the types of its document: a path, a parameter or a field that the API
 * does not have is no program. Throws as `Api` does.
 */
export type Ask = <M extends Method, const P extends PathOf<M>>(
  method: M,
  path: P,
  ...request: Partial<RequestOf<M, P>> extends RequestOf<M, P>
    ? [request?: RequestOf<M, P>]
    : [request: RequestOf<M, P>]
) => Promise<AnswerOf<M, P>>;

/** What is said of a request, with the document's types taken off. */
interface Said {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

export const typedApi =
  (api: Api): Ask =>
  (method, path, ...[request]) => {
    const { path: places = {}, query = {}, body } = (request ?? {}) as Said;
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name]!));
    const words = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]);
    const search = words.length === 0 ? "" : `?${new URLSearchParams(words)}`;
    return api(method, `${filled}${search}`, body);
  };
