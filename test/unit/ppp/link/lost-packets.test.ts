import assert from "node:assert/strict";
import { test } from "node:test";
import { Dial, packet, reach } from "./dial.ts";

const SUCCESS = /^chap Success/;
const OUR_CCP = "ccp Configure-Request id=1 mppe=01000040(stateless,128)";
const theirCcp = packet("ccp", 1, 7, [[18, "01000040"]]);
const theirIpcp = packet("ipcp", 1, 8, [[3, "00000000"]]);

/** The client's CCP request has our Ack; its Ack to ours is missing. */
function ackMissing(): Dial {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(theirCcp);
  return dial;
}

const timesAsked = (dial: Dial) => dial.lines.filter((line) => line === OUR_CCP).length;

test("while a client says nothing after its log-in, the Success goes out with each CCP request", () => {
  const dial = new Dial();
  reach.ccp(dial);
  for (let turn = 0; turn < 3; turn += 1) {
    const [success, request] = dial.expire("ccp-restart");
    assert.match(success!, SUCCESS);
    assert.equal(request, OUR_CCP);
  }
});

for (const [what, frame] of [
  ["CCP", packet("ccp", 1, 7, [[18, "00000000"]])],
  ["IPCP", theirIpcp],
] as const)
  test(`a client that has spoken ${what} knows that it is in: no second Success`, () => {
    const dial = new Dial();
    reach.ccp(dial);
    dial.receive(frame);
    assert.ok(!dial.expire("ccp-restart").some((line) => SUCCESS.test(line)));
  });

test("in clear, where IPCP is the first word, the Success goes out again with it", () => {
  const dial = new Dial({}, { keys: {}, encryptionRequired: false });
  reach.ccp(dial); // without keys there is no CCP
  const again = dial.expire("ipcp-restart");
  assert.match(again[0]!, SUCCESS);
  dial.receive(theirIpcp);
  assert.ok(!dial.expire("ipcp-restart").some((line) => SUCCESS.test(line)));
});

test("pppd's Ack was lost: its IPCP request says that it is open, and our CCP request is never repeated", () => {
  const dial = ackMissing();
  dial.receive(theirIpcp);
  assert.deepEqual(dial.expire("ccp-restart"), ["arm ccp-restart 2500"]);
  const opened = dial.expire("ccp-restart");
  assert.ok(opened.includes("reached ccp"), opened.join());
  assert.ok(opened.includes("ipcp Configure-Nak id=8 address=10.77.0.10"), opened.join());
  assert.equal(timesAsked(dial), 1);
});

test("our CCP request was lost: the client repeats its own, and gets ours at once", () => {
  const dial = ackMissing();
  dial.expire("ccp-restart");
  const said = dial.receive(theirCcp);
  assert.deepEqual(
    said.filter((line) => line.startsWith("ccp")),
    [OUR_CCP, "ccp Configure-Ack id=7 mppe=01000040(stateless,128)"],
  );
});

test("neither comes: our CCP request goes out again", () => {
  const dial = ackMissing();
  dial.expire("ccp-restart");
  assert.ok(dial.expire("ccp-restart").includes(OUR_CCP));
});

test("a client that asked for its address beside CCP gets our CCP request again at once", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(theirIpcp);
  dial.receive(theirCcp);
  assert.ok(dial.expire("ccp-restart").includes(OUR_CCP));
});
