import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import type { Config, Endpoint } from "../../server/config/config-types.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import type { Connection } from "../../server/platform/tcp.ts";
import { listen } from "../../server/platform/tcp-server.ts";
import { PptpListeners } from "../../server/pptp-listeners.ts";

const NOW = parseConfig("", "x");
const listenOn = (...endpoints: readonly Endpoint[]): Config => ({
  ...NOW,
  pptp: { ...NOW.pptp, listen: endpoints },
});

/** An address of this host with a port that was free a moment ago. */
async function free(host: string): Promise<Endpoint> {
  const server = await listen({ host, port: 0 }, () => {});
  await server.close();
  return server.endpoint;
}

async function opened(t: TestContext, ...endpoints: readonly Endpoint[]): Promise<PptpListeners> {
  const listeners = await PptpListeners.open(endpoints);
  t.after(() => listeners.close());
  return listeners;
}

/** Another program that has a port. */
async function taken(t: TestContext, host: string): Promise<Endpoint> {
  const server = await listen({ host, port: 0 }, (connection) => connection.destroy());
  t.after(() => server.close());
  return server.endpoint;
}

/** Is a connection taken there, and by whom? */
async function answers(listeners: PptpListeners, { host, port }: Endpoint): Promise<boolean> {
  const came = Promise.withResolvers<boolean>();
  listeners.serve((connection: Connection) => {
    connection.destroy();
    came.resolve(true);
  });
  const socket = connect({ host, port });
  socket.on("error", () => came.resolve(false));
  const is = await came.promise;
  socket.destroy();
  if (!socket.closed) await once(socket, "close");
  return is;
}

test("all are listened on; where one cannot be had it is named, and none is", async (t) => {
  const there = await taken(t, "127.0.0.1");
  const here = await free("127.0.0.2");
  for (const endpoints of [
    [here, there],
    [there, here],
  ])
    await assert.rejects(PptpListeners.open(endpoints), {
      code: "address-in-use",
      message: new RegExp(`on 127\\.0\\.0\\.1:${there.port} already`),
    });
  const both = [here, await free("127.0.0.3")];
  const listeners = await opened(t, ...both);
  for (const endpoint of both) assert.ok(await answers(listeners, endpoint));
});

test("what came before somebody took connections is not lost", async (t) => {
  const here = await free("127.0.0.1");
  const listeners = await opened(t, here);
  const socket = connect(here);
  await once(socket, "connect");
  await new Promise((resolve) => setImmediate(resolve));
  const [connection] = await new Promise<Connection[]>((resolve) => listeners.serve((one) => resolve([one])));
  assert.equal(connection!.remoteAddress, "127.0.0.1");
  connection!.destroy();
  socket.destroy();
});

test("a new address is listened on before the old one is given up", async (t) => {
  const [old, young] = [await free("127.0.0.1"), await free("127.0.0.2")];
  const listeners = await opened(t, old);
  await listeners.check(listenOn(young));
  const applied = await listeners.apply(listenOn(young));
  assert.ok(await answers(listeners, old));
  assert.ok(await answers(listeners, young));
  await applied.finish?.();
  assert.ok(!(await answers(listeners, old)));
  assert.ok(await answers(listeners, young));
});

test("taken back, the old ones are there and the new ones are gone", async (t) => {
  const [old, both, young] = [await free("127.0.0.1"), await free("127.0.0.2"), await free("127.0.0.3")];
  const listeners = await opened(t, old, both);
  const applied = await listeners.apply(listenOn(both, young));
  await applied.undo();
  for (const [endpoint, is] of [
    [old, true],
    [both, true],
    [young, false],
  ] as const)
    assert.equal(await answers(listeners, endpoint), is);
  // As if nothing had been: the same again is done again.
  const again = await listeners.apply(listenOn(young));
  await again.finish?.();
  assert.deepEqual([await answers(listeners, old), await answers(listeners, young)], [false, true]);
});

test("one that cannot be had is refused by the check and by the change, and nothing is changed", async (t) => {
  const [old, young] = [await free("127.0.0.1"), await free("127.0.0.2")];
  const there = await taken(t, "127.0.0.3");
  const listeners = await opened(t, old);
  for (const attempt of ["check", "apply"] as const) {
    await assert.rejects(listeners[attempt](listenOn(young, there)), { code: "address-in-use" });
    assert.ok(await answers(listeners, old));
    assert.ok(!(await answers(listeners, young)));
  }
});

test("every address takes the place of one with the same port, and gives it back", async (t) => {
  const old = await free("127.0.0.1");
  const everywhere = { host: "0.0.0.0", port: old.port };
  const listeners = await opened(t, old);
  await listeners.check(listenOn(everywhere));
  const applied = await listeners.apply(listenOn(everywhere));
  assert.ok(await answers(listeners, { host: "127.0.0.9", port: old.port }));
  await applied.undo();
  assert.ok(!(await answers(listeners, { host: "127.0.0.9", port: old.port })));
  assert.ok(await answers(listeners, old));
  await (await listeners.apply(listenOn(everywhere))).finish?.();
  assert.ok(await answers(listeners, old));
});

test("in the place of every address: one that the host does not have leaves them all", async (t) => {
  const { port } = await free("127.0.0.1");
  const listeners = await opened(t, { host: "0.0.0.0", port });
  const nowhere = listenOn({ host: "192.0.2.1", port });
  await assert.rejects(listeners.check(nowhere), { code: "address-unusable", message: /no such address/ });
  await assert.rejects(listeners.apply(nowhere), { code: "address-unusable", message: /no such address/ });
  assert.ok(await answers(listeners, { host: "127.0.0.5", port }));
});
