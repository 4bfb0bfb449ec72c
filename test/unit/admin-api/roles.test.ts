import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ROLES, type Role } from "../../../admin-api/actor.ts";
import { roleCovers } from "../../../server/store/people/role.ts";
import { type Bench, bench, TOKENS } from "../../support/admin-api.ts";

/**
 * Every route behind a token, and who may call it. A new route is entered here: what it needs is decided by
 * somebody, not by what its method happens to be.
 */
const NEEDED: Readonly<Record<string, Role>> = {
  "GET /metrics": "viewer",
  "GET /api/v1/admins": "admin",
  "POST /api/v1/admins": "admin",
  "GET /api/v1/admins/{name}": "admin",
  "PATCH /api/v1/admins/{name}": "admin",
  "DELETE /api/v1/admins/{name}": "admin",
  "PUT /api/v1/admins/{name}/password": "admin",
  "GET /api/v1/tokens": "admin",
  "POST /api/v1/tokens": "admin",
  "GET /api/v1/tokens/{token}": "admin",
  "DELETE /api/v1/tokens/{token}": "admin",
  "POST /api/v1/tokens/admin:rotate": "admin",
  "POST /api/v1/log-out": "viewer",
  "GET /api/v1/attempts": "viewer",
  "GET /api/v1/audit": "viewer",
  "GET /api/v1/audit/{id}": "viewer",
  "GET /api/v1/attempts/{id}": "viewer",
  "POST /api/v1/backups": "admin",
  "GET /api/v1/config": "viewer",
  "POST /api/v1/config:check": "viewer",
  "POST /api/v1/config:reload": "admin",
  "GET /api/v1/events": "viewer",
  "GET /api/v1/groups": "viewer",
  "POST /api/v1/groups": "operator",
  "GET /api/v1/groups/{name}": "viewer",
  "PUT /api/v1/groups/{name}": "operator",
  "PATCH /api/v1/groups/{name}": "operator",
  "DELETE /api/v1/groups/{name}": "operator",
  "GET /api/v1/lockouts": "viewer",
  "DELETE /api/v1/lockouts/{address}": "operator",
  "GET /api/v1/sessions": "viewer",
  "GET /api/v1/sessions/totals": "viewer",
  "GET /api/v1/sessions/{id}": "viewer",
  "DELETE /api/v1/sessions": "operator",
  "DELETE /api/v1/sessions/{id}": "operator",
  "GET /api/v1/status": "viewer",
  "GET /api/v1/users": "viewer",
  "POST /api/v1/users": "operator",
  "GET /api/v1/users/{name}": "viewer",
  "POST /api/v1/users:apply": "operator",
  "POST /api/v1/users:batch": "operator",
  "PUT /api/v1/users/{name}": "operator",
  "PATCH /api/v1/users/{name}": "operator",
  "DELETE /api/v1/users/{name}": "operator",
  "DELETE /api/v1/users/{name}/lockout": "operator",
  "PUT /api/v1/users/{name}/password": "operator",
  "GET /api/v1/webhooks": "viewer",
  "POST /api/v1/webhooks": "admin",
  "GET /api/v1/webhooks/{id}": "viewer",
  "PATCH /api/v1/webhooks/{id}": "admin",
  "DELETE /api/v1/webhooks/{id}": "admin",
  "GET /api/v1/webhooks/{id}/deliveries": "viewer",
  "POST /api/v1/webhooks/{id}:rotate": "admin",
  "POST /api/v1/webhooks/{id}:test": "admin",
};

/** Needs no token. */
const OPEN = ["GET /api/v1/openapi.json", "GET /healthz", "GET /readyz", "POST /api/v1/log-in"];

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

interface Operation {
  readonly "x-role"?: Role;
}

async function operations(): Promise<Map<string, Operation>> {
  const { paths } = (await b.app.inject("/api/v1/openapi.json")).json() as {
    paths: Record<string, Record<string, Operation>>;
  };
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
}

test("the OpenAPI document has the role that each route needs, as the table of this test has it", async () => {
  const found = [...(await operations())].map(([route, operation]) => [route, operation["x-role"] ?? "none"]);
  const expected = [...Object.entries(NEEDED), ...OPEN.map((route) => [route, "none"])];
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
});

/** Every route of the app but those of the pages for people, as fastify itself lists them: a tree. */
function routesOfTheApp(): string[] {
  const above: string[] = [];
  return b.app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", path = "", methods = ""] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
      above.length = indent.length / 4;
      above.push(path);
      const names = above.join("").replace(/\/:(\w+)(?:\([^)]*\))?/g, "/{$1}");
      // A colon that begins no parameter is written twice.
      const whole = names.replace("::", ":");
      return methods.split(", ").map((method) => `${method} ${whole}`);
    })
    .filter((route) => !/^HEAD|^ | \/docs/.test(route));
}

test("the document leaves no route out", async () => {
  assert.deepEqual(routesOfTheApp().sort(), [...(await operations()).keys()].sort());
});

const asked = (route: string, role: Role) => {
  const [method, path] = route.split(" ") as ["GET", string];
  return b.app.inject({
    method,
    // A stream of events never ends.
    url: path.replace(/\{\w+\}/g, "none").replace(/events$/, "events?format=json"),
    headers: { authorization: `Bearer ${TOKENS[role]}` },
  });
};

for (const [route, needed] of Object.entries(NEEDED)) {
  const enough = ROLES.filter((role) => roleCovers(role, needed));
  test(`${route} is for ${enough.join(", ")} and nobody else`, async () => {
    for (const role of ROLES) {
      const answer = await asked(route, role);
      if (enough.includes(role)) {
        assert.ok(![401, 403].includes(answer.statusCode), `${role}: ${answer.body.slice(0, 200)}`);
        continue;
      }
      const { code, neededRole, role: had } = answer.json();
      assert.deepEqual([answer.statusCode, code, neededRole, had], [403, "forbidden", needed, role]);
    }
  });
}

test("HEAD needs what GET needs", async () => {
  const headers = { authorization: `Bearer ${TOKENS.viewer}` };
  assert.equal((await b.app.inject({ method: "HEAD", url: "/api/v1/users", headers })).statusCode, 200);
});

test("a refusal names both roles and the token, and the body is not even looked at", async () => {
  const answer = await b.app.inject({
    method: "POST",
    url: "/api/v1/users",
    headers: { authorization: `Bearer ${TOKENS.viewer}`, "content-type": "text/plain" },
    payload: "{",
  });
  assert.equal(answer.statusCode, 403);
  assert.equal(answer.json().detail, 'This needs the role operator; the token "viewer" has the role viewer.');
});
