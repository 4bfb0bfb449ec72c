import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { Dial, packet, reach, response, right, terminateRequest } from "./dial.ts";

const up = (): Dial => {
  const dial = new Dial();
  reach.up(dial);
  assert.equal(dial.lines.at(-1), "reached ipcp");
  return dial;
};

test("silence is asked with an Echo-Request, and two without an answer end the link", () => {
  const dial = up();
  const echo = (identifier: number) => [`lcp Echo-Request id=${identifier} magic=aa471106`, "arm echo 30000"];
  assert.deepEqual(dial.expire("echo"), echo(2));
  assert.deepEqual(dial.expire("echo"), echo(3));
  dial.expire("echo");
  assert.equal(dial.receive(packet("lcp", 6, 4)).at(-1), "ended echo-unanswered");
});

for (const [sign, give] of [
  ["an Echo-Reply", (dial: Dial) => dial.receive(packet("lcp", 10, 3, fromHex("0c6f3548")))],
  ["any frame", (dial: Dial) => dial.receive(fromHex("ff"))],
  ["inner data", (dial: Dial) => dial.feed({ type: "alive" })],
] as const)
  test(`${sign} is a sign of life`, () => {
    const dial = up();
    dial.expire("echo");
    dial.expire("echo");
    assert.deepEqual(give(dial), ["arm echo 30000"]);
    assert.equal(dial.expire("echo")[0], "lcp Echo-Request id=4 magic=aa471106");
  });

test("a probe is an Echo-Request out of turn; the echo timer and its count go on as they were", () => {
  const dial = up();
  dial.expire("echo");
  assert.deepEqual(dial.feed({ type: "probe" }), ["lcp Echo-Request id=3 magic=aa471106"]);
  assert.equal(dial.expire("echo")[0], "lcp Echo-Request id=4 magic=aa471106");
  dial.expire("echo");
  assert.equal(dial.receive(packet("lcp", 6, 5)).at(-1), "ended echo-unanswered");
});

test("the client's Terminate-Request is acknowledged, and its text kept escaped", () => {
  const dial = up();
  assert.deepEqual(dial.receive(packet("lcp", 5, 9, ascii("User request\n"))), [
    "arm echo 30000",
    "lcp Terminate-Ack id=9",
    "disarm echo",
    'ended peer-terminated lcp "User request\\x0a"',
  ]);
  assert.deepEqual(dial.receive(packet("lcp", 5, 10)), [], "nothing after the end");
});

test("IPCP terminated by the client ends the link as its wish", () => {
  const dial = up();
  const lines = dial.receive(packet("ipcp", 5, 9, ascii("bye")));
  assert.ok(lines.includes("ipcp Terminate-Ack id=9"));
  assert.equal(dial.receive(packet("lcp", 6, 2)).at(-1), 'ended peer-terminated ipcp "bye"');
});

test("an administrator's disconnect says so and waits for the Ack", () => {
  const dial = up();
  assert.deepEqual(dial.feed({ type: "close", text: "disconnected by the administrator" }), [
    "disarm echo",
    'lcp Terminate-Request id=2 "disconnected by the administrator"',
    "arm terminate 1000",
  ]);
  assert.deepEqual(dial.feed({ type: "close", text: "again" }), [], "the first reason stands");
  assert.deepEqual(dial.receive(packet("lcp", 5, 7)), ["lcp Terminate-Ack id=7"], "crossed requests");
  assert.deepEqual(dial.receive(packet("lcp", 6, 2)), ["disarm terminate", "ended closed"]);
});

test("close before the first frame ends at once", () => {
  const dial = new Dial();
  assert.deepEqual(dial.feed({ type: "close", text: "" }), ["ended closed"]);
  const started = new Dial();
  started.start();
  assert.deepEqual(started.feed({ type: "close", text: "" }), ["disarm first-frame", "ended closed"]);
});

test("Windows 10 repeats its CCP request in a session: an Ack, no keys, nothing goes down", () => {
  const dial = up();
  for (const identifier of [1, 2, 3, 4, 5])
    assert.deepEqual(dial.receive(packet("ccp", 1, identifier, [[18, "01000040"]])), [
      "arm echo 30000",
      `ccp Configure-Ack id=${identifier} mppe=01000040(stateless,128)`,
    ]);
  assert.equal(dial.lines.filter((line) => line === "set-keys").length, 1);
});

