import assert from "node:assert/strict";
import { once } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import tls from "node:tls";
import { httpRequest } from "../../../server/platform/http-request.ts";
import { selfSigned } from "../../../server/tls/self-signed.ts";

/** A server of TLS that answers every request with "ok"; its URL, and what to believe. */
async function server() {
  const pair = await selfSigned(["127.0.0.1"], 1, new Date());
  const listening = tls.createServer({ key: pair.key, cert: pair.certificate }, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
  });
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as { port: number };
  return {
    url: `https://127.0.0.1:${port}/`,
    trust: { exactly: pair.certificate },
    [Symbol.dispose]: () => void listening.close(),
  };
}

test("a connection that breaks as its handshake ends is an error of the request, and of nothing else", async (t) => {
  using peer = await server();
  const connect = tls.connect;
  t.after(() => {
    tls.connect = connect;
    syncBuiltinESMExports();
  });
  tls.connect = ((options: tls.ConnectionOptions) => {
    const socket = connect(options);
    // Before anybody else hears of the handshake; the error comes when it is over for all of them.
    socket.once("secureConnect", () =>
      socket.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" })),
    );
    return socket;
  }) as typeof tls.connect;
  syncBuiltinESMExports();
  const authorities = { authorities: peer.trust.exactly };
  await assert.rejects(httpRequest(peer.url, {}, authorities), { code: "ECONNRESET" });
});

test("over TLS and without, the answer comes whole", async () => {
  using peer = await server();
  assert.equal(await (await httpRequest(peer.url, {}, peer.trust)).text(), "ok");
});

test("a connection that breaks within the answer is an error of whoever reads it", async (t) => {
  const broken = createServer((socket: Socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", () => socket.resetAndDestroy());
    });
  });
  t.after(() => broken.close());
  broken.listen(0, "127.0.0.1");
  await once(broken, "listening");
  const { port } = broken.address() as { port: number };
  const answer = await httpRequest(`http://127.0.0.1:${port}/`, {});
  await assert.rejects(answer.text());
});
