import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Services } from "../../../admin-api/services.ts";
import { userName } from "../../../server/platform/accounts.ts";
import { httpRequest } from "../../../server/platform/http-request.ts";
import { listenLocal } from "../../../server/platform/local-listener.ts";
import { seconds } from "../../../server/wire/units.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

/** The API at a Unix socket, and a request to it. */
async function local(t: TestContext) {
  const b = await bench({ trustsProxy: () => true });
  t.after(() => b.app.close());
  await b.app.ready();
  const path = join(temporaryDirectory(t), "admin.sock");
  const listener = await listenLocal(
    { path, group: undefined },
    {
      request: (request, response) => b.app.routing(request, response),
      clientError: (_, socket) => void socket.destroy(),
      requestTimeout: seconds(30),
      keepAliveTimeout: seconds(72),
    },
  );
  t.after(() => listener.close());
  const ask = (url: string, init: RequestInit = {}) =>
    httpRequest(`http://localhost${url}`, init, { socket: path });
  return { b, ask };
}

const ME = userName(process.getuid!());

test("by the socket no token is needed, and who asks is the user of the host, with every right", async (t) => {
  const { b, ask } = await local(t);
  const body = JSON.stringify({ name: "backup", role: "viewer" });
  const headers = { "content-type": "application/json", "x-forwarded-for": "203.0.113.7" };
  const made = await ask("/api/v1/tokens", { method: "POST", headers, body });
  assert.equal(made.status, 201);
  const { token, createdBy } = (await made.json()) as { token: string; createdBy: string };
  assert.equal(createdBy, `socket ${ME}`);
  // No address is told of it, whatever the header says, and whatever proxies are trusted.
  const lines = b.log.filter((line) => line.includes("/api/v1/tokens"));
  assert.ok(lines.length > 0 && lines.every((line) => line.includes('"address":"local"')), lines.join(""));
  // A token that is sent all the same counts.
  const authorization = `Bearer ${token}`;
  assert.equal((await ask("/api/v1/tokens", { headers: { authorization } })).status, 403);
  assert.equal((await ask("/api/v1/status", { headers: { authorization: "Bearer wrong" } })).status, 401);
  assert.equal((await b.call("GET", "/api/v1/tokens/backup")).json().lastUsedAddress, "local");
});

const refusedFrom = (b: Bench) =>
  b.log.filter((line) => line.includes("token refused")).map((line) => JSON.parse(line).address);

/** Who is believed about addresses, and what the API takes for the client's. */
async function seen(t: TestContext, trusted: readonly string[], from: string, forwarded: string | undefined) {
  const trustsProxy: Services["trustsProxy"] = (address) => trusted.includes(address);
  const b = await bench({ trustsProxy });
  t.after(() => b.app.close());
  const headers = { ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }) };
  await b.app.inject({ url: "/api/v1/status", remoteAddress: from, headers });
  return refusedFrom(b)[0];
}

for (const [what, trusted, from, forwarded, address] of [
  ["nobody is trusted", [], "192.0.2.1", "203.0.113.7", "192.0.2.1"],
  ["another one is trusted", ["192.0.2.2"], "192.0.2.1", "203.0.113.7", "192.0.2.1"],
  ["the proxy is trusted", ["192.0.2.1"], "192.0.2.1", "203.0.113.7", "203.0.113.7"],
  [
    "the proxy adds to what the client made up",
    ["192.0.2.1"],
    "192.0.2.1",
    "10.0.0.1, 203.0.113.7",
    "203.0.113.7",
  ],
  [
    "two proxies, one behind the other",
    ["192.0.2.1", "192.0.2.2"],
    "192.0.2.1",
    "203.0.113.7, 192.0.2.2",
    "203.0.113.7",
  ],
  ["a proxy says nothing", ["192.0.2.1"], "192.0.2.1", undefined, "192.0.2.1"],
] as const)
  test(`${what}: the client is ${address}`, async (t) => {
    assert.equal(await seen(t, trusted, from, forwarded), address);
  });

test("limits and networks of tokens go by the client's address, behind a proxy as well", async (t) => {
  const b = await bench({ trustsProxy: (address) => address === "192.0.2.1" });
  t.after(() => b.app.close());
  const made = await b.call("POST", "/api/v1/tokens", {
    name: "a",
    role: "viewer",
    sources: ["203.0.113.0/24"],
  });
  const ask = (remoteAddress: string) =>
    b.app.inject({
      url: "/api/v1/status",
      remoteAddress,
      headers: { authorization: `Bearer ${made.json().token}`, "x-forwarded-for": "203.0.113.7" },
    });
  assert.equal((await ask("192.0.2.1")).statusCode, 200);
  assert.equal((await ask("192.0.2.9")).statusCode, 403);
});
