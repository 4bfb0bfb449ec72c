import assert from "node:assert/strict";
import { test } from "node:test";
import { Dial, packet, reach } from "./dial.ts";

const SUCCESS = 'chap Success id=1 "S=(40 characters) M=Access granted"';
const OURS = "ccp Configure-Request id=1 mppe=01000040(stateless,128)";
const OPEN = [
  "disarm ccp-deadline",
  "reached ccp",
  "ipcp Configure-Request id=1 address=10.77.0.1",
  "arm ipcp-restart 1000",
  "arm ipcp-deadline 15000",
];

const asks = (dial: Dial, identifier: number): string[] =>
  dial.receive(packet("ccp", 1, identifier, [[18, "01000040"]]));
const asksForAddress = (dial: Dial): string[] => dial.receive(packet("ipcp", 1, 7, [[3, "0a4d000a"]]));

const begun = (): Dial => {
  const dial = new Dial();
  reach.ccp(dial);
  return dial;
};

/** We have acknowledged the client's request and miss its Ack to ours; the first wait is over. */
const acknowledged = (): Dial => {
  const dial = begun();
  asks(dial, 1);
  assert.deepEqual(dial.expire("ccp-restart"), ["arm ccp-restart 2500"], "no copy of our request");
  return dial;
};

test("a client that answers nothing after the log-in gets the Success again with our request", () => {
  const dial = begun();
  assert.deepEqual(dial.expire("ccp-restart"), [SUCCESS, OURS, "arm ccp-restart 2000"]);
  assert.deepEqual(dial.expire("ccp-restart"), [SUCCESS, OURS, "arm ccp-restart 3000"]);
});

test("a client that was heard behind the Success does not get it again", () => {
  const speaking = begun();
  speaking.receive(packet("ccp", 1, 1, [[18, "01000060"]]));
  assert.deepEqual(speaking.expire("ccp-restart"), [OURS, "arm ccp-restart 2000"]);
  const asking = begun();
  asksForAddress(asking);
  assert.deepEqual(asking.expire("ccp-restart"), [OURS, "arm ccp-restart 2000"]);
});

test("in clear, the Success goes again with our IPCP request, until the client speaks", () => {
  const dial = new Dial({}, { keys: {}, encryptionRequired: false });
  reach.assigning(dial);
  dial.assigned();
  const request = "ipcp Configure-Request id=1 address=10.77.0.1";
  assert.deepEqual(dial.expire("ipcp-restart"), [SUCCESS, request, "arm ipcp-restart 2000"]);
  asksForAddress(dial);
  assert.deepEqual(dial.expire("ipcp-restart"), [request, "arm ipcp-restart 3000"]);
});

test("our request was lost: the client repeats its own, and gets ours before the Ack", () => {
  const dial = acknowledged();
  assert.deepEqual(asks(dial, 1), [OURS, "ccp Configure-Ack id=1 mppe=01000040(stateless,128)"]);
  assert.deepEqual(dial.acknowledge("ccp"), ["disarm ccp-restart", ...OPEN]);
});

test("its Ack was lost: the client asks for its address, which says that CCP is open there", () => {
  const dial = acknowledged();
  assert.deepEqual(asksForAddress(dial), []);
  assert.deepEqual(dial.expire("ccp-restart"), [...OPEN, "ipcp Configure-Ack id=7 address=10.77.0.10"]);
  assert.equal(dial.did("set-keys").length, 1);
  assert.deepEqual(dial.acknowledge("ccp"), [], "its Ack comes late");
});

test("neither came: our request goes out again after all", () => {
  const dial = acknowledged();
  assert.deepEqual(dial.expire("ccp-restart"), [OURS, "arm ccp-restart 2000"]);
});

test("a client that asks for its address beside CCP gets the copy at once: its address says nothing", () => {
  const dial = begun();
  asksForAddress(dial);
  asks(dial, 1);
  assert.deepEqual(dial.expire("ccp-restart"), [OURS, "arm ccp-restart 2000"]);
});
