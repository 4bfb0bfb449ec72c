import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connection } from "../../../server/platform/tcp.ts";
import { dialTcp } from "../../../server/platform/tcp-dialer.ts";
import { listen } from "../../../server/platform/tcp-server.ts";
import { millis, seconds } from "../../../server/wire/units.ts";

const ANY = { host: "127.0.0.1", port: 0 };

test("a connection knows both addresses and carries octets both ways, also those that came first", async (t) => {
  const accepted = Promise.withResolvers<Connection>();
  const server = await listen(ANY, (connection) => accepted.resolve(connection));
  t.after(() => server.close());
  const ours = await dialTcp("127.0.0.1", server.endpoint.port, seconds(5));
  t.after(() => ours.destroy());
  const theirs = await accepted.promise;
  t.after(() => theirs.destroy());
  assert.deepEqual(
    [ours.remoteAddress, ours.remotePort, ours.localAddress],
    ["127.0.0.1", server.endpoint.port, "127.0.0.1"],
  );
  const heard = Promise.withResolvers<number[]>();
  const answered = Promise.withResolvers<number[]>();
  const gone = Promise.withResolvers<void>();
  theirs.write(Uint8Array.of(1, 2));
  theirs.receive({ data: (bytes) => heard.resolve([...bytes]), closed: () => gone.resolve() });
  ours.receive({ data: (bytes) => answered.resolve([...bytes]), closed: () => {} });
  assert.deepEqual(await answered.promise, [1, 2]);
  ours.write(Uint8Array.of(3));
  assert.deepEqual(await heard.promise, [3]);
  ours.end();
  await gone.promise;
});

test("where nobody listens it rejects with the kernel's code", async () => {
  const server = await listen(ANY, () => {});
  const { port } = server.endpoint;
  await server.close();
  await assert.rejects(dialTcp("127.0.0.1", port, seconds(5)), { code: "ECONNREFUSED" });
});

test("when the timeout is over before there is an answer it rejects with ETIMEDOUT", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const dialled = dialTcp("127.0.0.1", 1, millis(1000));
  t.mock.timers.tick(1000);
  await assert.rejects(dialled, { code: "ETIMEDOUT" });
});
