import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { Dial, packet, reach, response, right, terminateAck, terminateRequest, wrong } from "./dial.ts";

test("a wrong password: the Failure first, then the Terminate-Request, then the end", () => {
  const dial = new Dial();
  reach.verifying(dial);
  assert.deepEqual(dial.verified(wrong), [
    'chap Failure id=1 "E=691 R=0 C=(32 characters) V=3 M=Access denied"',
    ...terminateRequest(2, "authentication failed"),
  ]);
  assert.deepEqual(dial.latest("chap", 4).data, ascii(`E=691 R=0 C=${"5C".repeat(16)} V=3 M=Access denied`));
  assert.deepEqual(terminateAck(dial), ["disarm terminate", "ended auth-refused"]);
});

test("a copy of the Response after the Failure gets the Failure again", () => {
  const dial = new Dial();
  reach.verifying(dial);
  dial.verified(wrong);
  assert.deepEqual(dial.receive(response(1)), [
    'chap Failure id=1 "E=691 R=0 C=(32 characters) V=3 M=Access denied"',
  ]);
});

test("a client that does not acknowledge the Terminate-Request costs two waits", () => {
  const dial = new Dial();
  reach.verifying(dial);
  dial.verified(wrong);
  assert.deepEqual(dial.expire("terminate"), terminateRequest(3, "authentication failed"));
  assert.deepEqual(dial.expire("terminate"), ["ended auth-refused"]);
});

test("no free address: no Success, and the client is told", () => {
  const dial = new Dial();
  reach.assigning(dial);
  assert.deepEqual(
    dial.feed({ type: "assigned", assignment: undefined }),
    terminateRequest(2, "no address is free"),
  );
  assert.deepEqual(terminateAck(dial), ["disarm terminate", "ended no-address"]);
});

test("a client that insists on another authentication gets asked for MS-CHAPv2 five times", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.deepEqual(dial.receive(packet("lcp", 3, identifier, [[3, "c023"]])), [
      `lcp Configure-Request id=${identifier + 1} mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc`,
      "arm lcp-restart 1000",
    ]);
  assert.deepEqual(dial.receive(packet("lcp", 3, 6, [[3, "c023"]])), [
    "disarm lcp-restart",
    ...terminateRequest(7, "MS-CHAPv2 is required"),
  ]);
  assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
});

test("a client that rejects authentication is refused at once", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  dial.receive(packet("lcp", 4, 1, [[3, "c22381"]]));
  assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
});

test("a client that wants us to authenticate is rejected, and dials on", () => {
  const dial = new Dial();
  dial.start();
  assert.equal(
    dial.receive(packet("lcp", 1, 1, [[3, "c22381"]])).at(-1),
    "lcp Configure-Reject id=1 auth=ms-chap-v2",
  );
  assert.equal(dial.receive(packet("lcp", 1, 2)).at(-1), "lcp Configure-Ack id=2");
});

test("a client that keeps another address is refused after five Naks", () => {
  const dial = new Dial();
  reach.ipcp(dial);
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.deepEqual(dial.receive(packet("ipcp", 1, identifier, [[3, "c0a80105"]])), [
      `ipcp Configure-Nak id=${identifier} address=10.77.0.10`,
    ]);
  dial.receive(packet("ipcp", 1, 6, [[3, "c0a80105"]]));
  assert.equal(terminateAck(dial).at(-1), "ended ipcp-not-agreed refused address");
});

test("a client that names no address is asked to take its own", () => {
  const dial = new Dial();
  reach.ipcp(dial);
  assert.deepEqual(dial.receive(packet("ipcp", 1, 1)), ["ipcp Configure-Nak id=1 address=10.77.0.10"]);
});

test("a client that rejects our address does without", () => {
  const dial = new Dial();
  reach.ipcp(dial);
  assert.deepEqual(dial.receive(packet("ipcp", 4, 1, [[3, "0a4d0001"]])), [
    "ipcp Configure-Request id=2",
    "arm ipcp-restart 1000",
  ]);
});

