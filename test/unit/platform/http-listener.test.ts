import assert from "node:assert/strict";
import { Agent, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import type { Endpoint } from "../../../server/config/config-types.ts";
import { type HttpHandler, type HttpListener, listenHttp } from "../../../server/platform/http-listener.ts";
import { listen } from "../../../server/platform/tcp-server.ts";
import { seconds } from "../../../server/wire/units.ts";

interface Bench {
  readonly endpoint: Endpoint;
  readonly listener: HttpListener;
  /** Requests that came, whose answers the test gives. */
  readonly waiting: ServerResponse[];
  /** Resolves when so many wait. */
  came(): Promise<ServerResponse>;
}

async function bench(t: TestContext): Promise<Bench> {
  const reserved = await listen({ host: "127.0.0.1", port: 0 }, () => {});
  await reserved.close();
  const waiting: ServerResponse[] = [];
  let told = Promise.withResolvers<ServerResponse>();
  const handler: HttpHandler = {
    request(_, response) {
      waiting.push(response);
      told.resolve(response);
      told = Promise.withResolvers();
    },
    clientError: (_, socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    requestTimeout: seconds(30),
    keepAliveTimeout: seconds(72),
  };
  const { endpoint } = reserved;
  const listener = await listenHttp(endpoint, handler);
  t.after(() => {
    const closed = listener.close();
    listener.cutOff();
    return closed;
  });
  return { endpoint, listener, waiting, came: () => told.promise };
}

function get({ host, port }: Endpoint, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, agent }, async (response) => {
      resolve((await response.setEncoding("utf8").toArray()).join(""));
    });
    sent.on("error", reject).end();
  });
}

test("closing waits for the request that is under way, and for no idle connection", async (t) => {
  const { endpoint, listener, came } = await bench(t);
  const idle = new Agent({ keepAlive: true });
  const busy = new Agent({ keepAlive: true });
  t.after(() => [idle, busy].map((agent) => agent.destroy()));
  for (const agent of [idle, busy]) {
    const first = came();
    const answer = get(endpoint, agent);
    (await first).end("before");
    assert.equal(await answer, "before");
  }
  const second = came();
  const answer = get(endpoint, busy);
  const response = await second;
  let closed = false;
  const closing = listener.close().then(() => {
    closed = true;
  });
  await assert.rejects(get(endpoint), { code: "ECONNREFUSED" });
  assert.ok(!closed);
  response.end("done");
  assert.equal(await answer, "done");
  await closing;
});

test("what has not ended can be cut off", async (t) => {
  const { endpoint, listener, came } = await bench(t);
  const first = came();
  const answer = assert.rejects(get(endpoint), { code: "ECONNRESET" });
  await first;
  const closing = listener.close();
  listener.cutOff();
  await Promise.all([answer, closing]);
});

test("a port that is taken is named", async (t) => {
  const { endpoint } = await bench(t);
  const handler = {
    request() {},
    clientError() {},
    requestTimeout: seconds(1),
    keepAliveTimeout: seconds(1),
  };
  await assert.rejects(listenHttp(endpoint, handler), { code: "address-in-use" });
});

test("octets that are no HTTP come to the handler", async (t) => {
  const { endpoint } = await bench(t);
  const socket = connect(endpoint);
  socket.write("hello\r\n\r\n");
  assert.match((await socket.setEncoding("utf8").toArray()).join(""), /^HTTP\/1\.1 400/);
});