for (const [what, frame] of [
  ["another CCP request", packet("ccp", 1, 9, [[18, "01000060"]])],
  ["a CCP Terminate-Ack", packet("ccp", 6, 9)],
] as const)
  test(`${what} in a session ends it before a key is used again`, () => {
    const dial = up();
    const lines = dial.receive(frame);
    assert.ok(!lines.some((line) => line.includes("set-keys") || line.startsWith("ccp")), lines.join("; "));
    assert.equal(dial.receive(packet("lcp", 6, 2)).at(-1), "ended mppe-renegotiated");
  });

test("CCP terminated by the client, as Windows begins its goodbye, ends the session as its wish", () => {
  const dial = up();
  assert.deepEqual(dial.receive(packet("ccp", 5, 9, WINDOWS_SAYS[732])), [
    "arm echo 30000",
    "ccp Terminate-Ack id=9",
    "disarm echo",
    ...terminateRequest(2, "CCP was terminated"),
  ]);
  assert.equal(
    dial.receive(packet("lcp", 6, 2)).at(-1),
    "ended peer-terminated ccp Windows error 732: the negotiation came to no agreement",
  );
});

test("a Reset-Request gets its Reset-Ack, and no new keys; a Reset-Ack means nothing", () => {
  const dial = up();
  assert.deepEqual(dial.receive(packet("ccp", 14, 7)), ["arm echo 30000", "ccp Reset-Ack id=7"]);
  assert.deepEqual(dial.receive(packet("ccp", 15, 1)), ["arm echo 30000"]);
});

test("copies of Acks and Naks that were already read move nothing", () => {
  const dial = up();
  const copies = [
    packet("ccp", 2, 1, [[18, "01000040"]]),
    packet("ccp", 3, 1, [[18, "01000060"]]),
    packet("ccp", 4, 1, [[18, "01000040"]]),
    packet("ipcp", 2, 1, [[3, "0a4d0001"]]),
    packet("ipcp", 3, 1, [[3, "0a4d0002"]]),
    packet("lcp", 4, 1, [[2, "00000000"]]),
  ];
  for (const copy of copies) assert.deepEqual(dial.receive(copy), ["arm echo 30000"]);
});

test("IPCP negotiated anew in a session keeps the network as it is", () => {
  const dial = up();
  assert.deepEqual(dial.receive(packet("ipcp", 1, 5, [[3, "00000000"]])), [
    "arm echo 30000",
    "ipcp Configure-Request id=2 address=10.77.0.1",
    "arm ipcp-restart 1000",
    "ipcp Configure-Nak id=5 address=10.77.0.10",
  ]);
  dial.acknowledge("ipcp");
  assert.deepEqual(dial.receive(packet("ipcp", 1, 6, [[3, "0a4d000a"]])), [
    "arm echo 30000",
    "disarm ipcp-restart",
    "ipcp Configure-Ack id=6 address=10.77.0.10",
  ]);
});

test("a copy of the Response in a session gets the Success again", () => {
  const dial = up();
  assert.deepEqual(dial.receive(response(1)), [
    "arm echo 30000",
    'chap Success id=1 "S=(40 characters) M=Access granted"',
  ]);
});

test("a copy of the Response while the first is verified is ignored, and so is another identifier", () => {
  const dial = new Dial();
  reach.verifying(dial);
  assert.deepEqual(dial.receive(response(1)), []);
  assert.deepEqual(dial.receive(response(2)), []);
});

test("a Response that is not 49 octets is dropped", () => {
  const dial = new Dial();
  reach.lcp(dial);
  for (const length of [0, 16, 48, 50]) assert.deepEqual(dial.receive(response(1, { length })), []);
});

