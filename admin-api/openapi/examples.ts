import { ERRORS, type ErrorCode } from "../../server/errors/register.ts";
import { problem } from "../schemas/problem.ts";
import { type Content, isJson, type JsonSchema, nameIn, type OpenApi, operationsOf } from "./json-schema.ts";

/** What stands for a text of a format. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2026-03-02T08:15:30.250Z",
  date: "2026-03-02",
  ipv4: "203.0.113.7",
  uuid: "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
  password: "correct horse battery staple",
  uri: "https://hooks.example.com/pacd",
};

/**
 * Puts an example to each JSON body and answer of a document, made of the examples of its fields; a problem
 * document gets one for each code that its status may have.
 */
export function addExamples(document: OpenApi): void {
  const schemas = document.components?.schemas ?? {};
  for (const { requestBody, responses = {} } of operationsOf(document)) {
    exemplify(requestBody?.content, schemas);
    for (const { description = "", content } of Object.values(responses)) {
      const problems = content?.["application/problem+json"];
      if (problems !== undefined) problems.examples = problemExamples(description);
      else exemplify(content, schemas);
    }
  }
}

function exemplify(content: Content | undefined, schemas: Readonly<Record<string, JsonSchema>>): void {
  for (const [media, entry] of Object.entries(content ?? {}))
    if (isJson(media) && entry.schema !== undefined && entry.example === undefined)
      entry.example = exampleOf(entry.schema, schemas);
}

/** The description of a refusal lists its codes (`schemas/answers.ts`). */
function problemExamples(description: string): Record<string, { value: object }> {
  const codes = description.split(", ").filter((word): word is ErrorCode => word in ERRORS);
  return Object.fromEntries(
    codes.map((code) => [code, { value: problem(code, `${ERRORS[code].title}: what was seen this time.`) }]),
  );
}

/** A value that a schema allows, of the examples that it gives; of several possible forms the first. */
export function exampleOf(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): unknown {
  const name = nameIn(schema);
  if (name !== undefined) return exampleOf(schemas[name] ?? {}, schemas);
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [form] = schema.anyOf ?? schema.oneOf ?? [];
  if (form !== undefined) return exampleOf(form, schemas);
  const type = [schema.type ?? []].flat().find((one) => one !== "null");
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, one]) => [field, exampleOf(one, schemas)]),
      );
    case "array":
      return schema.items === undefined ? [] : [exampleOf(schema.items, schemas)];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "string":
      return BY_FORMAT[schema.format ?? ""] ?? "…";
    default:
      return null;
  }
}
