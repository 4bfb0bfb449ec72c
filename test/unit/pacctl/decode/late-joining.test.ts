import assert from "node:assert/strict";
import { test } from "node:test";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { inner } from "../../../simulation/dials.ts";
import { type FilePacket, pcap } from "../../../support/capture/files.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { notify } from "./cases.ts";

const ALICE = { credentials: password("alice", "s3cret") };
const packet = inner("10.77.0.10", "203.0.113.5", 40);
const echo = controlFixture("echo-request").message;

const linkInfo = (serverId: number): ControlMessage => ({
  ...(controlFixture("set-link-info").message as Extract<ControlMessage, { type: "set-link-info" }>),
  peerCallId: toCallId(serverId),
});

const errors = (clientId: number): ControlMessage => ({
  ...(controlFixture("wan-error-notify").message as Extract<ControlMessage, { type: "wan-error-notify" }>),
  peerCallId: toPeerCallId(clientId),
});

const clear = (clientId: number): ControlMessage => ({
  type: "call-clear-request",
  callId: toPeerCallId(clientId),
});

const isGre = ({ octets }: FilePacket): boolean => octets[9] === 47;

/** What a capture has that began behind the first `count` packets; several as one, in the order of time. */
const from = (count: number, ...captures: readonly DialCapture[]): Uint8Array =>
  pcap(
    captures.flatMap(({ packets }) => packets.slice(count)).toSorted((a, b) => Number(a.time! - b.time!)),
    { linkType: 101, nanoseconds: true },
  );

/** TCP and the start: packets before the Outgoing-Call-Request. */
const BEFORE_CALL = new DialCapture().start().packets.length;

const data = (capture: DialCapture, times: number): DialCapture => {
  for (let i = 0; i < times; i += 1) capture.wait(1).data("client", packet).wait(1).data("server", packet);
  return capture;
};

const whole = () => data(new DialCapture().up(), 3);

/** The one call, with what must hold of every one that was put together. */
function one(file: Uint8Array) {
  const decoded = decodedFile(file, ALICE);
  assert.equal(decoded.calls.length, 1, "calls");
  const [call] = decoded.calls;
  assert.deepEqual(call!.callIds, { client: 100, server: 200 });
  assert.deepEqual([call!.client, call!.server], ["198.51.100.7", "192.0.2.1"]);
  assert.deepEqual(decoded.decoder.leftOver, { unexplained: 0, otherGre: 0 });
  const times = call!.rows.map(({ at }) => at);
  assert.ok(
    times.every((at, i) => at >= 0 && at >= (times[i - 1] ?? 0)),
    times.join(" "),
  );
  return call!;
}

test("a capture that begins between Outgoing-Call-Request and its reply", () => {
  const call = one(from(BEFORE_CALL + 1, whole()));
  assert.deepEqual([call.user, call.data.decrypted, call.verdict.code], ["alice", 6, "connected"]);
  assert.doesNotMatch(call.findings.join(), /taken from their addresses/);
});

test("a capture that begins behind the call's reply: a Set-Link-Info has the server's ID", () => {
  const call = one(from(BEFORE_CALL + 2, whole().say("client", linkInfo(200))));
  assert.deepEqual([call.user, call.data.decrypted, call.verdict.code], ["alice", 6, "connected"]);
  assert.doesNotMatch(call.findings.join(), /taken from their addresses/);
});

for (const [name, message, code] of [
  ["a Set-Link-Info", linkInfo(200), "connected"],
  ["a Call-Clear-Request", clear(100), "client-hung-up"],
  ["a Call-Clear-Request with the other side's ID", clear(200), "client-hung-up"],
] as const)
  test(`a tunnel whose control connection shows only with ${name}`, () => {
    const call = one(from(BEFORE_CALL + 2, whole().say("client", message)));
    assert.deepEqual([call.data.decrypted, call.verdict.code], [6, code]);
  });

for (const [name, message, code] of [
  ["a WAN-Error-Notify", errors(100), "connected"],
  ["a Call-Disconnect-Notify", notify(3), "hung-up-by-server"],
] as const)
  test(`a tunnel whose control connection shows only with ${name}`, () => {
    const call = one(from(BEFORE_CALL + 2, whole().say("server", message)));
    assert.deepEqual([call.data.decrypted, call.verdict.code], [6, code]);
  });

test("GRE alone for long, then an Echo-Request: the only call between the two, and that is said", () => {
  const capture = data(new DialCapture().up(), 50);
  const encrypted = capture.packets.filter(isGre).slice(-100);
  const late = new DialCapture();
  late.packets.push(...encrypted);
  late.at = 5000;
  const call = one(late.say("client", echo).file());
  assert.equal(call.data.encrypted, 100);
  assert.match(call.findings.join(), /That the GRE packets are of this control connection is taken from/);
});

test("the same where the server's packets come first", () => {
  const capture = data(new DialCapture().up(), 50);
  const late = new DialCapture();
  late.packets.push(...capture.packets.filter(isGre).slice(-99));
  late.at = 5000;
  const call = one(late.say("client", echo).file());
  assert.equal(call.data.encrypted, 99);
  assert.deepEqual(call.data.gre, { client: 49, server: 50 });
});

