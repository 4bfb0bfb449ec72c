import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFrame } from "../../../../server/ppp/describe/describe-frame.ts";
import { fromHex } from "../../../support/bytes.ts";
import { Dial, packet, reach, response, terminateAck } from "./dial.ts";

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

for (const [wanted, asked] of [
  ["05dc", ["1400", "1500"]],
  ["0640", ["1400", "1500", "1500", undefined]],
  ["0040", ["1400", "1400", undefined]],
] as const)
  test(`a client that Naks each MRU but ${Number.parseInt(wanted, 16)} is asked for ${asked.map((mru) => mru ?? "none").join(", then ")}`, () => {
    const dial = begun();
    const said: (string | undefined)[] = [];
    for (let identifier = 1; identifier <= 9; identifier++) {
      const { text } = describeFrame(packet("lcp", 1, identifier, dial.latest("lcp", 1).data));
      const mru = /mru=(\d+)/.exec(text)?.[1];
      said.push(mru);
      if (mru === undefined || Number(mru) === Number.parseInt(wanted, 16)) break;
      dial.receive(packet("lcp", 3, identifier, [[1, wanted]]));
    }
    assert.deepEqual(said, asked);
    assert.ok(dial.acknowledge("lcp").length > 0);
    assert.equal(dial.has("lcp", 5), false);
  });

// RFC 1661 §5.8: what comes back is cut to the peer's MRU, code, identifier and Length included.
for (const [named, mru] of [
  ["no MRU", []],
  ["an MRU of 576", [[1, "0240"]]],
  ["an MRU of 128", [[1, "0080"]]],
  ["an MRU of 1600", [[1, "0640"]]],
] as const) {
  const limit = mru.length === 0 ? 1500 : Number.parseInt(mru[0][1], 16);
  const opened = () => {
    const dial = begun();
    dial.receive(packet("lcp", 1, 1, mru));
    dial.acknowledge("lcp");
    return dial;
  };
  for (const octets of [limit - 1, limit, limit + 1, 1900])
    test(`a client with ${named} gets its Echo-Request of ${octets} octets back in ${Math.min(octets, limit)}`, () => {
      const dial = opened();
      const data = Uint8Array.from({ length: octets - 4 }, (_, i) => i);
      dial.receive(packet("lcp", 9, 7, data));
      const { identifier, data: back } = dial.latest("lcp", 10);
      assert.equal(identifier, 7);
      assert.equal(back.length, Math.min(octets, limit) - 4);
      assert.deepEqual(back.subarray(0, 4), fromHex("aa471106"));
      assert.deepEqual(back.subarray(4), data.subarray(4, back.length));
    });

  test(`a client with ${named} gets no Code-Reject and no Protocol-Reject that is longer`, () => {
    const dial = opened();
    dial.receive(packet("lcp", 77, 7, new Uint8Array(1900)));
    dial.receive(packet("ipv6cp", 1, 7, new Uint8Array(1900)));
    assert.ok(dial.latest("lcp", 7).data.length + 4 <= limit);
    assert.equal(dial.latest("lcp", 8).data.length + 4, Math.min(limit, 1900 + 10));
  });
}

test("an Echo-Request before LCP is open gets nothing back", () => {
  const dial = begun();
  dial.receive(packet("lcp", 9, 7, new Uint8Array(1900)));
  assert.equal(dial.has("lcp", 10), false);
});

test("an MRU that is negotiated anew holds from then on", () => {
  const dial = begun();
  dial.receive(packet("lcp", 1, 1, [[1, "0240"]]));
  dial.acknowledge("lcp");
  dial.receive(packet("lcp", 1, 2, [[1, "0300"]]));
  dial.acknowledge("lcp");
  dial.receive(packet("lcp", 9, 7, new Uint8Array(1900)));
  assert.equal(dial.latest("lcp", 10).data.length + 4, 0x300);
});

test("more options than fit are rejected in parts, each of them whole", () => {
  const dial = begun();
  const many = Array.from({ length: 20 }, (_, i) => [100 + i, "5a".repeat(100)] as const);
  dial.receive(packet("lcp", 1, 1, many));
  const first = dial.latest("lcp", 4).data.length;
  assert.equal(first, 14 * 102); // the fifteenth would make 1534
  dial.receive(packet("lcp", 1, 2, many.slice(14)));
  assert.equal(dial.latest("lcp", 4).data.length, 6 * 102);
  assert.match(dial.receive(packet("lcp", 1, 3, [])).join(), /Configure-Ack id=3/);
});

test("above LCP the client's own MRU is the limit of a refusal", () => {
  const dial = begun();
  dial.receive(packet("lcp", 1, 1, [[1, "0080"]]));
  dial.acknowledge("lcp");
  dial.receive(response(1));
  dial.verified(dial.login);
  dial.assigned();
  dial.receive(
    packet(
      "ccp",
      1,
      1,
      Array.from({ length: 30 }, (_, i) => [50 + i, "5a".repeat(10)] as const),
    ),
  );
  assert.equal(dial.latest("ccp", 4).data.length, 10 * 12);
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
