import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { exampleOf } from "../../../admin-api/openapi/examples.ts";
import {
  isJson,
  type JsonSchema,
  type OpenApi,
  operationsOf,
} from "../../../admin-api/openapi/json-schema.ts";
import { nameSchemas } from "../../../admin-api/openapi/named-schemas.ts";
import { bench } from "../../support/admin-api.ts";

let b: Awaited<ReturnType<typeof bench>>;
let document: OpenApi;
before(async () => {
  b = await bench();
  document = (await b.app.inject("/api/v1/openapi.json")).json();
});
after(() => b.app.close());

/** Every JSON value of the document that is shown as an example, with its schema. */
const examples = () =>
  operationsOf(document).flatMap(({ operationId, requestBody, responses = {} }) =>
    [requestBody, ...Object.values(responses)].flatMap((one) =>
      Object.entries(one?.content ?? {}).flatMap(
        ([media, { schema = {}, example, examples: several = {} }]) =>
          isJson(media)
            ? [example, ...Object.values(several).map(({ value }) => value)]
                .filter((value) => value !== undefined)
                .map((value) => ({ what: `${operationId} ${media}`, schema, value }))
            : [],
      ),
    ),
  );

test("every example is what its schema allows", () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "document", components: document.components });
  const all = examples();
  assert.ok(all.length > 100, `${all.length} examples`);
  for (const { what, schema, value } of all) {
    const valid = ajv.validate({ $ref: `document${schema.$ref}` }, value);
    assert.ok(valid, `${what}: ${ajv.errorsText()} in ${JSON.stringify(value)}`);
  }
});

/** Texts of which a schema gives neither an example nor a form. */
function bare(schema: JsonSchema, path: string): readonly string[] {
  const {
    type,
    examples: given,
    enum: words,
    format,
    properties = {},
    items,
    anyOf = [],
    oneOf = [],
  } = schema;
  if (given !== undefined || words !== undefined || "const" in schema || format !== undefined) return [];
  return [
    ...([type].flat().includes("string") ? [path] : []),
    ...Object.entries(properties).flatMap(([field, one]) => bare(one, `${path}.${field}`)),
    ...(items === undefined ? [] : bare(items, `${path}[]`)),
    // Of several forms the first is the example.
    ...[...anyOf, ...oneOf].slice(0, 1).flatMap((one) => bare(one, path)),
  ];
}

test("every text of a body and an answer has an example, a format, or the words that it may be", () => {
  const schemas = document.components?.schemas ?? {};
  assert.deepEqual(
    Object.entries(schemas).flatMap(([name, schema]) => bare(schema, name)),
    [],
  );
});

test("a text without an example is found, in a list and in an object as well", () => {
  const text = { type: "string" };
  const schema = { type: "object", properties: { a: text, b: { type: "array", items: text } } };
  assert.deepEqual(bare(schema, "X"), ["X.a", "X.b[]"]);
});

test("an example is made of those of the fields, of the first of several forms, and of what a name stands for", () => {
  const schemas = { Name: { type: "string", examples: ["anna"] } };
  const schema = {
    type: "object",
    properties: {
      name: { $ref: "#/components/schemas/Name" },
      until: { type: ["string", "null"], format: "date-time" },
      count: { anyOf: [{ type: "integer", minimum: 5 }, { type: "null" }] },
      kinds: { type: "array", items: { enum: ["a", "b"] } },
    },
  };
  assert.deepEqual(exampleOf(schema, schemas), {
    name: "anna",
    until: "2026-03-02T08:15:30.250Z",
    count: 5,
    kinds: ["a"],
  });
});

test("two bodies that would have one name are a mistake, unless they are the same", () => {
  const withBody = (properties: Record<string, JsonSchema>): OpenApi => ({
    paths: {
      "/a": {
        post: {
          operationId: "make",
          requestBody: { content: { "application/json": { schema: { type: "object", properties } } } },
        },
      },
    },
    components: { schemas: { MakeBody: { type: "object", properties: {} } } },
  });
  assert.doesNotThrow(() => nameSchemas(withBody({})));
  assert.throws(() => nameSchemas(withBody({ a: { type: "string" } })), /would be called MakeBody/);
});