test("a connection that is over before its tunnel shows who is the server", () => {
  const capture = whole();
  const count = capture.packets.length - 4;
  capture.wait(5).fin("client").fin("server");
  const others = new DialCapture({ client: "198.51.100.8", random: 1 }).wait(60_000).up();
  const rest = [...capture.packets.slice(count), ...others.packets];
  const { calls } = decodedFile(pcap(rest, { linkType: 101, nanoseconds: true }));
  assert.deepEqual(
    calls.map(({ client, data: { gre }, callIds }) => [client, gre.client, gre.server, callIds.client]),
    [
      ["198.51.100.7", 2, 2, 100],
      ["198.51.100.8", 8, 9, 100],
    ],
  );
});

test("two connections without a message that are over before their tunnels are told apart", () => {
  const { first, second, begun } = behindOne();
  first.packets.splice(0, begun[0]);
  second.packets.splice(0, begun[1]);
  for (const capture of [first, second]) capture.wait(5).fin("client").fin("server");
  const others = new DialCapture({ client: "198.51.100.8", random: 1 }).wait(60_000).up();
  const calls = decodedFile(from(0, first, second, others)).calls.slice(0, -1);
  assert.deepEqual(
    calls.map(({ client, data: { gre }, callIds }) => [client, gre.client, gre.server, callIds.client]),
    [
      ["198.51.100.7", 5, 5, 100],
      ["198.51.100.7", 5, 5, 101],
    ],
  );
});

/** Two clients behind one address: the same address, other ports and IDs, their packets by turns. */
const behindOne = () => {
  const first = new DialCapture().up();
  const second = new DialCapture({ port: 40_001, clientId: 101, serverId: 201 }).wait(0.004).up();
  // Their counters have moved apart, as they do in sessions of their own.
  second.sequence.client = 9000;
  second.sequence.server = 7000;
  const begun = [first.packets.length, second.packets.length] as const;
  data(first, 5);
  data(second.wait(0.5), 5);
  return { first, second, begun };
};

/** What is in a capture that begins in the sessions of both. */
const late = ({ first, second, begun }: ReturnType<typeof behindOne>): Uint8Array => {
  first.packets.splice(0, begun[0]);
  second.packets.splice(0, begun[1]);
  return from(0, first, second);
};

const summary = (file: Uint8Array) =>
  decodedFile(file)
    .calls.toSorted((a, b) => (a.callIds.client ?? 0) - (b.callIds.client ?? 0))
    .map(({ callIds, data: { gre }, verdict }) => [
      callIds.client,
      callIds.server,
      gre.client,
      gre.server,
      verdict.code,
    ]);

test("two clients behind one address stay two: a Set-Link-Info each", () => {
  const both = behindOne();
  both.first.say("client", linkInfo(200));
  both.second.say("client", linkInfo(201));
  assert.deepEqual(summary(late(both)), [
    [100, 200, 5, 5, "joined-late"],
    [101, 201, 5, 5, "joined-late"],
  ]);
});

test("two clients behind one address, both control connections before their GRE, without an ID", () => {
  const both = behindOne();
  const [one, two] = both.begun;
  const early = (capture: DialCapture, count: number) => {
    const rest = capture.packets.splice(count);
    capture.say("client", echo);
    const last = capture.packets.pop()!;
    capture.packets.push({ ...last, time: rest[0]!.time! - 1000n }, ...rest);
  };
  early(both.first, one);
  early(both.second, two);
  both.first.say("client", clear(100));
  both.second.say("client", clear(101));
  assert.deepEqual(summary(late(both)), [
    [100, 200, 5, 5, "client-hung-up"],
    [101, 201, 5, 5, "client-hung-up"],
  ]);
});

test("two tunnels of which nothing says what belongs together: that is said", () => {
  const { calls } = decodedFile(late(behindOne()));
  assert.equal(calls.length, 2);
  for (const { findings } of calls)
    assert.match(findings.join(), /nothing shows which GRE packets of the client/);
  const { first } = behindOne();
  for (const { findings } of decodedFile(from(first.packets.length - 4, first)).calls)
    assert.doesNotMatch(findings.join(), /nothing shows which/);
});

test("two tunnels and one control connection that says which is its", () => {
  const both = behindOne();
  both.second.say("client", linkInfo(201)).say("client", clear(101));
  assert.deepEqual(summary(late(both)), [
    [100, 200, 5, 5, "joined-late"],
    [101, 201, 5, 5, "client-hung-up"],
  ]);
});

test("two log-ins in GRE, then the control connections: each gets its own", () => {
  const first = new DialCapture().up();
  const second = new DialCapture({ port: 40_001, clientId: 101, serverId: 201 }).wait(1000).up();
  first.at = 2000;
  second.at = 3000;
  first.say("client", clear(100));
  second.say("client", linkInfo(201));
  assert.deepEqual(summary(from(BEFORE_CALL + 2, first, second)), [
    [100, 200, 8, 9, "client-hung-up"],
    [101, 201, 8, 9, "connected"],
  ]);
});
