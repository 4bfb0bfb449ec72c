import assert from "node:assert/strict";
import { get } from "node:http";
import { type TestContext, test } from "node:test";
import { AdminListener } from "../../server/admin-listener.ts";
import type { Config, Endpoint } from "../../server/config/config-types.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { listen } from "../../server/platform/tcp-server.ts";
import { TlsGate } from "../../server/platform/tls-gate.ts";
import { bench } from "../support/admin-api.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const DEFAULTS = parseConfig("", "x");
const at = (endpoint: Endpoint): Config => ({ ...DEFAULTS, admin: { ...DEFAULTS.admin, listen: endpoint } });

/** An address with a port that was free a moment ago. */
async function free(host: string, port = 0): Promise<Endpoint> {
  const server = await listen({ host, port }, () => {});
  await server.close();
  return server.endpoint;
}

async function opened(t: TestContext, endpoint: Endpoint): Promise<AdminListener> {
  const { app } = await bench();
  const admin = await AdminListener.open(at(endpoint).admin, new VirtualClock(), new TlsGate(() => ""));
  await admin.serve(app);
  t.after(() => app.close());
  return admin;
}

/** What answers there, on a connection of its own. */
const status = (endpoint: Endpoint): Promise<number | string> =>
  new Promise((resolve) => {
    const request = get({ ...endpoint, path: "/healthz", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });

test("it listens at the new address before it leaves the old one", async (t) => {
  const [old, young] = [await free("127.0.0.1"), await free("127.0.0.2")];
  const admin = await opened(t, old);
  await admin.check(at(young));
  const applied = await admin.apply(at(young));
  assert.deepEqual([await status(old), await status(young)], [200, 200]);
  await applied.finish?.();
  assert.deepEqual([await status(old), await status(young)], ["ECONNREFUSED", 200]);
});

test("taken back, it is where it was", async (t) => {
  const [old, young] = [await free("127.0.0.1"), await free("127.0.0.2")];
  const admin = await opened(t, old);
  await (await admin.apply(at(young))).undo();
  assert.deepEqual([await status(old), await status(young)], [200, "ECONNREFUSED"]);
  await (await admin.apply(at(young))).finish?.();
  assert.deepEqual([await status(old), await status(young)], ["ECONNREFUSED", 200]);
});

test("from one address to all with the same port, and back again", async (t) => {
  const old = await free("127.0.0.1");
  const all = { host: "0.0.0.0", port: old.port };
  const admin = await opened(t, old);
  await admin.check(at(all));
  const applied = await admin.apply(at(all));
  assert.equal(await status({ ...all, host: "127.0.0.7" }), 200);
  await applied.undo();
  assert.deepEqual([await status({ ...all, host: "127.0.0.7" }), await status(old)], ["ECONNREFUSED", 200]);
});

test("an address that cannot be had is refused by both, and the old one answers", async (t) => {
  const old = await free("127.0.0.1");
  const other = await listen({ host: "127.0.0.2", port: 0 }, () => {});
  t.after(() => other.close());
  const admin = await opened(t, old);
  for (const attempt of ["check", "apply"] as const)
    await assert.rejects(admin[attempt](at(other.endpoint)), { code: "address-in-use" });
  const nowhere = at({ host: "192.0.2.1", port: old.port });
  await assert.rejects(admin.apply(nowhere), { code: "address-unusable" });
  assert.equal(await status(old), 200);
});

test("a check of where it is already finds nothing wrong", async (t) => {
  const old = await free("127.0.0.1");
  const admin = await opened(t, old);
  await admin.check(at(old));
  assert.equal(await status(old), 200);
});
