import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { toPeerCallId } from "../../../../server/wire/call-id.ts";
import { inner } from "../../../simulation/dials.ts";
import {
  enhancedPacket,
  type FilePacket,
  interfaceDescription,
  pcap,
  START,
  sectionHeader,
} from "../../../support/capture/files.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

const ALICE = { credentials: password("alice", "s3cret") };
const packet = inner("10.77.0.10", "203.0.113.5", 40);
const SECOND = 1_000_000_000n;

const file = (packets: readonly FilePacket[]): Uint8Array =>
  pcap(packets, { linkType: 101, nanoseconds: true });

/** A dial that takes some seconds, its user's packets, and the client's goodbye. */
function whole(): FilePacket[] {
  const capture = new DialCapture();
  capture.start().wait(900).call().wait(200).lcp().wait(700).logIn().accept().wait(300).ccp().ipcp();
  for (let i = 0; i < 6; i += 1) capture.wait(100).data("client", packet).wait(20).data("server", packet);
  return capture.control("client", "lcp", 5, 9).control("server", "lcp", 6, 9).packets;
}

const moved = (packets: readonly FilePacket[], by: bigint): FilePacket[] =>
  packets.map((one) => ({ ...one, time: one.time! + by }));

const isOfClient = ({ octets }: FilePacket): boolean => octets[12] === 198;

/** What must hold of the one dial, in whatever order its packets stand in the file. */
function good(packets: readonly FilePacket[]) {
  const decoded = decodedFile(file(packets), ALICE);
  assert.equal(decoded.calls.length, 1, "calls");
  const [call] = decoded.calls;
  assert.equal(call!.verdict.code, "client-hung-up", call!.verdict.evidence);
  assert.deepEqual([call!.user, call!.address, call!.data.decrypted], ["alice", "10.77.0.10", 12]);
  const times = call!.rows.map(({ at }) => at);
  assert.ok(
    times.every((at, i) => at >= 0 && at >= (times[i - 1] ?? 0)),
    times.join(" "),
  );
  assert.doesNotMatch([call!.verdict.evidence, ...call!.findings].join(" "), /-\d/);
  assert.ok(call!.stages.every(({ done, took }) => done && took >= 0));
  return { call: call!, order: decoded.decoder.reader.summary().order };
}

test("a file in order has nothing to be said of", () => {
  const { call, order } = good(whole());
  assert.deepEqual(call.findings, []);
  assert.deepEqual(order, {
    backwards: 0,
    first: 0,
    most: 0,
    sorted: 0,
    kept: false,
    clocks: 0,
    timeless: false,
  });
});

test("a clock that is set back by half a second in mid-dial: times are counted on, and that is said", () => {
  const packets = whole();
  const { call, order } = good([...packets.slice(0, 20), ...moved(packets.slice(20), -SECOND / 2n)]);
  assert.deepEqual([order.backwards, order.first, order.sorted], [1, 21, 0]);
  assert.match(
    call.findings.join(),
    /^The times in the capture run backwards once during this call, before packet 21 by (499|500) ms\. A clock was set/,
  );
});

test("a clock that is set back by an hour, and again", () => {
  const packets = whole();
  const { call } = good([
    ...packets.slice(0, 8),
    ...moved(packets.slice(8, 22), -3600n * SECOND),
    ...moved(packets.slice(22), -3605n * SECOND),
  ]);
  assert.match(
    call.findings.join(),
    /backwards 2 times during this call, first before packet 9 by 1 h 0 min, at most/,
  );
});

test("a clock that is set forward in mid-dial, from 1970: one call all the same", () => {
  const packets = whole();
  good([...moved(packets.slice(0, 20), 10n * SECOND - START), ...packets.slice(20)]);
});

test("neighbours that changed places are put in order", () => {
  const packets = whole();
  const swapped = packets.map(
    (_, i) => packets[i % 2 === 0 && i + 1 < packets.length ? i + 1 : i - (i % 2)]!,
  );
  const { call, order } = good(swapped);
  assert.equal(order.sorted, Math.floor(packets.length / 2));
  assert.match(call.findings.join(), /packets of this call stand in the file behind later ones.*reordercap/);
});

test("a file that stands on its head is put in order", () => {
  good(whole().toReversed());
});

for (const [name, order] of [
  ["the client's, then the server's", (one: FilePacket) => (isOfClient(one) ? 0 : 1)],
  ["the server's, then the client's", (one: FilePacket) => (isOfClient(one) ? 1 : 0)],
  ["GRE, then the control connection", (one: FilePacket) => (one.octets[9] === 47 ? 0 : 1)],
] as const)
  test(`two captures one behind the other, ${name}: put in order`, () => {
    const packets = whole();
    const { order: said } = good(packets.toSorted((a, b) => order(a) - order(b)));
    assert.ok(said.sorted > 0);
  });

