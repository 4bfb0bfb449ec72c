import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { ERRORS } from "../../../server/errors/register.ts";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const post = (payload: string, type: string | undefined) =>
  b.app.inject({
    method: "POST",
    url: "/api/v1/users",
    headers: { authorization: `Bearer ${TOKEN}`, ...(type === undefined ? {} : { "content-type": type }) },
    payload,
  });

const JSON_TYPE = "application/json";

for (const [what, response, code] of [
  ["malformed JSON", () => post("{", JSON_TYPE), "invalid-request"],
  ["an empty body that claims to be JSON", () => post("", JSON_TYPE), "invalid-request"],
  ["no body at all", () => post("", undefined), "invalid-request"],
  ["an array as body", () => post("[]", JSON_TYPE), "invalid-request"],
  ["null as body", () => post("null", JSON_TYPE), "invalid-request"],
  ["__proto__ in the body", () => post('{"name":"a","__proto__":{}}', JSON_TYPE), "invalid-request"],
  [
    "constructor in the body",
    () => post('{"name":"a","constructor":{"prototype":{}}}', JSON_TYPE),
    "invalid-request",
  ],
  ["text/plain", () => post("{}", "text/plain"), "unsupported-media-type"],
  ["a form", () => post("name=a", "application/x-www-form-urlencoded"), "unsupported-media-type"],
  ["a body over 64 KiB", () => post(`"${"x".repeat(65_536)}"`, JSON_TYPE), "payload-too-large"],
  ["an unknown route", () => b.call("GET", "/api/v1/nothing"), "not-found"],
  ["an unknown method", () => b.call("DELETE", "/api/v1/status"), "method-not-allowed"],
  ["a trailing slash", () => b.call("GET", "/api/v1/users/anna/"), "not-found"],
  ["a path with broken percent-encoding", () => b.call("GET", "/api/v1/users/%E0%A4%A"), "invalid-request"],
  [
    "a path parameter beyond any name",
    () => b.call("GET", `/api/v1/users/${"x".repeat(10_000)}`),
    "invalid-request",
  ],
] as const) {
  test(`${what} is answered with the problem ${code}`, async () => {
    const answer = await response();
    const problem = answer.json();
    assert.equal(problem.code, code);
    assert.equal(answer.statusCode, ERRORS[code].status);
    assert.equal(problem.status, ERRORS[code].status);
    assert.equal(problem.title, ERRORS[code].title);
    assert.equal(problem.type, `urn:pacd:error:${code}`);
    assert.equal(answer.headers["content-type"], "application/problem+json; charset=utf-8");
  });
}

test("the document of a refusal, byte for byte", async () => {
  const answer = await b.call("GET", "/api/v1/users/nobody");
  assert.equal(
    answer.body,
    '{"type":"urn:pacd:error:user-not-found","title":"There is no such user","status":404,' +
      '"code":"user-not-found","detail":"There is no user \\"nobody\\"."}',
  );
});

for (const broken of [
  new Error("SQLITE_IOERR at /secret/path"),
  new AppError("state-unusable", "/secret/path"),
]) {
  test(`a failing store (${broken.name}) is internal: nothing of it leaves, and the log has it`, async (t) => {
    t.mock.method(b.store.users, "list", () => Promise.reject(broken));
    const answer = await b.call("GET", "/api/v1/users");
    assert.equal(answer.statusCode, 500);
    assert.equal(answer.json().code, "internal");
    assert.ok(!answer.body.includes("secret"));
    const line = b.log.findLast((one) => one.includes("request failed")) ?? "";
    assert.ok(line.includes("/secret/path"));
    assert.ok(line.includes(`"reqId":"${answer.json().requestId}"`));
  });
}

test("bytes that are not HTTP get a problem document, and the connection ends", async () => {
  const { port } = new URL(await listen(b.app));
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  socket.write("\x00\x9c\x00\x01\x1a\x2b\x3c\x4d\r\n\r\n");
  const answer = await text(socket);
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.equal(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).code, "invalid-request");
});

test("a query parameter that stands there twice is named: which one is meant cannot be known", async () => {
  for (const [url, field] of [
    ["/api/v1/users?limit=1&limit=2", "limit"],
    ["/api/v1/attempts?user=anna&user=bert", "user"],
    ["/api/v1/sessions?user=anna&user=anna", "user"],
    ["/api/v1/status?x=1&x=2", "x"],
  ] as const) {
    const problem = (await b.call("GET", url)).json();
    assert.deepEqual([problem.code, problem.in, problem.field], ["invalid-request", "query string", field]);
    assert.equal(problem.detail, `The query string has the field "${field}" more than once.`);
  }
});
