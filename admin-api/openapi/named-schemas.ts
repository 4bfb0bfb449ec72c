import { isDeepStrictEqual } from "node:util";
import {
  type Content,
  isJson,
  type JsonSchema,
  nameIn,
  type OpenApi,
  type Operation,
  operationsOf,
  refTo,
} from "./json-schema.ts";

/**
 * Gives each body and each JSON answer of a document a name: those that routes have written in place become
 * components, called after what they list, or after their operation. Programs that make a client get a type
 * of its own for each.
 */
export function nameSchemas(document: OpenApi): void {
  document.components ??= {};
  document.components.schemas ??= {};
  const { schemas } = document.components;
  for (const operation of operationsOf(document)) {
    const own = capitalised(operation.operationId ?? "");
    nameContent(operation.requestBody?.content, schemas, (_schema, media) =>
      media.includes("merge-patch") ? `${own}MergePatch` : `${own}Body`,
    );
    for (const content of successes(operation))
      nameContent(content, schemas, (schema) => listName(schema) ?? `${own}Answer`);
  }
}

function successes({ responses = {} }: Operation): readonly (Content | undefined)[] {
  return Object.entries(responses).flatMap(([status, { content }]) => (status < "300" ? [content] : []));
}

function nameContent(
  content: Content | undefined,
  schemas: Record<string, JsonSchema>,
  nameOf: (schema: JsonSchema, media: string) => string,
): void {
  for (const [media, entry] of Object.entries(content ?? {})) {
    const { schema } = entry;
    if (schema === undefined || schema.$ref !== undefined || !isJson(media)) continue;
    const same = Object.entries(schemas).find(([, known]) => isDeepStrictEqual(known, schema));
    const name = same?.[0] ?? nameOf(schema, media);
    if (same === undefined && schemas[name] !== undefined)
      throw new Error(`two schemas of the API would be called ${name}: give one of them an $id`);
    schemas[name] = schema;
    entry.schema = refTo(name);
  }
}

/** `UserList` for a page of users. */
function listName({ properties }: JsonSchema): string | undefined {
  const item = properties?.["items"]?.items;
  const name = item === undefined ? undefined : nameIn(item);
  return name === undefined ? undefined : `${name}List`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
