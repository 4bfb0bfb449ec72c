import assert from "node:assert/strict";
import { test } from "node:test";
import { inner } from "../../../simulation/dials.ts";
import { type FilePacket, pcap } from "../../../support/capture/files.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";

const ALICE = { credentials: password("alice", "s3cret") };
const packet = inner("10.77.0.10", "203.0.113.5", 40);
const isGre = ({ octets }: FilePacket): boolean => octets[9] === 47;

/** Captures as one file, in the order of their times. */
const file = (...captures: readonly (readonly FilePacket[])[]): Uint8Array =>
  pcap(
    captures.flat().toSorted((a, b) => Number(a.time! - b.time!)),
    { linkType: 101, nanoseconds: true },
  );

type Ends = ConstructorParameters<typeof DialCapture>[0];

/** A whole dial and its goodbye, seen where the ends have these names; a little later where it is further. */
const seen = (ends: Ends, later = 0): FilePacket[] =>
  new DialCapture(ends)
    .wait(later)
    .up()
    .data("client", packet)
    .data("server", packet)
    .control("client", "lcp", 5, 9)
    .control("server", "lcp", 6, 9).packets;

const INSIDE = { client: "192.168.1.5" };
const OUTSIDE = { client: "203.0.113.9", port: 61_000, clientId: 777 };

/** Both copies with what must hold of them. */
function both(...captures: readonly (readonly FilePacket[])[]) {
  const decoded = decodedFile(file(...captures), ALICE);
  assert.equal(decoded.calls.length, 2);
  const [one, other] = decoded.calls.toSorted((a, b) => a.number - b.number);
  assert.deepEqual([one!.sameAs, other!.sameAs, decoded.decoder.twice], [2, 1, 1]);
  return [one!, other!] as const;
}

test("a dial on both sides of the client's NAT is told as one that is seen twice", () => {
  const [inside, outside] = both(seen(INSIDE), seen(OUTSIDE, 0.2));
  for (const call of [inside, outside])
    assert.deepEqual([call.verdict.code, call.user, call.data.decrypted], ["client-hung-up", "alice", 2]);
  assert.deepEqual(inside.findings, [
    "This is the same dial as call 2, seen on the other side of a NAT: the client is 203.0.113.9 there and 192.168.1.5 here. They have the same TCP sequence numbers.",
  ]);
  assert.match(
    outside.findings.join(),
    /the same dial as call 1.*192\.168\.1\.5 there and 203\.0\.113\.9 here/,
  );
});

test("a server behind a NAT, and both behind one", () => {
  both(seen({ server: "198.51.100.1" }), seen({ server: "10.0.0.3" }, 0.2));
  both(seen({ ...INSIDE, server: "198.51.100.1" }), seen({ ...OUTSIDE, server: "10.0.0.3" }, 0.2));
});

test("GRE alone, without and with its log-in", () => {
  const [inside] = both(seen(INSIDE).filter(isGre), seen(OUTSIDE, 0.2).filter(isGre));
  assert.match(inside.findings.join(), /They have the same LCP magic number/);
  const late = (ends: Ends, later = 0) => seen(ends, later).filter(isGre).slice(-4);
  const [encrypted] = both(late(INSIDE), late(OUTSIDE, 0.2));
  assert.match(encrypted.findings.join(), /They have the same encrypted packets/);
});

test("GRE that the NAT swallows: each copy has its verdict, and where it is lost is said", () => {
  const request = (ends: Ends, later: number, gre: boolean) => {
    const capture = new DialCapture(ends).wait(later).start().call();
    if (gre)
      for (let id = 1; id <= 4; id += 1) capture.control("client", "lcp", 1, id, "0506 22222222").wait(3000);
    return capture.wait(9000).fin("client").packets;
  };
  const [inside, outside] = both(request(INSIDE, 0, true), request(OUTSIDE, 0.2, false));
  assert.deepEqual([inside.verdict.code, outside.verdict.code], ["gre-blocked", "gre-blocked"]);
  assert.match(
    inside.findings.join(),
    /GRE of the client is here and not in call 2: what stands between the two does not let it through to the server/,
  );
});