test("LCP negotiated anew before a Response starts over with a new identifier", () => {
  const dial = new Dial();
  reach.lcp(dial);
  assert.deepEqual(dial.receive(packet("lcp", 1, 2, [[5, "77777777"]])), [
    "disarm auth",
    "lcp Configure-Request id=2 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    "arm lcp-restart 1000",
    "lcp Configure-Ack id=2 magic=77777777",
  ]);
  assert.deepEqual(dial.acknowledge("lcp"), [
    "disarm lcp-restart",
    "reached lcp",
    'chap Challenge id=2 value=(16 octets) name="pacd"',
    "arm auth 1000",
  ]);
  assert.deepEqual(dial.receive(response(1)), [], "a Response to the earlier Challenge");
  assert.deepEqual(dial.receive(response(2)), ["disarm auth", "verify"]);
});

test("an LCP request that comes again, its Ack lost, gets Ack and Challenge at once", () => {
  const dial = new Dial();
  reach.lcp(dial);
  assert.deepEqual(dial.receive(packet("lcp", 1, 2, [[5, "0c6f3548"]])), [
    "lcp Configure-Ack id=2 magic=0c6f3548",
    'chap Challenge id=1 value=(16 octets) name="pacd"',
    "arm auth 2000",
  ]);
});

test("a Terminate-Ack that nobody asked for is a client that is gone", () => {
  const dial = up();
  dial.receive(packet("lcp", 6, 77));
  assert.equal(dial.receive(packet("lcp", 6, 2)).at(-1), "ended peer-closed");
});

test("at most sixteen Protocol-Rejects go out, none before LCP is open, none for data", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("ipv6cp", 1, 1));
  assert.ok(!dial.lines.some((line) => line.includes("Protocol-Reject")));
  dial.receive(packet("lcp", 1, 1));
  dial.acknowledge("lcp");
  for (const data of ["0021 4500", "0057 6000", "00fd 9000"])
    assert.deepEqual(dial.receive(fromHex(data)), []);
  for (let count = 0; count < 16; count++) assert.equal(dial.receive(packet("ipv6cp", 1, 1)).length, 1);
  assert.deepEqual(dial.receive(packet("ipv6cp", 1, 1)), []);
});

test("a Protocol-Reject is no longer than the client's MRU", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1, [[1, "0080"]]));
  dial.acknowledge("lcp");
  dial.receive(packet("ipv6cp", 1, 1, new Uint8Array(500)));
  const { data } = dial.latest("lcp", 8);
  assert.equal(data.length + 4, 128);
  assert.deepEqual(data.slice(0, 6), fromHex("8057 0101 01f8"));
});

test("a frame before the call reply starts the link", () => {
  const dial = new Dial();
  assert.deepEqual(dial.receive(packet("lcp", 1, 1)), [
    "arm first-frame 300",
    "disarm first-frame",
    "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    "arm lcp-restart 1000",
    "lcp Configure-Ack id=1",
  ]);
  assert.deepEqual(dial.start(), []);
});

test("frames of later protocols before their time are dropped", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  for (const early of [response(1), packet("ccp", 1, 1, [[18, "01000040"]]), packet("ipcp", 1, 1)])
    assert.deepEqual(dial.receive(early), []);
});

test("the latest early IPCP request is the one that is answered", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ipcp", 1, 7, [[3, "00000000"]]));
  dial.receive(packet("ipcp", 1, 8, [[3, "0a4d000a"]]));
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  assert.equal(dial.acknowledge("ccp").at(-1), "ipcp Configure-Ack id=8 address=10.77.0.10");
});

test("frames that are kept do not change with the memory they came in", () => {
  const dial = new Dial();
  reach.ccp(dial);
  const request = packet("ipcp", 1, 7, [[3, "0a4d000a"]]);
  dial.receive(request);
  request.fill(0);
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  assert.equal(dial.acknowledge("ccp").at(-1), "ipcp Configure-Ack id=7 address=10.77.0.10");
});

test("a timer that was not armed moves nothing", () => {
  const dial = new Dial();
  reach.ccp(dial);
  for (const timer of ["first-frame", "lcp-restart", "auth", "ipcp-restart", "echo", "terminate"] as const)
    assert.deepEqual(dial.expire(timer), []);
});

test("an outcome that nobody asked for moves nothing", () => {
  const dial = new Dial();
  reach.lcp(dial);
  assert.deepEqual(dial.verified(right), []);
  assert.deepEqual(dial.assigned(), []);
});
