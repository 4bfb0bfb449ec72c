import type { Api, Download, Method } from "./api-client.ts";
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

type Responses<O> = O extends { readonly responses: infer R } ? R : never;

type Content<Response> = Response extends { readonly content: infer C } ? C : never;

type Json<T> = T extends { readonly content: { readonly "application/json": infer Body } } ? Body : undefined;

/**
 * What comes back where all is well; undefined: nothing but the status. That of a dry run is not asked for.
 */
type AnswerOf<M extends Method, P extends PathOf<M>> = Exclude<
  {
    [S in keyof Responses<OperationOf<M, P>>]: S extends 200 | 201 | 202 | 204
      ? Json<Responses<OperationOf<M, P>>[S]>
      : never;
  }[keyof Responses<OperationOf<M, P>>],
  Schemas["WritePlan"]
>;

/** As the document has it, and whoever asks may keep it for good. */
type Kept<T> = T extends readonly (infer Item)[]
  ? readonly Kept<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Kept<T[Key]> }
    : T;

type Given<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : undefined extends T
    ? { readonly [N in Name]?: OrUndefined<T> | undefined }
    : { readonly [N in Name]: T };

/** What is undefined is not said. */
type OrUndefined<T> = T extends object ? { readonly [Key in keyof T]: T[Key] | undefined } : T;

type Parameters<O, In extends "path" | "query"> = O extends { readonly parameters: infer P }
  ? Kept<P[In & keyof P]>
  : never;

type BodyOf<O> = O extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer B } };
}
  ? Kept<B>
  : never;

/** What a request says beside its path: what the document demands must be there, and nothing else may be. */
type RequestOf<M extends Method, P extends PathOf<M>> = Given<"path", Parameters<OperationOf<M, P>, "path">> &
  Given<"query", Parameters<OperationOf<M, P>, "query">> &
  Given<"body", BodyOf<OperationOf<M, P>>>;

/** What may be said behind the question mark of a path that is read. */
export type QueryOf<P extends PathOf<"GET">> = NonNullable<Parameters<OperationOf<"GET", P>, "query">>;

/** Nothing need be said where the document demands nothing. */
type Said<M extends Method, P extends PathOf<M>> =
  Partial<RequestOf<M, P>> extends RequestOf<M, P> ? [request?: RequestOf<M, P>] : [request: RequestOf<M, P>];

/**
 * One request to the admin API, with the types of its document: a path, a parameter or a field that the API
 * does not have is no program. Throws as `Api` does.
 */
export type Ask = <M extends Method, const P extends PathOf<M>>(
  method: M,
  path: P,
  ...request: Said<M, P>
) => Promise<AnswerOf<M, P>>;

/** Paths whose answer may be something else than JSON. */
type StreamPathOf<M extends Method> = {
  [P in PathOf<M>]: Exclude<
    keyof Content<Responses<OperationOf<M, P>>[200 & keyof Responses<OperationOf<M, P>>]>,
    "application/json"
  > extends never
    ? never
    : P;
}[PathOf<M>];

/** A request whose answer is octets, as they come: a backup, a table in CSV, events. Throws as `Api` does. */
export type Stream = <M extends Method, const P extends StreamPathOf<M>>(
  method: M,
  path: P,
  ...request: Said<M, P>
) => Promise<AsyncIterable<Uint8Array>>;

/** What is said of a request, with the document's types taken off. */
interface Untyped {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

export const typedApi =
  (api: Api): Ask =>
  (method, path, ...[request]) => {
    const said = (request ?? {}) as Untyped;
    return api(method, written(path, said), said.body);
  };

export const typedStream =
  (download: Download): Stream =>
  (method, path, ...[request]) =>
    download(method, written(path, (request ?? {}) as Untyped));

/** A path with what stands in its braces, and its query. A list is said item by item. */
function written(path: string, { path: places = {}, query = {} }: Untyped): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name]!));
  const words = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined)
      .map((one): [string, string] => [name, String(one)]),
  );
  return words.length === 0 ? filled : `${filled}?${new URLSearchParams(words)}`;
}

/** Paths of lists that come page by page. */
type PagedPath = {
  [P in PathOf<"GET">]: AnswerOf<"GET", P> extends {
    readonly items: readonly unknown[];
    readonly next?: string;
  }
    ? P
    : never;
}[PathOf<"GET">];

type ItemOf<P extends PagedPath> =
  AnswerOf<"GET", P> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Items that one answer brings at most. */
const PAGE = 1000;

/** Every item of a list, page by page. Throws as `Api` does. */
export async function everyItem<const P extends PagedPath>(
  ask: Ask,
  path: P,
  query: OrUndefined<QueryOf<P>> = {} as OrUndefined<QueryOf<P>>,
): Promise<readonly ItemOf<P>[]> {
  const page = ask as (
    method: "GET",
    path: P,
    request: object,
  ) => Promise<{ readonly items: readonly ItemOf<P>[]; readonly next?: string }>;
  const items: ItemOf<P>[] = [];
  let cursor: string | undefined;
  do {
    const { items: more, next } = await page("GET", path, { query: { ...query, limit: PAGE, cursor } });
    items.push(...more);
    cursor = next;
  } while (cursor !== undefined);
  return items;
}