test("clients that dial at the same time are two: nothing random is the same", () => {
  for (const [one, other] of [
    ["198.51.100.7", "198.51.100.8"],
    ["192.168.1.5", "192.168.1.6"],
    ["192.168.1.5", "203.0.113.9"],
  ]) {
    const { calls, decoder } = decodedFile(
      file(seen({ client: one! }), seen({ client: other!, random: 1 }, 0.2)),
      ALICE,
    );
    assert.deepEqual([calls.map(({ sameAs }) => sameAs), decoder.twice], [[undefined, undefined], 0]);
  }
});

test("a dial of the same client an hour later is another", () => {
  const later = seen(OUTSIDE, 3_600_000);
  assert.equal(decodedFile(file(seen(INSIDE), later), ALICE).decoder.twice, 0);
});

/** Addresses of both copies, neither of which shows that it was translated. */
const UNTELLING: readonly (readonly [string, Ends, Ends])[] = [
  ["two public addresses of the client", { client: "198.51.100.7" }, { client: "203.0.113.9" }],
  ["two addresses of one network", { client: "192.168.1.5" }, { client: "192.168.1.254", port: 1025 }],
  ["a carrier's network and itself", { client: "100.64.3.5" }, { client: "100.64.3.99" }],
  ["a server whose port is forwarded", { server: "203.0.113.9" }, { server: "198.51.100.80" }],
  [
    "both translated, and the call IDs with them",
    { client: "198.51.100.7", server: "192.0.2.1" },
    { client: "203.0.113.9", server: "198.51.100.80", port: 1025, clientId: 9, serverId: 7 },
  ],
];

for (const [name, one, other] of UNTELLING)
  test(`one dial, whatever its addresses are: ${name}`, () => {
    both(seen(one), seen(other, 0.2));
    // GRE alone, then its beginning, one direction of that, and encrypted packets.
    both(seen(one).filter(isGre), seen(other, 0.2).filter(isGre));
    const lcp = (ends: Ends, later = 0) => seen(ends, later).filter(isGre).slice(0, 4);
    const [inside] = both(lcp(one), lcp(other, 0.2));
    assert.match(inside.findings.join(), /They have the same LCP magic number/);
    const oneWay = (ends: Ends, later = 0) => lcp(ends, later).filter((_, i) => i === 1 || i === 2);
    both(oneWay(one), oneWay(other, 0.2));
    const encrypted = (ends: Ends, later = 0) => seen(ends, later).filter(isGre).slice(-4);
    both(encrypted(one), encrypted(other, 0.2));
  });

test("the magic number of one side alone may be that of a make of device", () => {
  const asked = (client: string, later: number) =>
    new DialCapture({ client }).wait(later).start().call().control("client", "lcp", 1, 1, "0506 22222222");
  const packets = [asked("198.51.100.7", 0), asked("203.0.113.9", 0.2)].map(({ packets }) =>
    packets.filter(isGre),
  );
  assert.equal(decodedFile(file(...packets)).decoder.twice, 0);
});

test("a dial that is played again a minute later with another address is another", () => {
  const again = seen({ client: "203.0.113.9" }, 60_000);
  assert.equal(decodedFile(file(seen({ client: "198.51.100.7" }), again), ALICE).decoder.twice, 0);
});

test("a dial that is captured at three places is one, seen three times", () => {
  const places = [INSIDE, { client: "100.64.3.5" }, OUTSIDE];
  const { calls, decoder } = decodedFile(file(...places.map((ends, i) => seen(ends, i * 0.2))), ALICE);
  assert.deepEqual([calls.map(({ sameAs }) => sameAs), decoder.twice], [[2, 1, 1], 2]);
});

test("more calls than that which are the same come from a generator", () => {
  const clients = Array.from({ length: 20 }, (_, i) => ({ client: `198.51.${i}.7` }));
  const { calls, decoder } = decodedFile(file(...clients.map((ends, i) => seen(ends, i * 0.2))), ALICE);
  assert.deepEqual(
    [calls.length, decoder.twice, calls.every(({ sameAs }) => sameAs === undefined)],
    [20, 0, true],
  );
});
