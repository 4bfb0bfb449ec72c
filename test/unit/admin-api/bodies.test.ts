import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

type Headers = Readonly<Record<string, string>>;
type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

const send = (method: Method, url: string, headers: Headers, payload?: string | Buffer) =>
  b.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });

/**
 * What a client sends that sets a Content-Type whatever the method, and others that send more than they need.
 */
const NO_BODY: readonly (readonly [string, Headers, (string | Buffer)?])[] = [
  ["a JSON Content-Type and no body", { "content-type": "application/json" }],
  ["a JSON Content-Type and Content-Length 0", { "content-type": "application/json", "content-length": "0" }],
  ["a merge-patch Content-Type and no body", { "content-type": "application/merge-patch+json" }],
  ["a form's Content-Type and no body", { "content-type": "application/x-www-form-urlencoded" }],
  ["a Content-Type that is none", { "content-type": "json" }],
  ["an empty Content-Type", { "content-type": "" }],
  ["a body of {}", { "content-type": "application/json" }, "{}"],
  ["a body of null", { "content-type": "application/json" }, "null"],
  ["a body that is not JSON", { "content-type": "application/json" }, "{"],
  ["a body of text", { "content-type": "text/plain" }, "please"],
  ["a body without a Content-Type", {}, "please"],
  ["a compressed body", { "content-type": "application/json", "content-encoding": "gzip" }, gzipSync("{}")],
];

for (const [what, headers, payload] of NO_BODY) {
  test(`DELETE with ${what} removes the user and ends the session`, async () => {
    await b.call("POST", "/api/v1/users", { name: "anna" });
    b.concentrator.live.push(liveSession());
    for (const url of ["/api/v1/sessions/s1", "/api/v1/users/anna"]) {
      const answer = await send("DELETE", url, headers, payload);
      assert.deepEqual([answer.statusCode, answer.body], [204, ""], url);
      assert.equal((await send("DELETE", url, headers, payload)).statusCode, 404, url);
    }
  });

  test(`GET and HEAD with ${what} are answered`, async () => {
    for (const url of ["/api/v1/users", "/api/v1/status", "/healthz"]) {
      assert.equal((await send("GET", url, headers, payload)).statusCode, 200, url);
      const head = await send("HEAD", url, headers, payload);
      assert.deepEqual([head.statusCode, head.body], [200, ""], url);
    }
  });
}

