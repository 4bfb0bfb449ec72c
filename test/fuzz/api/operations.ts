/** What the OpenAPI document says of one operation, references followed. */
export interface Operation {
  readonly method: string;
  /** As in the document, `/api/v1/users/{name}`. */
  readonly path: string;
  /** Names of the query's parameters. */
  readonly query: readonly string[];
  /** Media types that it takes, with the fields of the body. */
  readonly bodies: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly schema?: Schema;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

interface Described {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly $ref?: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** Every operation of a document. */
export function operationsOf(document: object): readonly Operation[] {
  const { paths } = document as Document;
  const followed = <T extends { readonly $ref?: string }>(value: T): T =>
    value.$ref === undefined
      ? value
      : (value.$ref
          .split("/")
          .slice(1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as T);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, described]) => typeof described === "object" && "responses" in described)
      .map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        query: parameters
          .map(followed)
          .filter((one) => one.in === "query")
          .map(({ name }) => name),
        bodies: Object.fromEntries(
          Object.entries(
            requestBody === undefined
              ? {}
              : ((followed(requestBody as Schema) as typeof requestBody).content ?? {}),
          ).map(([type, { schema = {} }]) => [type, followed(schema).properties ?? {}]),
        ),
      })),
  );
}