for (const [client, said] of [
  ["never speaks IPCP", []],
  ["took its address and never answers our request", [packet("ipcp", 1, 1, [[3, "0a4d000a"]])]],
] as const)
  test(`a client that ${client} is unanswered after the deadline`, () => {
    const dial = new Dial();
    reach.ipcp(dial);
    for (const frame of said) dial.receive(frame);
    dial.expire("ipcp-deadline");
    assert.equal(terminateAck(dial).at(-1), "ended ipcp-unanswered");
  });

for (const [protocol, cause] of [
  ["c021", "lcp-not-agreed protocol-reject"],
  ["8021", "ipcp-unanswered"],
] as const)
  test(`Protocol-Reject of ${protocol} ends the link`, () => {
    const dial = new Dial();
    reach.ipcp(dial);
    dial.receive(packet("lcp", 8, 5, fromHex(protocol)));
    assert.equal(terminateAck(dial).at(-1), `ended ${cause}`);
  });

test("Protocol-Reject of CHAP ends the link while the Challenge is out", () => {
  const dial = new Dial();
  reach.lcp(dial);
  dial.receive(packet("lcp", 8, 5, fromHex("c223")));
  assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
});

test("Protocol-Reject of encrypted data or of what we never sent is ignored", () => {
  const dial = new Dial();
  reach.ipcp(dial);
  assert.deepEqual(dial.receive(packet("lcp", 8, 5, fromHex("00fd"))), []);
  assert.deepEqual(dial.receive(packet("lcp", 8, 6, fromHex("c223"))), []);
  assert.deepEqual(dial.receive(packet("lcp", 8, 7, fromHex("80"))), []);
});

test("a client that rejects the code of Configure-Request cannot be spoken to", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("lcp", 7, 9, fromHex("01010004")));
  assert.equal(terminateAck(dial).at(-1), "ended lcp-not-agreed code-reject");
});

test("a client that answers no LCP request is given up after ten", () => {
  const dial = new Dial();
  dial.start();
  dial.expire("first-frame");
  for (let sent = 2; sent <= 10; sent++) assert.equal(dial.expire("lcp-restart").length, 2);
  assert.deepEqual(dial.expire("lcp-restart"), ["ended lcp-unanswered"]);
});

test("a client that answers no Challenge is given up after ten", () => {
  const dial = new Dial();
  reach.lcp(dial);
  for (let sent = 2; sent <= 10; sent++)
    assert.deepEqual(dial.expire("auth"), [
      'chap Challenge id=1 value=(16 octets) name="pacd"',
      `arm auth ${sent === 2 ? 2000 : 3000}`,
    ]);
  dial.expire("auth");
  assert.equal(terminateAck(dial).at(-1), "ended auth-unanswered");
});

test("a line that sends our own requests back is a loop", () => {
  const dial = new Dial();
  dial.start();
  let sent = dial.expire("first-frame").length;
  for (let turn = 0; turn < 40 && !dial.lines.some((line) => line.startsWith("ended")); turn++) {
    const frames = dial.effects
      .slice(-sent)
      .flatMap((effect) => (effect.do === "send" ? [effect.frame] : []));
    sent = 0;
    for (const frame of frames) sent += dial.receive(frame).length;
  }
  assert.equal(dial.lines.at(-1), "ended loop");
});

test("an LCP that never converges ends", () => {
  const dial = new Dial();
  dial.start();
  for (let identifier = 0; identifier < 40; identifier++)
    dial.receive(packet("lcp", 1, identifier & 0xff, [[200, "01"]]));
  assert.equal(terminateAck(dial).at(-1), "ended lcp-not-agreed any");
});

test("an answer that comes too late moves nothing", () => {
  const dial = new Dial();
  reach.verifying(dial);
  dial.feed({ type: "close", text: "gone" });
  assert.deepEqual(dial.verified(right), []);
  assert.deepEqual(dial.assigned(), []);
});