test("the same capture twice, one behind the other: copies are left out", () => {
  const packets = whole();
  const { call } = good([...packets, ...packets]);
  assert.match(call.findings.join(), /twice/);
});

test("two dials one behind the other in the wrong order are two dials", () => {
  const first = whole();
  const second = new DialCapture({ client: "198.51.100.8" }).up().packets;
  const { calls } = decodedFile(file([...first, ...moved(second, -3600n * SECOND)]), ALICE);
  assert.deepEqual(calls.map(({ verdict }) => verdict.code).toSorted(), ["client-hung-up", "link-lost"]);
});

test("packets without times, all at 0: the dial is told, and that durations are not known", () => {
  const { call, order } = good(whole().map((one) => ({ ...one, time: 0n })));
  assert.ok(call.stages.every(({ took }) => took === 0));
  assert.equal(order.timeless, true);
});

test("GRE that overtakes GRE, though times run forward: sequence numbers say so", () => {
  const packets = whole();
  const at = packets.findIndex(({ octets }) => octets[9] === 47);
  const times = packets.map(({ time }) => time!);
  const swapped = packets.map((one) => one.octets);
  // The server's first Configure-Request behind the client's acknowledgement of it.
  [swapped[at], swapped[at + 1]] = [swapped[at + 1]!, swapped[at]!];
  good(swapped.map((octets, i) => ({ octets, time: times[i]! })));
});

test("in a pipe nothing is put in order, and what to do is said", () => {
  const packets = whole();
  const { decoder, calls } = decodedFile(file(packets.toReversed()), ALICE, 1500, { live: true });
  assert.ok(calls.every(({ rows }) => rows.every(({ at }) => at >= 0)));
  assert.match(calls[0]!.findings.join(), /reordercap writes a file in order/);
  assert.equal(decoder.reader.summary().order.backwards, packets.length - 1);
});

/** Both as mergecap writes them: an interface each, in the order of their own times. */
const twoHosts = (here: readonly FilePacket[], there: readonly FilePacket[]): Uint8Array =>
  concat(
    sectionHeader("little"),
    interfaceDescription("little", { linkType: 101, resolution: 9 }),
    interfaceDescription("little", { linkType: 101, resolution: 9 }),
    ...[
      ...here.map((one) => ({ ...one, interfaceId: 0 })),
      ...there.map((one) => ({ ...one, interfaceId: 1 })),
    ]
      .toSorted((a, b) => Number(a.time! - b.time!))
      .map((one) => enhancedPacket("little", one.time!, one)),
  );

for (const by of [-3600n * SECOND, -SECOND, 2n * SECOND, 3600n * SECOND])
  test(`captures of both ends whose clocks differ by ${by / SECOND} s are one call, each packet once`, () => {
    const packets = whole();
    const { calls, decoder } = decodedFile(twoHosts(packets, moved(packets, by)), ALICE);
    assert.equal(calls.length, 1);
    assert.deepEqual([calls[0]!.verdict.code, calls[0]!.data.decrypted], ["client-hung-up", 12]);
    assert.ok(calls[0]!.rows.every(({ mark }) => mark === undefined));
    const { clocks } = decoder.reader.summary().order;
    assert.equal(BigInt(Math.round(clocks)), by < 0n ? -by : by);
  });

test("the same as one interface, as mergecap writes two captures of a kind", () => {
  const packets = whole();
  const both = [...packets, ...moved(packets, 2n * SECOND)].toSorted((a, b) => Number(a.time! - b.time!));
  const { call, order } = good(both);
  assert.equal(order.clocks, 2e9);
  assert.match(call.findings.join(), /two hosts whose clocks differ by 2\.0 s/);
  assert.ok(call.rows.every(({ mark }) => mark === undefined));
});

test("a goodbye that was captured before the request of its call, which came again later", () => {
  const capture = new DialCapture().up();
  capture.say("client", { type: "call-clear-request", callId: toPeerCallId(100) }).wait(1000);
  const request = controlFixture("outgoing-call-request").message as { callId: number };
  capture.say("client", { ...request, callId: 101 } as never);
  capture.say("client", { type: "call-clear-request", callId: toPeerCallId(101) });
  const [asked, cleared] = capture.packets.splice(-2);
  capture.packets.push(cleared!, { ...asked!, time: cleared!.time! + 9n * SECOND });
  const { calls } = decodedFile(file(capture.packets));
  assert.equal(calls.length, 2);
  for (const { rows, verdict } of calls) {
    assert.ok(rows.every(({ at }) => at >= 0));
    assert.doesNotMatch(verdict.evidence, /-\d/);
  }
});
