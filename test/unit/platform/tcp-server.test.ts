import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import type { Connection } from "../../../server/platform/tcp.ts";
import { type ListeningServer, listen, MAX_UNSENT } from "../../../server/platform/tcp-server.ts";

const ANY = { host: "127.0.0.1", port: 0 };
const open: { servers: ListeningServer[]; clients: Socket[] } = { servers: [], clients: [] };

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.destroy();
  for (const server of open.servers.splice(0)) await server.close();
});

/** A server that took one connection from `client`, and what that connection has told so far. */
async function dial() {
  const accepted = Promise.withResolvers<Connection>();
  const server = await listen(ANY, (connection) => accepted.resolve(connection));
  open.servers.push(server);
  // Half open, so that the client closes only when a test says so.
  const client = connect({ ...server.endpoint, allowHalfOpen: true });
  open.clients.push(client);
  client.on("error", () => {});
  await once(client, "connect");
  return { server, client, connection: await accepted.promise };
}

/** Collects what a connection tells. */
function listenTo(connection: Connection) {
  const data: number[] = [];
  let closes = 0;
  const closed = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  connection.receive({
    data: (bytes) => {
      data.push(...bytes);
      arrived.resolve();
    },
    closed: () => {
      closes++;
      closed.resolve();
    },
  });
  return { data, closes: () => closes, closed: closed.promise, arrived: arrived.promise };
}

test("a connection names both ends as dotted quads", async () => {
  const { client, connection } = await dial();
  assert.deepEqual(
    [connection.remoteAddress, connection.remotePort, connection.localAddress],
    ["127.0.0.1", client.localPort, "127.0.0.1"],
  );
});

test("an IPv4 client of a socket that listens on all addresses is a dotted quad, too", async () => {
  const accepted = Promise.withResolvers<Connection>();
  const server = await listen({ host: "::", port: 0 }, (connection) => accepted.resolve(connection));
  open.servers.push(server);
  open.clients.push(connect(server.endpoint.port, "127.0.0.1"));
  const connection = await accepted.promise;
  assert.deepEqual([connection.remoteAddress, connection.localAddress], ["127.0.0.1", "127.0.0.1"]);
});

test("an IPv6 client is cut off unseen", async () => {
  let seen = 0;
  const server = await listen({ host: "::", port: 0 }, () => seen++);
  open.servers.push(server);
  const client = connect(server.endpoint.port, "::1");
  open.clients.push(client);
  client.on("error", () => {});
  await once(client, "close");
  assert.equal(seen, 0);
});

test("octets that come before anybody receives wait", async () => {
  const { client, connection } = await dial();
  await new Promise<void>((resolve) => client.write(Uint8Array.of(1, 2, 3), () => resolve()));
  const heard = listenTo(connection);
  await heard.arrived;
  assert.deepEqual(heard.data, [1, 2, 3]);
});

test("what is written arrives, though the caller uses its memory again", async () => {
  const { client, connection } = await dial();
  const bytes = Uint8Array.of(1, 2, 3);
  connection.write(bytes);
  bytes.fill(9);
  const [received] = await once(client, "data");
  assert.deepEqual([...received], [1, 2, 3]);
});

test("a client that closes is told once, and writing to it afterwards is harmless", async () => {
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  client.end();
  await heard.closed;
  connection.write(Uint8Array.of(1));
  connection.end();
  connection.destroy();
  assert.equal(heard.closes(), 1);
});

test("a client that resets is told once", async () => {
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  client.resetAndDestroy();
  await heard.closed;
  connection.write(Uint8Array.of(1));
  assert.equal(heard.closes(), 1);
});

test("a connection that closed before anybody received says so later", async () => {
  const { connection } = await dial();
  connection.destroy();
  const ended = Promise.withResolvers<void>();
  setImmediate(() => connection.receive({ data: () => assert.fail(), closed: () => ended.resolve() }));
  await ended.promise;
});

test("the receivers are set once", async () => {
  const { connection } = await dial();
  listenTo(connection);
  assert.throws(() => listenTo(connection), /once/);
});

test("end lets out what is queued, and the client sees an orderly end", async () => {
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  connection.write(Uint8Array.of(1));
  connection.end();
  connection.write(Uint8Array.of(2));
  const received: number[] = [];
  client.on("data", (bytes) => received.push(...bytes));
  await once(client, "end");
  client.end();
  await heard.closed;
  assert.deepEqual(received, [1]);
});

test("what a client still sends after our end reaches nobody, and is no reset for it", async () => {
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  connection.end();
  client.resume();
  await once(client, "end");
  client.end(Uint8Array.of(1, 2, 3));
  await heard.closed;
  await (client.closed ? undefined : once(client, "close"));
  assert.deepEqual([heard.data, client.errored], [[], null]);
});

test("a client that never answers our end is cut after the linger time", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  connection.end();
  client.resume();
  await once(client, "end");
  t.mock.timers.tick(4999);
  await new Promise(setImmediate);
  assert.equal(heard.closes(), 0);
  t.mock.timers.tick(1);
  await heard.closed;
});

test("destroy is told once, and nothing arrives after it", async () => {
  const { client, connection } = await dial();
  const heard = listenTo(connection);
  client.write(Uint8Array.of(1));
  connection.destroy();
  connection.destroy();
  await heard.closed;
  assert.deepEqual([heard.data, heard.closes()], [[], 1]);
});

test("a client that does not read is cut off before it holds more than the limit", async () => {
  const { client, connection } = await dial();
  client.pause();
  const heard = listenTo(connection);
  const chunk = new Uint8Array(16 * 1024);
  let chunks = 0;
  let closed = false;
  heard.closed.then(() => {
    closed = true;
  });
  while (!closed && chunks < 10_000) {
    connection.write(chunk);
    chunks++;
    await new Promise(setImmediate);
  }
  assert.ok(closed, "still open after 160 MB");
});

test("one message larger than the limit cuts the client off", async () => {
  const { connection } = await dial();
  const heard = listenTo(connection);
  connection.write(new Uint8Array(MAX_UNSENT + 1));
  await heard.closed;
});

test("a closed server lets connections go on and frees its port at once", async () => {
  const { server, client, connection } = await dial();
  await server.close();
  const again = await listen(server.endpoint, () => assert.fail());
  open.servers.push(again);
  connection.write(Uint8Array.of(7));
  const [received] = await once(client, "data");
  assert.deepEqual([...received], [7]);
});

test("an address in use is named", async () => {
  const server = await listen(ANY, () => {});
  open.servers.push(server);
  await assert.rejects(
    listen(server.endpoint, () => {}),
    {
      name: "AppError",
      code: "address-in-use",
      message: new RegExp(`127\\.0\\.0\\.1:${server.endpoint.port}`),
    },
  );
});

test("an address that is every one, of which one is taken, says so", async () => {
  const taken = await listen(ANY, () => {});
  open.servers.push(taken);
  await assert.rejects(
    listen({ host: "0.0.0.0", port: taken.endpoint.port }, () => {}),
    {
      code: "address-in-use",
      message: /on 0\.0\.0\.0:\d+ already, or on one of this host's addresses with that port: /,
    },
  );
});

test("an address that this host does not have is named", async () => {
  await assert.rejects(
    listen({ host: "192.0.2.1", port: 1723 }, () => {}),
    { code: "address-unusable", message: /192\.0\.2\.1:1723: this host has no such address/ },
  );
});
