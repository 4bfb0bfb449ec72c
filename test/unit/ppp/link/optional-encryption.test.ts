import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex } from "../../../support/bytes.ts";
import { Dial, packet, reach, terminateRequest } from "./dial.ts";

/** A dial of a user who may go without encryption, CCP begun. */
const lenient = (): Dial => {
  const dial = new Dial({}, { encryptionRequired: false });
  reach.ccp(dial);
  return dial;
};

const IPCP_STARTS = [
  "ipcp Configure-Request id=1 address=10.77.0.1",
  "arm ipcp-restart 1000",
  "arm ipcp-deadline 15000",
];
const IN_CLEAR = ["disarm ccp-restart", "disarm ccp-deadline", ...IPCP_STARTS];

const comesUp = (dial: Dial): void => {
  dial.receive(packet("ipcp", 1, 200, [[3, "0a4d000a"]]));
  dial.acknowledge("ipcp");
  assert.equal(dial.lines.at(-1), "reached ipcp");
  const opened = dial.did("open-network");
  assert.deepEqual(
    opened.map((effect) => effect.network.encryption),
    ["none"],
  );
  assert.ok(!dial.lines.includes("reached ccp"));
  assert.deepEqual([...dial.armed], ["echo"]);
};

test("a client that answers CCP by Protocol-Reject goes on in clear, its IPCP request held", () => {
  const dial = lenient();
  assert.deepEqual(dial.receive(packet("ipcp", 1, 4, [[3, "0a4d000a"]])), ["arm ccp-deadline 3000"]);
  assert.deepEqual(dial.receive(packet("lcp", 8, 5, fromHex("80fd"))), [
    ...IN_CLEAR,
    "ipcp Configure-Ack id=4 address=10.77.0.10",
  ]);
  assert.equal(
    dial.acknowledge("ipcp")[0],
    "open-network 10.77.0.10 mru=1500 acfc=false pfc=false encryption=none",
  );
});

test("a client that rejects MPPE goes on in clear", () => {
  const dial = lenient();
  assert.deepEqual(dial.receive(packet("ccp", 4, 1, [[18, "01000040"]])), IN_CLEAR);
  comesUp(dial);
});

test("a client that ends CCP goes on in clear", () => {
  const dial = lenient();
  assert.deepEqual(dial.receive(packet("ccp", 5, 3)), ["ccp Terminate-Ack id=3", ...IN_CLEAR]);
  comesUp(dial);
});

for (const [what, options] of [
  ["repeats CCP with no bits for ever", [[18, "00000000"]]],
  ["insists on 40 bits", [[18, "01000020"]]],
  ["asks for no compression at all", []],
] as const)
  test(`a client that ${what} goes on in clear, and is told that there will be no CCP`, () => {
    const dial = lenient();
    for (let identifier = 1; identifier <= 5; identifier++)
      assert.deepEqual(dial.receive(packet("ccp", 1, identifier, options)), [
        `ccp Configure-Nak id=${identifier} mppe=01000040(stateless,128)`,
      ]);
    assert.deepEqual(dial.receive(packet("ccp", 1, 6, options)), [
      ...IN_CLEAR,
      "lcp Protocol-Reject id=2 of CCP(80fd)",
    ]);
    comesUp(dial);
  });

test("a client that Naks our mode for ever goes on in clear", () => {
  const dial = lenient();
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.deepEqual(dial.receive(packet("ccp", 3, identifier, [[18, "01000020"]])), [
      `ccp Configure-Request id=${identifier + 1} mppe=01000040(stateless,128)`,
      "arm ccp-restart 1000",
    ]);
  assert.deepEqual(dial.receive(packet("ccp", 3, 6, [[18, "01000020"]])), IN_CLEAR);
  comesUp(dial);
});

test("a client that has our Ack and never gives its own goes on in clear after the deadline, the keys taken back", () => {
  const dial = lenient();
  assert.ok(dial.receive(packet("ccp", 1, 1, [[18, "01000040"]])).includes("set-keys"));
  assert.deepEqual(dial.expire("ccp-deadline"), ["close-network", "disarm ccp-restart", ...IPCP_STARTS]);
  comesUp(dial);
});

