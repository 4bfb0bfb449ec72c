import assert from "node:assert/strict";
import { METHODS } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, test } from "node:test";
import { ERRORS } from "../../../server/errors/register.ts";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";

let b: Bench;
let port: number;
// A fresh one each time: who asks for what there is not has 600 requests a minute.
beforeEach(async () => {
  b = await bench();
  port = Number(new URL(await listen(b.app)).port);
});
afterEach(() => b.app.close());

/** Over a socket: some methods no test library would send. */
async function ask(method: string, path: string, more = ""): Promise<{ head: string; body: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`);
  const answer = await text(socket);
  const end = answer.indexOf("\r\n\r\n");
  return { head: answer.slice(0, end), body: answer.slice(end + 4) };
}

const header = (head: string, name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim();
const status = (head: string) => Number(head.split(" ")[1]);

const PATHS = {
  "/healthz": "GET, HEAD, OPTIONS",
  "/readyz": "GET, HEAD, OPTIONS",
  "/metrics": "GET, HEAD, OPTIONS",
  "/docs": "GET, HEAD, OPTIONS",
  "/docs/static/index.html": "GET, HEAD, OPTIONS",
  "/api/v1/openapi.json": "GET, HEAD, OPTIONS",
  "/api/v1/status": "GET, HEAD, OPTIONS",
  "/api/v1/config": "GET, HEAD, OPTIONS",
  "/api/v1/config:check": "POST, OPTIONS",
  "/api/v1/users:batch": "POST, OPTIONS",
  "/api/v1/users:apply": "POST, OPTIONS",
  "/api/v1/users": "GET, HEAD, POST, OPTIONS",
  "/api/v1/users/anna": "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
  "/api/v1/users/M%C3%BCller%2F1": "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
  "/api/v1/users/anna/password": "PUT, OPTIONS",
  "/api/v1/audit": "GET, HEAD, OPTIONS",
  "/api/v1/audit/r1": "GET, HEAD, OPTIONS",
  "/api/v1/groups": "GET, HEAD, POST, OPTIONS",
  "/api/v1/groups/staff": "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
  "/api/v1/backups": "POST, OPTIONS",
  "/api/v1/admins": "GET, HEAD, POST, OPTIONS",
  "/api/v1/admins/anna": "GET, HEAD, PATCH, DELETE, OPTIONS",
  "/api/v1/admins/anna/password": "PUT, OPTIONS",
  "/api/v1/tokens": "GET, HEAD, POST, OPTIONS",
  "/api/v1/tokens/backup": "GET, HEAD, DELETE, OPTIONS",
  "/api/v1/log-in": "POST, OPTIONS",
  "/api/v1/log-out": "POST, OPTIONS",
  "/api/v1/events?format=json": "GET, HEAD, OPTIONS",
  "/api/v1/webhooks": "GET, HEAD, POST, OPTIONS",
  "/api/v1/webhooks/w1": "GET, HEAD, PATCH, DELETE, OPTIONS",
  "/api/v1/webhooks/w1/deliveries": "GET, HEAD, OPTIONS",
  "/api/v1/webhooks/w1:rotate": "POST, OPTIONS",
  "/api/v1/webhooks/w1:test": "POST, OPTIONS",
  "/api/v1/sessions": "GET, HEAD, DELETE, OPTIONS",
  "/api/v1/sessions/s1": "GET, HEAD, DELETE, OPTIONS",
  "/api/v1/config:reload": "POST, OPTIONS",
  "/api/v1/attempts": "GET, HEAD, OPTIONS",
  "/api/v1/attempts/a1?format=text": "GET, HEAD, OPTIONS",
};
// Node ends a CONNECT by itself.
const METHODS_SENT = METHODS.filter((method) => method !== "CONNECT");

for (const [path, allow] of Object.entries(PATHS)) {
  const taken = allow.split(", ");

  test(`OPTIONS ${path} is 204 and says ${allow}, without a token`, async () => {
    const { head, body } = await ask("OPTIONS", path);
    assert.deepEqual([status(head), header(head, "allow"), body], [204, allow, ""]);
    const patch = taken.includes("PATCH") ? "application/json, application/merge-patch+json" : undefined;
    assert.equal(header(head, "accept-patch"), patch);
    assert.doesNotMatch(head, /access-control/i);
  });

  test(`every method that ${path} does not take is 405 with what it takes, token or not`, async () => {
    for (const method of METHODS_SENT.filter((one) => !taken.includes(one))) {
      for (const token of ["", `Authorization: Bearer ${TOKEN}\r\n`, "Authorization: Bearer wrong\r\n"]) {
        const { head, body } = await ask(method, path, token);
        assert.deepEqual([status(head), header(head, "allow")], [405, allow], method);
        assert.equal(header(head, "content-type"), "application/problem+json; charset=utf-8");
        if (method === "HEAD") continue;
        const problem = JSON.parse(body);
        assert.deepEqual([problem.code, problem.allowed], ["method-not-allowed", taken], method);
        assert.equal(problem.title, ERRORS["method-not-allowed"].title);
        const shown = path.split("?")[0];
        assert.equal(
          problem.detail,
          `${shown} takes ${allow}, not ${method}. GET /docs shows what there is.`,
        );
      }
    }
  });
}

test("a method that the path takes asks for the token", async () => {
  for (const [method, path] of [
    ["GET", "/api/v1/users"],
    ["DELETE", "/api/v1/users/anna"],
    ["HEAD", "/metrics"],
  ] as const)
    assert.equal(status((await ask(method, path)).head), 401);
});

for (const path of ["/", "/api/v1", "/api/v1/users/a/b", "/API/V1/users", "/healthz/", "//healthz"])
  test(`${path} is not found, whatever the method`, async () => {
    for (const method of ["GET", "OPTIONS", "DELETE", "PROPFIND"]) {
      const { head, body } = await ask(method, path);
      assert.deepEqual([status(head), JSON.parse(body).code], [404, "not-found"], method);
      assert.equal(header(head, "allow"), undefined);
    }
  });

test("OPTIONS * says every method that there is", async () => {
  const { head } = await ask("OPTIONS", "*");
  assert.equal(status(head), 204);
  assert.deepEqual(header(head, "allow")!.split(", ").sort(), [
    "DELETE",
    "GET",
    "HEAD",
    "OPTIONS",
    "PATCH",
    "POST",
    "PUT",
  ]);
});

test("a body that is large, or not JSON, is not read where no route takes it", async () => {
  const large = "Content-Type: application/json\r\nContent-Length: 9999999\r\n";
  assert.equal(status((await ask("POST", "/api/v1/nothing", large)).head), 404);
  assert.equal(status((await ask("POST", "/api/v1/status", large)).head), 405);
});

test("who asks for what there is not, over and over, is asked to wait", async () => {
  const request = { method: "DELETE", url: "/api/v1/status" } as const;
  let answer = await b.app.inject(request);
  for (let i = 0; i < 600; i++) answer = await b.app.inject(request);
  assert.deepEqual([answer.statusCode, answer.json().code], [429, "rate-limited"]);
});
