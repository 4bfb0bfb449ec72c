/** What the document is made of: JSON Schema 2020-12 as routes write it, by the words that are looked at. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** `application/json` and its like; not lines of JSON one after another. */
export const isJson = (media: string): boolean => /^application\/(?:[\w.-]+\+)?json$/.test(media);

/** What a request or an answer holds, by media type. */
export type Content = Record<
  string,
  { schema?: JsonSchema; example?: unknown; examples?: Record<string, { value: unknown }> }
>;

export interface Answer {
  description?: string;
  headers?: Record<string, object>;
  content?: Content;
}

export interface Operation {
  readonly operationId?: string;
  /** Those of its own, and references to those of the components. */
  parameters?: readonly ({ readonly in: string; readonly name: string } | { readonly $ref: string })[];
  readonly requestBody?: { content?: Content };
  readonly responses?: Record<string, Answer>;
}

export interface Components {
  schemas?: Record<string, JsonSchema>;
  headers?: Record<string, object>;
  parameters?: Record<string, object>;
}

/** An OpenAPI document, as far as it is worked on. */
export interface OpenApi {
  readonly paths?: Record<string, Record<string, Operation>>;
  components?: Components;
}

const COMPONENTS = "#/components/schemas/";

export const refTo = (name: string): JsonSchema => ({ $ref: `${COMPONENTS}${name}` });

/** The component that a schema refers to; undefined where it is none. */
export const nameIn = ({ $ref }: JsonSchema): string | undefined =>
  $ref?.startsWith(COMPONENTS) === true ? $ref.slice(COMPONENTS.length) : undefined;

/** Every operation of a document. */
export const operationsOf = ({ paths = {} }: OpenApi): readonly Operation[] =>
  Object.values(paths).flatMap((methods) => Object.values(methods));
