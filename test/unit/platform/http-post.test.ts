import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { HttpPoster } from "../../../server/platform/http-post.ts";
import { failureOf, outcomeOf } from "../../../server/webhooks/failures.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";
import { localPair } from "../../support/tls-pairs.ts";

const PAIR = await localPair();
const OTHER = await localPair();
const NEVER = new AbortController().signal;

/** A server on the loopback, until the test ends; the port. */
async function listening(t: TestContext, server: Server): Promise<number> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  };
  server.on("connection", keep);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function poster(t: TestContext, authorities: string = PAIR.certificate): HttpPoster {
  const file = join(temporaryDirectory(t), "authorities.pem");
  writeFileSync(file, authorities);
  const made = new HttpPoster([join(file, "..", "none.pem"), file]);
  t.after(() => made.close());
  return made;
}

const answering = (listener: RequestListener) => createServer(listener);

/** What is said of a post, whatever comes of it. */
const seen = (post: Promise<Parameters<typeof outcomeOf>[0]>): Promise<string> =>
  post.then(
    (answer) => outcomeOf(answer).detail,
    (error: unknown) => failureOf(error).detail,
  );

test("the body and the headers come as they are, and connections are kept for the next one", async (t) => {
  const got: unknown[] = [];
  const ports = new Set<number | undefined>();
  const port = await listening(
    t,
    answering(async (request, answer) => {
      ports.add(request.socket.remotePort);
      const { "content-type": type, "x-a": own, host } = request.headers;
      got.push([request.method, request.url, type, own, host, await text(request)]);
      answer.writeHead(204).end();
    }),
  );
  const made = poster(t);
  const headers = { "content-type": "application/json", "x-a": "b" };
  for (let i = 0; i < 3; i += 1) {
    const answer = await made.post(`http://127.0.0.1:${port}/a?b=c`, headers, '{"ä":1}', NEVER);
    assert.deepEqual(answer, { status: 204, location: undefined });
  }
  const one = ["POST", "/a?b=c", "application/json", "b", `127.0.0.1:${port}`, '{"ä":1}'];
  assert.deepEqual(got, [one, one, one]);
  assert.equal(ports.size, 1);
});

test("a redirect is an answer, and is not followed", async (t) => {
  let requests = 0;
  const port = await listening(
    t,
    answering((_request, answer) => {
      requests += 1;
      answer.writeHead(307, { location: "/elsewhere?key=secret" }).end();
    }),
  );
  const detail = await seen(poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", NEVER));
  assert.equal(
    detail,
    "It answered 307, which leads to /elsewhere. Redirects are not followed: give the web hook that URL.",
  );
  assert.equal(requests, 1);
});

test("of a huge answer the head counts, and the rest is not waited for", async (t) => {
  let written = 0;
  const port = await listening(
    t,
    answering((_request, answer) => {
      answer.writeHead(200);
      const more = () => {
        if (answer.destroyed) return;
        written += 65_536;
        answer.write(Buffer.alloc(65_536), () => more());
      };
      more();
    }),
  );
  const answer = await poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", NEVER);
  assert.equal(answer.status, 200);
  assert.ok(written < 50_000_000, `${written}`);
});

test("an answer whose head does not end is given up with the reason of who waits", async (t) => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.write("HTTP/1.1 200 OK\r\ncontent-le");
  });
  const port = await listening(t, server);
  const abort = new AbortController();
  const connected = once(server, "connection");
  const post = poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", abort.signal);
  await connected;
  abort.abort(new Error("too late"));
  await assert.rejects(post, /too late/);
});

test("what breaks after the head changes nothing", async (t) => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\nab"));
  });
  const port = await listening(t, server);
  const answer = await poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", NEVER);
  assert.equal(answer.status, 202);
});

for (const [what, reply, said] of [
  [
    "a connection that is closed at once",
    "",
    /^The connection was closed before an answer came \(ECONNRESET\)\.$/,
  ],
  ["what is no HTTP", "220 smtp.example.com ESMTP\r\n", /^What answered is not HTTP \(HPE_/],
  [
    "a head that is too long",
    `HTTP/1.1 200 OK\r\nx: ${"y".repeat(40_000)}\r\n\r\n`,
    /^The head of its answer is too long/,
  ],
] as const)
  test(`${what} is told in words`, async (t) => {
    const port = await listening(
      t,
      createTcpServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.end(reply));
      }),
    );
    assert.match(await seen(poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", NEVER)), said);
  });

test("a port where nobody listens, and a name that there is not", async (t) => {
  const server = createTcpServer();
  const port = await listening(t, server);
  server.close();
  await once(server, "close");
  assert.equal(
    await seen(poster(t).post(`http://127.0.0.1:${port}/`, {}, "x", NEVER)),
    "Nothing listens there: the connection was refused (ECONNREFUSED).",
  );
  // RFC 6761 §6.4: never a name of anybody.
  assert.match(
    await seen(poster(t).post("http://pacd.invalid/", {}, "x", NEVER)),
    /^(Its host name is not known to DNS \(ENOTFOUND\)|DNS did not answer for its host name \(EAI_AGAIN\))\.$/,
  );
});

test("a connection that was closed while nobody used it is made anew, and the event goes out once more", async (t) => {
  let requests = 0;
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    let before = false;
    socket.on("data", () => {
      // The second request on one connection finds it closed.
      if (before) {
        socket.resetAndDestroy();
        return;
      }
      before = true;
      requests += 1;
      socket.write("HTTP/1.1 204 No Content\r\n\r\n");
    });
  });
  const port = await listening(t, server);
  const made = poster(t);
  for (let i = 0; i < 3; i += 1)
    assert.equal((await made.post(`http://127.0.0.1:${port}/`, {}, "x", NEVER)).status, 204);
  assert.ok(requests >= 2);
});

test("TLS is spoken with who shows a certificate of the host's authorities, and with nobody else", async (t) => {
  const { certificate: cert, key } = PAIR;
  const server = createTlsServer({ cert, key }, (request, answer) => {
    request.resume();
    answer.end("taken");
  });
  const port = await listening(t, server as unknown as Server);
  const made = poster(t);
  for (let i = 0; i < 2; i += 1)
    assert.equal((await made.post(`https://localhost:${port}/`, {}, "x", NEVER)).status, 200);
  const strange = poster(t, OTHER.certificate);
  assert.match(
    await seen(strange.post(`https://localhost:${port}/`, {}, "x", NEVER)),
    /^Its certificate is not believed: .*CERT.*\.$/,
  );
  const plain = await listening(
    t,
    answering((_request, answer) => answer.end()),
  );
  assert.match(
    await seen(made.post(`https://localhost:${plain}/`, {}, "x", NEVER)),
    /^What answers there speaks no TLS: is it http:\/\/\? \((EPROTO|ERR_SSL_\w+)\)$/,
  );
});

test("what the host believes is read anew when it has changed", async (t) => {
  const { certificate: cert, key } = PAIR;
  const server = createTlsServer({ cert, key }, (request, answer) => {
    request.resume();
    answer.end();
  });
  const port = await listening(t, server as unknown as Server);
  const file = join(temporaryDirectory(t), "authorities.pem");
  writeFileSync(file, OTHER.certificate);
  const made = new HttpPoster([file]);
  t.after(() => made.close());
  const post = () => seen(made.post(`https://localhost:${port}/`, {}, "x", NEVER));
  assert.match(await post(), /not believed/);
  writeFileSync(file, `${OTHER.certificate}\n${cert}`);
  assert.equal(await post(), "It answered 200.");
});
