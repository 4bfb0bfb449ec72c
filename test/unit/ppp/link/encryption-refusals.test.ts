import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { Dial, packet, reach, terminateAck, terminateRequest } from "./dial.ts";

test("a client that answers CCP by Protocol-Reject is refused for want of encryption", () => {
  const dial = new Dial();
  reach.ccp(dial);
  assert.deepEqual(dial.receive(packet("lcp", 8, 5, fromHex("80fd 0101000a120601000040"))), [
    "disarm ccp-restart",
    "disarm ccp-deadline",
    ...terminateRequest(2, "128-bit MPPE encryption is required"),
  ]);
  assert.deepEqual(terminateAck(dial), ["disarm terminate", "ended mppe-refused protocol-reject"]);
});

test("what is required is what the policy allows", () => {
  const dial = new Dial({ mppeStrengths: [128, 56] });
  reach.ccp(dial);
  const lines = dial.receive(packet("lcp", 8, 5, fromHex("80fd")));
  assert.deepEqual(lines.slice(2), terminateRequest(2, "128/56-bit MPPE encryption is required"));
});

test("a log-in without keys ends before any CCP, its Success sent", () => {
  const dial = new Dial({}, { keys: {} });
  reach.assigning(dial);
  assert.deepEqual(dial.assigned(), [
    'chap Success id=1 "S=(40 characters) M=Access granted"',
    ...terminateRequest(2, "128-bit MPPE encryption is required"),
  ]);
  assert.deepEqual(terminateAck(dial), ["disarm terminate", "ended mppe-refused no-keys"]);
  assert.ok(!dial.lines.some((line) => line.startsWith("ccp")));
});

test("keys of lengths that the policy does not allow are no keys", () => {
  const dial = new Dial({ mppeStrengths: [56, 40] });
  reach.ccp(dial);
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused no-keys");
});

test("a client that rejects MPPE is refused", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ccp", 4, 1, [[18, "01000040"]]));
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused configure-reject");
});

test("a router that repeats CCP with no bits gets five Naks, and then the end", () => {
  const dial = new Dial();
  reach.ccp(dial);
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.deepEqual(dial.receive(packet("ccp", 1, identifier, [[18, "00000000"]])), [
      `ccp Configure-Nak id=${identifier} mppe=01000040(stateless,128)`,
    ]);
  dial.receive(packet("ccp", 1, 6, [[18, "00000000"]]));
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused no-common-mode");
});

test("a client that compresses but does not encrypt is asked for MPPE, and refused in the end", () => {
  const dial = new Dial();
  reach.ccp(dial);
  assert.deepEqual(
    dial.receive(
      packet("ccp", 1, 1, [
        [21, "2f"],
        [26, "7800"],
      ]),
    ),
    ["ccp Configure-Reject id=1 bsd-compress=version-1,15-bits deflate=window-32768,method-deflate"],
  );
  for (let identifier = 2; identifier <= 6; identifier++)
    assert.deepEqual(dial.receive(packet("ccp", 1, identifier)), [
      `ccp Configure-Nak id=${identifier} mppe=01000040(stateless,128)`,
    ]);
  dial.receive(packet("ccp", 1, 7));
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused no-common-mode");
});

test("a client that ends CCP before it is open is refused", () => {
  const dial = new Dial();
  reach.ccp(dial);
  assert.deepEqual(dial.receive(packet("ccp", 5, 3, ascii("MPPE required but not possible"))).slice(0, 1), [
    "ccp Terminate-Ack id=3",
  ]);
  const said = '"MPPE required but not possible"';
  assert.equal(terminateAck(dial).at(-1), `ended mppe-refused terminated ccp ${said}`);
});

test("a client that answers our Nak by a Terminate-Request is refused for want of encryption", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ccp", 1, 1, [[18, "01000020"]]));
  const terminateRequest = packet("lcp", 5, 2, ascii("MPPE required but peer negotiation failed"));
  const lines = dial.receive(terminateRequest);
  assert.ok(lines.includes("lcp Terminate-Ack id=2"), lines.join());
  const said = '"MPPE required but peer negotiation failed"';
  assert.equal(lines.at(-1), `ended mppe-refused hung-up lcp ${said}`);
});

test("Windows that hangs up after our Nak says why itself", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ccp", 1, 1, [[18, "01000020"]]));
  assert.match(
    dial.receive(packet("lcp", 5, 2, WINDOWS_SAYS[742])).at(-1)!,
    /^ended peer-terminated lcp Windows error 742: /,
  );
});

test("a client that hangs up before CCP has come to a Nak has hung up, and no more", () => {
  const dial = new Dial();
  reach.ccp(dial);
  assert.equal(
    dial.receive(packet("lcp", 5, 2, ascii("User request"))).at(-1),
    'ended peer-terminated lcp "User request"',
  );
});

test("a client that never speaks CCP is refused after the deadline", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.expire("ccp-restart");
  dial.expire("ccp-deadline");
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused unanswered");
});

test("a client that speaks CCP and never agrees is refused after the deadline", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  dial.expire("ccp-deadline");
  assert.equal(terminateAck(dial).at(-1), "ended mppe-refused no-common-mode");
});