test("DELETE over a socket, with an empty body in chunks, leaves the connection open for the next request", async () => {
  const { port } = new URL(await listen(b.app));
  await b.call("POST", "/api/v1/users", { name: "anna" });
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  const head = (method: string, path: string, more: string) =>
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n${more}\r\n`;
  const chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
  socket.write(`${head("DELETE", "/api/v1/users/anna", chunked)}0\r\n\r\n`);
  socket.write(head("GET", "/healthz", "Connection: close\r\n"));
  const answers = await text(socket);
  assert.match(answers, /^HTTP\/1\.1 204 No Content\r\n.*HTTP\/1\.1 200 OK\r\n.*\{"status":"ok"\}$/s);
});

suite("a route that takes a body", () => {
  const JSON_TYPE = { "content-type": "application/json" };
  const ROUTES: readonly (readonly [Method, string])[] = [
    ["POST", "/api/v1/users"],
    ["PATCH", "/api/v1/users/berta"],
    ["PUT", "/api/v1/users/berta/password"],
  ];
  const each = async (headers: Headers, payload?: string | Buffer) => {
    const answers = [];
    for (const [method, url] of ROUTES) answers.push(await send(method, url, headers, payload));
    return answers;
  };
  before(() => b.call("POST", "/api/v1/users", { name: "berta" }));

  for (const [what, headers, payload] of [
    ["no body", {}, undefined],
    ["no body and a JSON Content-Type", JSON_TYPE, undefined],
    ["no body and a form's Content-Type", { "content-type": "application/x-www-form-urlencoded" }, undefined],
    ["spaces alone", JSON_TYPE, " \n"],
    ["a byte order mark alone", JSON_TYPE, "\ufeff"],
  ] as const)
    test(`says with ${what} that the body is empty`, async () => {
      for (const answer of await each(headers, payload)) {
        assert.deepEqual([answer.statusCode, answer.json().code], [400, "invalid-request"]);
        assert.match(answer.json().detail, /^The request body is empty; send a JSON object/);
      }
    });

  for (const [type, sent] of [
    ["text/plain", 'not "text/plain"'],
    ["application/json-patch+json", 'not "application/json-patch+json"'],
    ["Application/XML; charset=utf-8", 'not "application/xml"'],
    ["json", 'not "json"'],
    [undefined, "and no Content-Type was sent"],
  ] as const)
    test(`refuses a body of ${type}, and says what it takes`, async () => {
      const answers = await each(type === undefined ? {} : { "content-type": type }, "{}");
      for (const [index, answer] of answers.entries()) {
        const patch = ROUTES[index]![0] === "PATCH";
        const types = patch ? ["application/json", "application/merge-patch+json"] : ["application/json"];
        assert.deepEqual([answer.statusCode, answer.json().code], [415, "unsupported-media-type"]);
        assert.equal(answer.json().detail, `Send the request body as ${types.join(" or ")}, ${sent}.`);
        assert.equal(answer.headers["accept"], types.join(", "));
        assert.equal(answer.headers["accept-patch"], patch ? types.join(", ") : undefined);
      }
    });

  test("takes merge-patch+json for PATCH alone", async () => {
    const answers = await each({ "content-type": "application/merge-patch+json" }, "{}");
    assert.deepEqual(
      answers.map((answer) => answer.statusCode),
      [415, 200, 415],
    );
  });

  test("refuses a compressed body, and says that it takes none", async () => {
    for (const answer of await each({ ...JSON_TYPE, "content-encoding": "gzip" }, gzipSync("{}"))) {
      assert.equal(answer.statusCode, 415);
      assert.equal(answer.headers["accept-encoding"], "identity");
      assert.match(answer.json().detail, /without Content-Encoding: "gzip"\.$/);
    }
  });

  for (const type of [
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "APPLICATION/JSON",
    "application/merge-patch+json; charset=utf-8",
  ])
    test(`takes ${type}, with or without a byte order mark`, async () => {
      for (const mark of ["", "\ufeff"]) {
        const answer = await send("PATCH", "/api/v1/users/berta", { "content-type": type }, `${mark}{}`);
        assert.equal(answer.statusCode, 200);
      }
    });

  test("takes Content-Encoding: identity", async () => {
    const headers = { ...JSON_TYPE, "content-encoding": "identity" };
    assert.equal((await send("PATCH", "/api/v1/users/berta", headers, "{}")).statusCode, 200);
  });

  test("refuses octets that are not UTF-8 rather than to guess", async () => {
    const latin1 = Buffer.from('{"password":"Gr\u00fc\u00dfe"}', "latin1");
    const answer = await send("PUT", "/api/v1/users/berta/password", JSON_TYPE, latin1);
    assert.deepEqual([answer.statusCode, answer.json().detail], [400, "The request body is not UTF-8."]);
  });

  test("asks for the token before it looks at the body", async () => {
    for (const [method, url] of ROUTES) {
      const headers = { "content-type": "text/plain" };
      assert.equal((await b.app.inject({ method, url, headers, payload: "x" })).statusCode, 401);
    }
  });
});

suite("PATCH as a merge patch", () => {
  const MERGE = { "content-type": "application/merge-patch+json" };
  const PATH = "/api/v1/users/carla";
  const SETTINGS = {
    enabled: false,
    allowedHours: ["mon-fri"],
    allowedSources: ["203.0.113.0/24"],
    allowedDestinations: ["10.0.0.0/8 tcp 443"],
    encryption: "optional",
    whenExceeded: "replace",
    rateUp: 64_000,
    dns: ["10.0.0.53"],
    validUntil: "2027-01-01T00:00:00.000Z",
  };
  before(() => b.call("POST", "/api/v1/users", { name: "carla", ...SETTINGS, recoverablePassword: true }));

  test("null takes any setting back to what nobody decided, and what is left out stays", async () => {
    const before = (await b.call("GET", PATH)).json();
    for (const [field, back] of [
      ["allowedHours", []],
      ["allowedSources", []],
      ["allowedDestinations", []],
      ["encryption", "required"],
      ["whenExceeded", "deny"],
      ["rateUp", null],
      ["dns", null],
      ["validUntil", null],
      ["recoverablePassword", false],
      ["enabled", true],
    ] as const) {
      const answer = await send("PATCH", PATH, MERGE, JSON.stringify({ [field]: null }));
      assert.equal(answer.statusCode, 200, field);
      before[field] = back;
      before.own = before.own.filter((own: string) => own !== field);
      if (field in before.from) before.from[field] = field === "dns" ? "configuration" : "default";
      assert.deepEqual(answer.json(), before, field);
    }
  });

  test("as application/json null stays an error where a setting cannot be null", async () => {
    for (const field of ["enabled", "allowedHours", "encryption", "recoverablePassword"]) {
      const answer = await b.call("PATCH", PATH, { [field]: null });
      assert.deepEqual([answer.statusCode, answer.json().field], [400, field]);
    }
  });

  test("unknown fields are refused, also with null, and so is a patch that is no object", async () => {
    for (const patch of ['{"nothing":null}', "[]", '"x"', "null", "1"]) {
      const answer = await send("PATCH", PATH, MERGE, patch);
      assert.deepEqual([answer.statusCode, answer.json().code], [400, "invalid-request"], patch);
    }
  });
});
