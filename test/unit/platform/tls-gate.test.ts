import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect as connectTcp, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { plainRequest } from "../../../admin-api/plugins/client-error.ts";
import { TlsGate } from "../../../server/platform/tls-gate.ts";
import { localPair } from "../../support/tls-pairs.ts";

const [FIRST, SECOND] = [await localPair(), await localPair()];
const UNFINISHED = 128;

interface Bench {
  readonly gate: TlsGate;
  readonly server: Server;
  readonly port: number;
  readonly cutOff: () => void;
}

async function bench(t: TestContext, pair: typeof FIRST | null = FIRST): Promise<Bench> {
  const server = createServer((asked, answer) => {
    const { encrypted } = asked.socket as TLSSocket;
    answer.end(`${encrypted ? "TLS" : "plain"} ${asked.url}`);
  });
  const gate = new TlsGate(plainRequest);
  gate.use(pair ?? undefined);
  const cutOff = gate.guard(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    cutOff();
    server.closeAllConnections();
    server.close();
  });
  return { gate, server, port: (server.address() as AddressInfo).port, cutOff };
}

/** A connection after its handshake. */
async function shaken(t: TestContext, port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    ca: FIRST.certificate,
    ...options,
  });
  t.after(() => socket.destroy());
  await once(socket, "secureConnect");
  return socket;
}

/** One request on a connection that stays open, and its answer. */
async function ask(socket: TLSSocket, path: string): Promise<string> {
  const asked = request({
    path,
    createConnection: () => socket,
    headers: { connection: "keep-alive" },
  });
  const answered = once(asked, "response");
  asked.end();
  const [answer] = (await answered) as [IncomingMessage];
  return text(answer);
}

const fingerprint = (socket: TLSSocket): string => socket.getPeerX509Certificate()!.fingerprint256;

async function tcp(t: TestContext, { port, server }: Bench): Promise<readonly [Socket, Socket]> {
  const accepted = once(server, "connection");
  const socket = connectTcp(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  t.after(() => socket.destroy());
  const [other] = (await accepted) as [Socket];
  return [socket, other];
}

test("HTTP is answered over TLS 1.3, and its handler knows that it is TLS", async (t) => {
  const { port } = await bench(t);
  const socket = await shaken(t, port);
  assert.equal(socket.getProtocol(), "TLSv1.3");
  assert.equal(await ask(socket, "/a"), "TLS /a");
});

test("TLS 1.2 is the least, with forward secrecy and authenticated encryption alone", async (t) => {
  const { port } = await bench(t);
  const socket = await shaken(t, port, { maxVersion: "TLSv1.2" });
  assert.match(socket.getCipher().standardName, /^TLS_ECDHE_.*_(?:GCM|POLY1305)_/);
  for (const options of [
    { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" },
    { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA" },
    { maxVersion: "TLSv1.2", ciphers: "AES128-GCM-SHA256" },
  ] as const)
    await assert.rejects(shaken(t, port, options), { code: /ALERT|ECONNRESET/ });
});

test("without an identity it is plain HTTP, and with one from the next connection on TLS", async (t) => {
  const b = await bench(t, null);
  const get = async () => text((await fetch(`http://127.0.0.1:${b.port}/x`)).body!);
  assert.equal(await get(), "plain /x");
  b.gate.use(FIRST);
  assert.match(await get(), /https:\/\//);
  b.gate.use(undefined);
  assert.equal(await get(), "plain /x");
});

test("a new identity is for who comes next; who is connected goes on with the old one", async (t) => {
  const { gate, port } = await bench(t);
  const before = await shaken(t, port);
  assert.equal(await ask(before, "/1"), "TLS /1");
  gate.use(SECOND);
  const after = await shaken(t, port, { ca: SECOND.certificate });
  assert.notEqual(fingerprint(after), fingerprint(before));
  assert.equal(await ask(before, "/2"), "TLS /2");
  await assert.rejects(shaken(t, port), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
});

test("plain HTTP is told to use https, with a problem document, and hears nothing of the request", async (t) => {
  const { port } = await bench(t);
  const answer = await fetch(`http://127.0.0.1:${port}/secret`, { headers: { authorization: "Bearer x" } });
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get("content-type"), "application/problem+json; charset=utf-8");
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  assert.equal(code, "tls-needed");
  assert.match(detail, /speaks TLS on this port: use https:\/\//);
});

for (const [what, octets] of [
  ["says nothing", Buffer.alloc(0)],
  ["sends one octet", Buffer.of(0x16)],
  ["sends a record of nonsense", Buffer.from("160301000501000001ff", "hex")],
] as const)
  test(`who ${what} is cut off with the others who have not shaken hands`, async (t) => {
    const b = await bench(t);
    const [socket, accepted] = await tcp(t, b);
    const gone = once(socket, "close");
    if (octets.length > 0) {
      const read = once(accepted, "readable");
      socket.write(octets);
      await read;
    }
    const up = await shaken(t, b.port);
    assert.equal(await ask(up, "/up"), "TLS /up");
    b.cutOff();
    await gone;
    assert.equal(await ask(up, "/still"), "TLS /still");
    const closed = once(b.server, "close");
    b.server.close();
    b.server.closeAllConnections();
    await closed;
  });

test("who closes without a word leaves nothing behind", async (t) => {
  const b = await bench(t);
  const [socket, accepted] = await tcp(t, b);
  const gone = once(accepted, "close");
  socket.end();
  await gone;
});

test("strangers who say nothing keep nobody out: the oldest go first", async (t) => {
  const b = await bench(t);
  const [first] = await tcp(t, b);
  const gone = once(first, "close");
  for (let more = 1; more < UNFINISHED; more++) await tcp(t, b);
  assert.equal(first.destroyed, false);
  assert.equal(await ask(await shaken(t, b.port), "/in"), "TLS /in");
  await gone;
});