test("a client that answers no CCP request goes on in clear when they are used up", () => {
  const dial = lenient();
  for (let sent = 2; sent <= 10; sent++) dial.expire("ccp-restart");
  assert.deepEqual(dial.expire("ccp-restart").slice(1), ["disarm ccp-deadline", ...IPCP_STARTS]);
  comesUp(dial);
});

test("a client that asks for its address and says nothing in CCP is given 3 s, however often it asks", () => {
  const dial = lenient();
  assert.deepEqual(dial.receive(packet("ipcp", 1, 4, [[3, "0a4d000a"]])), ["arm ccp-deadline 3000"]);
  assert.deepEqual(dial.receive(packet("ipcp", 1, 5, [[3, "0a4d000a"]])), []);
  assert.deepEqual(dial.expire("ccp-deadline"), [
    "disarm ccp-restart",
    ...IPCP_STARTS,
    "ipcp Configure-Ack id=5 address=10.77.0.10",
  ]);
});

test("a client whose CCP comes behind its IPCP has all the time for it", () => {
  const dial = lenient();
  dial.receive(packet("ipcp", 1, 4, [[3, "0a4d000a"]]));
  assert.deepEqual(dial.receive(packet("ccp", 1, 5, [[18, "01000000"]])), [
    "ccp Configure-Nak id=5 mppe=01000040(stateless,128)",
    "arm ccp-deadline 15000",
  ]);
  assert.deepEqual(dial.receive(packet("ccp", 1, 6, [[18, "01000040"]])), [
    "set-keys",
    "ccp Configure-Ack id=6 mppe=01000040(stateless,128)",
  ]);
  assert.ok(dial.acknowledge("ccp").includes("reached ccp"));
});

test("a client whose CCP came first has all the time for it", () => {
  const dial = lenient();
  dial.receive(packet("ccp", 1, 5, [[18, "01000000"]]));
  assert.deepEqual(dial.receive(packet("ipcp", 1, 4, [[3, "0a4d000a"]])), []);
});

test("where encryption is required, an early IPCP request shortens nothing", () => {
  const dial = new Dial();
  reach.ccp(dial);
  assert.deepEqual(dial.receive(packet("ipcp", 1, 4, [[3, "0a4d000a"]])), []);
});

test("after a log-in without keys there is no CCP: IPCP follows the Success, and CCP is rejected", () => {
  const dial = new Dial({}, { keys: {}, encryptionRequired: false });
  reach.assigning(dial);
  assert.deepEqual(dial.assigned(), [
    'chap Success id=1 "S=(40 characters) M=Access granted"',
    ...IPCP_STARTS,
  ]);
  assert.deepEqual(dial.receive(packet("ccp", 1, 1, [[18, "01000040"]])), [
    "lcp Protocol-Reject id=2 of CCP(80fd)",
  ]);
  comesUp(dial);
  assert.deepEqual(dial.receive(packet("ccp", 1, 1, [[18, "01000040"]])), [
    "arm echo 30000",
    "lcp Protocol-Reject id=3 of CCP(80fd)",
  ]);
});

test("in clear, whatever a client says in CCP is rejected", () => {
  const dial = new Dial({}, { keys: {}, encryptionRequired: false });
  reach.assigning(dial);
  dial.assigned();
  for (const [count, code] of [1, 5, 14].entries())
    assert.deepEqual(dial.receive(packet("ccp", code, 1)), [
      `lcp Protocol-Reject id=${count + 2} of CCP(80fd)`,
    ]);
});

test("a client that can encrypt does, and then nothing goes on in clear", () => {
  for (const stage of ["ipcp", "up"] as const) {
    const dial = new Dial({}, { encryptionRequired: false });
    reach[stage](dial);
    assert.ok(dial.lines.includes("reached ccp"));
    const lines = dial.receive(packet("lcp", 8, 5, fromHex("80fd")));
    assert.deepEqual(lines.slice(-2), terminateRequest(2, "128-bit MPPE encryption is required"));
  }
});
