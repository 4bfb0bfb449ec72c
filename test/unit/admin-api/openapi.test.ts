import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isJson } from "../../../admin-api/openapi/json-schema.ts";
import { bench } from "../../support/admin-api.ts";

interface Schema {
  readonly $ref?: string;
  readonly additionalProperties?: boolean;
}

type Content = Record<string, { schema: Schema; example?: unknown; examples?: Record<string, unknown> }>;

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { in?: string; name?: string; schema?: object; $ref?: string }[];
  readonly requestBody?: { content: Content };
  readonly responses: Record<
    string,
    { description: string; content?: Content; headers?: Record<string, object> }
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    schemas: Record<string, Schema>;
    headers: Record<string, object>;
    parameters: Record<string, object>;
    securitySchemes: Record<string, object>;
  };
  readonly security: readonly object[];
}

const CONTRACT = [
  "GET /api/v1/admins",
  "POST /api/v1/admins",
  "GET /api/v1/admins/{name}",
  "PATCH /api/v1/admins/{name}",
  "DELETE /api/v1/admins/{name}",
  "PUT /api/v1/admins/{name}/password",
  "GET /api/v1/tokens",
  "POST /api/v1/tokens",
  "GET /api/v1/tokens/{token}",
  "DELETE /api/v1/tokens/{token}",
  "POST /api/v1/tokens/admin:rotate",
  "POST /api/v1/log-in",
  "POST /api/v1/log-out",
  "GET /api/v1/attempts",
  "GET /api/v1/attempts/{id}",
  "GET /api/v1/audit",
  "GET /api/v1/audit/{id}",
  "POST /api/v1/config:reload",
  "POST /api/v1/backups",
  "GET /api/v1/config",
  "POST /api/v1/config:check",
  "GET /api/v1/events",
  "GET /api/v1/groups",
  "POST /api/v1/groups",
  "GET /api/v1/groups/{name}",
  "PUT /api/v1/groups/{name}",
  "PATCH /api/v1/groups/{name}",
  "DELETE /api/v1/groups/{name}",
  "GET /api/v1/lockouts",
  "DELETE /api/v1/lockouts/{address}",
  "GET /api/v1/openapi.json",
  "GET /api/v1/sessions",
  "DELETE /api/v1/sessions",
  "GET /api/v1/sessions/totals",
  "GET /api/v1/sessions/{id}",
  "DELETE /api/v1/sessions/{id}",
  "GET /api/v1/status",
  "GET /api/v1/users",
  "POST /api/v1/users",
  "GET /api/v1/users/{name}",
  "POST /api/v1/users:apply",
  "POST /api/v1/users:batch",
  "PUT /api/v1/users/{name}",
  "PATCH /api/v1/users/{name}",
  "DELETE /api/v1/users/{name}",
  "DELETE /api/v1/users/{name}/lockout",
  "PUT /api/v1/users/{name}/password",
  "GET /api/v1/webhooks",
  "POST /api/v1/webhooks",
  "GET /api/v1/webhooks/{id}",
  "PATCH /api/v1/webhooks/{id}",
  "DELETE /api/v1/webhooks/{id}",
  "GET /api/v1/webhooks/{id}/deliveries",
  "POST /api/v1/webhooks/{id}:rotate",
  "POST /api/v1/webhooks/{id}:test",
  "GET /healthz",
  "GET /metrics",
  "GET /readyz",
];

const OPEN = new Set(["GET /healthz", "GET /readyz", "GET /api/v1/openapi.json", "POST /api/v1/log-in"]);

let b: Awaited<ReturnType<typeof bench>>;
let document: Document;
const operations: [string, Operation][] = [];
before(async () => {
  b = await bench();
  document = (await b.app.inject("/api/v1/openapi.json")).json();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.push([`${method.toUpperCase()} ${path}`, operation]);
    }
  }
});
after(() => b.app.close());

test("the document is OpenAPI 3.1 and has pacd's version", () => {
  assert.equal(document.openapi, "3.1.0");
  assert.deepEqual([document.info.title, document.info.version], ["pacd", "1.2.3"]);
});

test("it lists exactly the routes of the contract", () => {
  assert.deepEqual(operations.map(([route]) => route).sort(), [...CONTRACT].sort());
});

test("every operation has a summary, a tag and an operationId of its own", () => {
  for (const [route, { summary, tags, operationId }] of operations)
    assert.ok(summary && tags && operationId, route);
  assert.equal(new Set(operations.map(([, { operationId }]) => operationId)).size, operations.length);
});

