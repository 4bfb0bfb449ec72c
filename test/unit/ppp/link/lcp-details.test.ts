import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex } from "../../../support/bytes.ts";
import { Dial, goodbye, packet, reach, terminateAck } from "./dial.ts";

/** LCP begun, our request out. */
const begun = (): Dial => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 0, [[5, "0c6f3548"]]));
  return dial;
};

const ours = (dial: Dial): string => dial.lines.findLast((line) => line.includes("Configure-Request"))!;

for (const [code, data, left] of [
  [1, "0578", "accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc"],
  [2, "00000000", "mru=1400 auth=ms-chap-v2 magic=aa471106 pfc acfc"],
  [5, "aa471106", "mru=1400 accm=00000000 auth=ms-chap-v2 pfc acfc"],
  [7, "", "mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 acfc"],
  [8, "", "mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc"],
] as const)
  test(`option ${code} that the client rejects is asked for no more, in this negotiation and the next`, () => {
    const dial = begun();
    dial.receive(packet("lcp", 4, 1, [[code, data]]));
    assert.equal(ours(dial), `lcp Configure-Request id=2 ${left}`);
    dial.acknowledge("lcp");
    dial.receive(packet("lcp", 1, 5, [[5, "77777777"]]));
    assert.equal(ours(dial), `lcp Configure-Request id=3 ${left}`);
  });

test("an Echo-Reply has our Magic-Number, whatever the request has", () => {
  const dial = begun();
  dial.acknowledge("lcp");
  assert.deepEqual(dial.receive(packet("lcp", 9, 4, fromHex("0c6f3548 0102"))), [
    "lcp Echo-Reply id=4 magic=aa471106",
  ]);
  assert.deepEqual(dial.latest("lcp", 10).data, fromHex("aa471106 0102"));
});

test("without an agreed Magic-Number of ours, Echo-Reply and Echo-Request have zero", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1, [[5, "0c6f3548"]]));
  dial.receive(packet("lcp", 4, 1, [[5, "aa471106"]]));
  reach.up(dial); // its first steps are copies of what was said, and move nothing
  dial.receive(packet("lcp", 9, 4, fromHex("0c6f3548")));
  assert.deepEqual(dial.latest("lcp", 10).data, fromHex("00000000"));
  dial.expire("echo");
  assert.deepEqual(dial.latest("lcp", 9).data, fromHex("00000000"));
});

test("a Nak of our Magic-Number changes it, and the Echo-Reply with it", () => {
  const dial = begun();
  dial.receive(packet("lcp", 3, 1, [[5, "01020304"]]));
  dial.acknowledge("lcp");
  dial.receive(packet("lcp", 9, 4, fromHex("0c6f3548")));
  const { data } = dial.latest("lcp", 10);
  assert.notDeepEqual(data, fromHex("aa471106"));
  assert.notDeepEqual(data, fromHex("01020304"));
  assert.deepEqual(data, dial.latest("lcp", 1).data.slice(17, 21));
});

test("one request with our Magic-Number is no loop yet", () => {
  const dial = new Dial();
  dial.start();
  assert.equal(
    dial.receive(packet("lcp", 1, 1, [[5, "aa471106"]])).at(-1),
    "lcp Configure-Nak id=1 magic=487e8abf",
  );
  assert.equal(
    dial.receive(packet("lcp", 1, 2, [[5, "487e8abf"]])).at(-1),
    "lcp Configure-Ack id=2 magic=487e8abf",
  );
});

test("six of them are", () => {
  const dial = new Dial();
  dial.start();
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.match(dial.receive(packet("lcp", 1, identifier, [[5, "aa471106"]])).at(-1)!, /Configure-Nak/);
  dial.receive(packet("lcp", 1, 6, [[5, "aa471106"]]));
  assert.equal(terminateAck(dial).at(-1), "ended loop");
});

test("a client that Naks an MRU that we cannot take is asked five times more, and no longer", () => {
  const dial = begun();
  for (let identifier = 1; identifier <= 5; identifier++) {
    dial.receive(packet("lcp", 3, identifier, [[1, "05dc"]]));
    assert.equal(dial.latest("lcp", 1).identifier, identifier + 1);
  }
  assert.deepEqual(dial.receive(packet("lcp", 3, 6, [[1, "05dc"]])), [
    "disarm lcp-restart",
    ...goodbye(7, "no agreement on the link's options"),
  ]);
  assert.equal(terminateAck(dial).at(-1), "ended lcp-not-agreed mru");
});

test("a client that Naks another value each time comes to an end, too", () => {
  const dial = begun();
  for (let identifier = 1; identifier <= 40 && !dial.has("lcp", 5); identifier++)
    dial.receive(
      packet("lcp", 3, identifier, [[5, (identifier * 0x01010101).toString(16).padStart(8, "0")]]),
    );
  assert.equal(terminateAck(dial).at(-1), "ended lcp-not-agreed any");
});

test("a client that insists on too small an MRU: five Naks, then Rejects, then the end", () => {
  const dial = new Dial();
  dial.start();
  const said: string[] = [];
  for (let identifier = 1; identifier <= 40 && !dial.has("lcp", 5); identifier++)
    said.push(dial.receive(packet("lcp", 1, identifier, [[1, "0040"]])).at(-1)!);
  assert.deepEqual(said.slice(0, 6), [
    ...[1, 2, 3, 4, 5].map((identifier) => `lcp Configure-Nak id=${identifier} mru=1500`),
    "lcp Configure-Reject id=6 mru=64",
  ]);
  assert.equal(terminateAck(dial).at(-1), "ended lcp-not-agreed any");
});
