import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkTimer } from "../../../../server/ppp/link/link-types.ts";
import { Dial, packet, reach } from "./dial.ts";

const REQUEST = {
  lcp: "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
  chap: 'chap Challenge id=1 value=(16 octets) name="pacd"',
  ccp: "ccp Configure-Request id=1 mppe=01000040(stateless,128)",
  ipcp: "ipcp Configure-Request id=1 address=10.77.0.1",
};

const dials: readonly (readonly [keyof typeof REQUEST, LinkTimer, (dial: Dial) => void])[] = [
  ["lcp", "lcp-restart", (dial) => void [dial.start(), dial.expire("first-frame")]],
  ["chap", "auth", reach.lcp],
  ["ccp", "ccp-restart", reach.ccp],
  ["ipcp", "ipcp-restart", reach.ipcp],
];

for (const [protocol, timer, begin] of dials)
  test(`a request in ${protocol} comes again after 1 s, 2 s and then every 3 s, with its identifier`, () => {
    const dial = new Dial();
    begin(dial);
    assert.ok(dial.lines.includes(REQUEST[protocol]));
    // Nothing came since the Success: it may be what was lost.
    const first = protocol === "ccp" ? [dial.lines.find((line) => line.startsWith("chap Success"))!] : [];
    assert.ok(dial.lines.includes(`arm ${timer} 1000`));
    for (const wait of [2000, 3000, 3000, 3000])
      assert.deepEqual(dial.expire(timer), [...first, REQUEST[protocol], `arm ${timer} ${wait}`]);
  });

test("a request that changes after a Nak waits from 1 s on again", () => {
  const dial = new Dial();
  dial.start();
  dial.expire("first-frame");
  dial.expire("lcp-restart");
  dial.expire("lcp-restart");
  assert.equal(dial.receive(packet("lcp", 3, 1, [[2, "000a0000"]])).at(-1), "arm lcp-restart 1000");
});

test("an answer to the first copy counts after the second went out", () => {
  const dial = new Dial();
  reach.ccp(dial);
  const { identifier, data } = dial.latest("ccp", 1);
  dial.expire("ccp-restart");
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  assert.ok(dial.receive(packet("ccp", 2, identifier, data)).includes("reached ccp"));
});

test("a Terminate-Request comes again after 1 s, once", () => {
  const dial = new Dial();
  reach.up(dial);
  assert.equal(dial.feed({ type: "close", text: "" }).at(-1), "arm terminate 1000");
  assert.equal(dial.expire("terminate").at(-1), "arm terminate 1000");
  assert.deepEqual(dial.expire("terminate"), ["ended closed"]);
});