/** The schema that a body refers to: each has a name. */
function component({ $ref = "" }: Schema): Schema {
  const found = document.components.schemas[/^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1] ?? ""];
  assert.ok(found !== undefined, `"${$ref}" is no named schema`);
  return found;
}

test("every body and every JSON answer has a schema with a name, and an example", () => {
  for (const [route, { requestBody, responses }] of operations)
    for (const content of [requestBody, ...Object.values(responses)].map((one) => one?.content))
      for (const [media, { schema, example, examples }] of Object.entries(content ?? {}))
        if (isJson(media)) {
          component(schema);
          assert.ok(example !== undefined || examples !== undefined, `${route} ${media}`);
        }
});

test("every operation but the open ones demands the token", () => {
  assert.deepEqual(document.security, [{ token: [] }]);
  assert.deepEqual(Object.keys(document.components.securitySchemes), ["token"]);
  for (const [route, { security, responses }] of operations) {
    assert.deepEqual(security, OPEN.has(route) ? [] : undefined, route);
    // A log-in is refused with 401, too.
    assert.equal("401" in responses, !OPEN.has(route) || route.endsWith("/log-in"), route);
  }
});

test("every refusal is a problem document, every success has a schema or no content", () => {
  for (const [route, { responses }] of operations) {
    for (const [status, { description, content }] of Object.entries(responses)) {
      assert.ok(description.length > 0 && description !== "Default Response", `${route} ${status}`);
      if (status === "204") assert.equal(content, undefined);
      else if (Number(status) >= 400) {
        const body = content?.["application/problem+json"];
        assert.deepEqual(body?.schema, { $ref: "#/components/schemas/Problem" }, `${route} ${status}`);
        // One example for each code that the status may have here.
        assert.deepEqual(Object.keys(body?.examples ?? {}), description.split(", "));
      } else
        assert.ok(
          Object.values(content ?? {}).every(({ schema }) => Object.keys(schema).length > 0),
          route,
        );
    }
  }
});

test("every path parameter is declared, every request body closed", () => {
  for (const [route, { parameters = [], requestBody }] of operations) {
    const declared = parameters.filter((one) => one.in === "path").map((one) => `{${one.name}}`);
    assert.deepEqual(route.match(/\{\w+\}/g) ?? [], declared, route);
    for (const { schema } of Object.values(requestBody?.content ?? {}))
      assert.equal(component(schema).additionalProperties, false, route);
  }
});

test("every reference leads somewhere", () => {
  const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
  for (const text of new Set(references)) {
    const [, kind, name] = /#\/components\/(schemas|headers|parameters)\/([\w-]+)"$/.exec(text) ?? [];
    const place = document.components[kind as "schemas" | "headers" | "parameters"];
    assert.ok(name !== undefined && name in place, text);
  }
});

test("what may be sent on condition says so, and what is answered with a tag", () => {
  const said = new Map(
    operations.map(([route, { parameters = [], responses }]) => [
      route,
      [
        parameters.map(({ name, $ref = "" }) => name ?? $ref.split("/").at(-1)),
        Object.entries(responses).flatMap(([status, { headers = {} }]) =>
          Object.keys(headers).map((header) => `${status} ${header}`),
        ),
      ].flat(),
    ]),
  );
  const has = (route: string, ...words: string[]) => {
    for (const word of words) assert.ok(said.get(route)!.includes(word), `${route}: ${word}`);
  };
  for (const kind of ["users", "groups"]) {
    has(`GET /api/v1/${kind}/{name}`, "IfNoneMatch", "200 ETag", "304 ETag");
    has(`POST /api/v1/${kind}`, "idempotency-key", "201 ETag", "201 Location", "201 Idempotency-Replayed");
    has(`PUT /api/v1/${kind}/{name}`, "IfMatch", "IfNoneMatch", "200 ETag", "201 ETag");
    has(`PATCH /api/v1/${kind}/{name}`, "IfMatch", "200 ETag", "200 Idempotency-Replayed");
    has(`DELETE /api/v1/${kind}/{name}`, "IfMatch", "idempotency-key");
  }
  const tagged = [...said].filter(([, words]) => words.some((word) => word!.endsWith(" ETag")));
  assert.equal(tagged.length, 9);
});

test("/docs loads scripts, styles and images from this server only, and its policy demands that", async () => {
  const page = await b.app.inject("/docs");
  assert.match(String(page.headers["content-security-policy"]), /default-src 'none'; script-src 'self';/);
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  assert.ok(sources.length > 3);
  for (const source of sources) {
    assert.match(source, /^\/docs\//);
    assert.equal((await b.app.inject(source)).statusCode, 200, source);
  }
  assert.doesNotMatch(page.body, /<script>|<style>| on\w+="/);
});
