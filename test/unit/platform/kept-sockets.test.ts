import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { systemClock } from "../../../server/platform/clock.ts";
import { KeptSockets } from "../../../server/platform/kept-sockets.ts";
import { listen } from "../../../server/platform/tcp-server.ts";

const LOCAL = "127.0.0.1";

function manager() {
  const told: string[] = [];
  return {
    told,
    keepSocket: (descriptor: number, name: string) => {
      assert.ok(descriptor > 2);
      told.push(`keep ${name}`);
    },
    dropSocket: (name: string) => void told.push(`drop ${name}`),
  };
}

/** A port that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = await listen({ host: LOCAL, port: 0 }, () => {});
  await server.close();
  return server.endpoint.port;
}

test("a socket is left with the manager, and taken back from it when the address is given up", async () => {
  const [to, endpoint] = [manager(), { host: LOCAL, port: await freePort() }];
  const sockets = await KeptSockets.open({ handedOver: [] }, [endpoint], to, systemClock);
  const arrived = Promise.withResolvers<string>();
  const server = await sockets.listen(endpoint, (connection) => {
    arrived.resolve(connection.remoteAddress);
    connection.destroy();
  });
  connect(endpoint.port, LOCAL).on("error", () => {});
  assert.equal(await arrived.promise, LOCAL);
  const name = `pptp-127.0.0.1-${endpoint.port}`;
  assert.deepEqual(to.told, [`keep ${name}`]);
  await server.close();
  assert.deepEqual(to.told, [`keep ${name}`, `drop ${name}`]);
});

test("at the end of pacd the manager keeps it", async () => {
  const [to, endpoint] = [manager(), { host: LOCAL, port: await freePort() }];
  const sockets = await KeptSockets.open({ handedOver: [] }, [endpoint], to, systemClock);
  const server = await sockets.listen(endpoint, () => {});
  sockets.leave();
  await server.close();
  assert.equal(to.told.length, 1);
});

test("an address that the manager has not let go yet is tried again until it has", async () => {
  const [to, endpoint] = [manager(), { host: LOCAL, port: await freePort() }];
  const waiting: (() => void)[] = [];
  const clock = {
    after(_: number, task: () => void) {
      waiting.push(task);
      return () => {};
    },
  };
  const sockets = await KeptSockets.open({ handedOver: [] }, [endpoint], to, clock);
  await (await sockets.listen(endpoint, () => {})).close();
  const other = await listen(endpoint, () => {});
  const again = sockets.listen(endpoint, () => {});
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await other.close();
  waiting.shift()?.();
  const server = await again;
  assert.equal(server.endpoint.port, endpoint.port);
  await server.close();
});

test("an address of another program's is refused at once", async () => {
  const other = await listen({ host: LOCAL, port: 0 }, () => {});
  const sockets = await KeptSockets.open({ handedOver: [] }, [], manager(), systemClock);
  await assert.rejects(
    sockets.listen({ host: LOCAL, port: other.endpoint.port }, () => {}),
    {
      code: "address-in-use",
    },
  );
  await other.close();
});

test("a descriptor that cannot listen is refused, with its name", async () => {
  const descriptor = openSync("/dev/null", "r");
  const handedOver = [{ descriptor, name: "odd.socket" }];
  await assert.rejects(KeptSockets.open({ handedOver }, [], manager(), systemClock), {
    code: "address-unusable",
    message: /"odd\.socket"/,
  });
  closeSync(descriptor);
});
