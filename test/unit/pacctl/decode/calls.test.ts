import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeMessage } from "../../../../server/pptp/messages/codec.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { inner } from "../../../simulation/dials.ts";
import { ascii, bytes, fromHex } from "../../../support/bytes.ts";
import { pcap } from "../../../support/capture/files.ts";
import { decodedFile, lines, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const ALICE = { credentials: password("alice", "s3cret") };

/** Several captures as one, in the order of time. */
const merged = (...captures: readonly DialCapture[]): Uint8Array =>
  pcap(
    captures.flatMap(({ packets }) => packets).toSorted((a, b) => Number(a.time! - b.time!)),
    { linkType: 101, nanoseconds: true },
  );

test("two clients at the same time, with the same call IDs, are two calls", () => {
  const one = new DialCapture().up().data("client", packet);
  const two = new DialCapture({ client: "198.51.100.8" }).wait(0.003).up().data("client", packet);
  const { calls, decoder } = decodedFile(merged(one, two), ALICE);
  assert.deepEqual(
    calls.map(({ client, data }) => [client, data.encrypted, data.decrypted]),
    [
      ["198.51.100.7", 1, 1],
      ["198.51.100.8", 1, 1],
    ],
  );
  assert.deepEqual(decoder.leftOver, { unexplained: 0, otherGre: 0 });
});

test("two calls one after the other on one control connection", () => {
  const capture = new DialCapture().up();
  capture.say("server", {
    type: "call-disconnect-notify",
    callId: toCallId(200),
    result: 4,
    error: 0,
    cause: 0,
    callStatistics: "",
  });
  const request = controlFixture("outgoing-call-request").message as never as { callId: number };
  capture.say("client", { ...request, callId: 101 } as never);
  const reply = controlFixture("outgoing-call-reply").message as never as object;
  capture.say("server", { ...reply, callId: 201, peerCallId: 101, result: 1, error: 0 } as never);
  const { calls } = decodedFile(capture.file());
  assert.deepEqual(
    calls.map(({ callIds, verdict }) => [callIds.client, callIds.server, verdict.code]),
    [
      [100, 200, "hung-up-by-server"],
      [101, 201, "capture-ended"],
    ],
  );
});

test("GRE that overtakes the call reply belongs to the call", () => {
  const capture = new DialCapture().start();
  const call = new DialCapture().start().call();
  const [, , request, reply] = call.packets.slice(-2 - 2);
  capture.packets.push(request!);
  capture.at = 5;
  capture.control("client", "lcp", 1, 1, "01040578").control("server", "lcp", 1, 1, "0305c22381");
  capture.packets.push({ ...reply!, time: capture.packets.at(-1)!.time! + 1000n });
  const { calls } = decodedFile(capture.file());
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0]!.data.gre, { client: 1, server: 1 });
});

test("GRE alone: who sends the Challenge is the server, whoever spoke first", () => {
  const whole = new DialCapture().up().data("server", packet);
  const gre = new DialCapture();
  gre.packets.push(...whole.packets.filter(({ octets }) => octets[9] === 47));
  const { calls } = decodedFile(gre.file(), ALICE);
  assert.equal(calls.length, 1);
  const [call] = calls;
  assert.deepEqual([call!.client, call!.server], ["198.51.100.7", "192.0.2.1"]);
  assert.deepEqual([call!.data.decrypted, call!.address, call!.verdict.code], [1, "10.77.0.10", "connected"]);
});

test("GRE alone on the loopback: both ends have one address, the call IDs tell them apart", () => {
  const whole = new DialCapture({ client: "127.0.0.1", server: "127.0.0.1" }).up().data("client", packet);
  const gre = new DialCapture();
  gre.packets.push(...whole.packets.filter(({ octets }) => octets[9] === 47));
  const [call, ...others] = decodedFile(gre.file(), ALICE).calls;
  assert.equal(others.length, 0);
  assert.deepEqual([call!.callIds, call!.data.decrypted], [{ client: 100, server: 200 }, 1]);
});

test("a control connection that is joined in its midst has the tunnel beside it", () => {
  const capture = new DialCapture();
  capture.tcp.say("client", encodeMessage(controlFixture("echo-request").message));
  for (let i = 0; i < 4; i += 1)
    capture.ppp("client", fromHex("fd 9001 aabb")).ppp("server", fromHex("fd 9001 aabb"));
  const [call, ...others] = decodedFile(capture.file()).calls;
  assert.equal(others.length, 0);
  assert.deepEqual([call!.data.encrypted, call!.callIds], [8, { client: 100, server: 200 }]);
  assert.equal(call!.verdict.code, "joined-late");
});

test("one direction alone was captured: the call reply is missing, the tunnel is found", () => {
  const whole = new DialCapture().up();
  const half = new DialCapture();
  half.packets.push(...whole.packets.filter(({ octets }) => octets[12] === 198));
  const { calls } = decodedFile(half.file());
  assert.equal(calls.length, 1);
  assert.deepEqual([calls[0]!.callIds, calls[0]!.data.gre.server], [{ client: 100, server: 200 }, 0]);
});

test("a PPP frame that is sent again is marked, one that was captured twice is not told again", () => {
  const capture = new DialCapture().start().call();
  capture
    .control("server", "lcp", 1, 1, "0305c22381")
    .wait(3000)
    .control("server", "lcp", 1, 1, "0305c22381");
  const last = capture.packets.at(-1)!;
  capture.packets.push({ ...last, time: last.time! + 1000n });
  const decoded = decodedFile(capture.file());
  assert.deepEqual(
    lines(decoded).filter((line) => line.includes(" lcp ")),
    [
      "server lcp Configure-Request id=1 auth=ms-chap-v2",
      "server lcp [sent again] Configure-Request id=1 auth=ms-chap-v2",
    ],
  );
  assert.match(decoded.calls[0]!.findings.join(), /twice/);
});

test("of a damaged copy and a good one the good one counts; alone, the damaged one does", () => {
  const capture = new DialCapture().start().call();
  const good = "0305c22381";
  capture.ppp("server", fromHex("ff03 c021 0101 0009 0305c2230b"), { sequence: 0, checksum: 0x1111 });
  capture.control("server", "lcp", 1, 1, good);
  capture.ppp("server", fromHex("ff03 c021 0102 0009 0305c22381"), { sequence: 1, checksum: 0x1111 });
  assert.deepEqual(
    lines(decodedFile(capture.file())).filter((line) => line.includes(" lcp ")),
    [
      "server lcp Configure-Request id=1 auth=ms-chap-v2",
      "server lcp [checksum wrong] Configure-Request id=2 auth=ms-chap-v2",
    ],
  );
});

test("octets that are no message are shown, and what follows them is read", () => {
  const capture = new DialCapture().start();
  capture.tcp.say("client", concat(ascii("junk"), encodeMessage(controlFixture("echo-request").message)));
  capture.tcp.say("client", bytes`0010 0001 1b2b3c4d 0005 0000 00000001`);
  capture.call();
  const decoded = decodedFile(capture.file(), { fields: true });
  const faults = decoded.rows.filter(({ text }) => text.includes("no message"));
  assert.deepEqual(
    faults.map(({ text }) => text),
    [
      '4 octets that are no message (bad-length): 6a756e6b "junk"',
      '16 octets that are no message (bad-magic): 001000011b2b3c4d0005000000000001 "\\x00\\x10\\x00\\x01\\x1b+<M\\x00\\x05\\x00\\x00\\x00\\x00\\x00\\x01"',
    ],
  );
  assert.deepEqual(
    faults[1]!.fields!.find(({ name }) => name === "magic-cookie")!.text,
    "0x1b2b3c4d (WRONG: 0x1a2b3c4d is right)",
  );
  assert.deepEqual(decoded.calls[0]!.callIds, { client: 100, server: 200 });
});

test("users' packets between two messages are one row each way; with `packets` each has its own", () => {
  const capture = new DialCapture().up();
  for (let i = 0; i < 10; i += 1) capture.data("client", packet).data("server", packet);
  capture.control("client", "lcp", 9, 3, "22222222");
  const short = lines(decodedFile(capture.file(), ALICE)).slice(-3);
  assert.match(short[0]!, /^client mppe 10 encrypted packets, 650 octets within 0\.2 ms, 10 decrypted$/);
  assert.match(short[1]!, /^server mppe 10 encrypted packets/);
  const long = lines(decodedFile(capture.file(), { ...ALICE, packets: true }));
  assert.equal(long.filter((line) => line.includes("mppe count")).length, 20);
  assert.equal(
    long.filter((line) => /decrypted: IPv4 10\.77\.0\.10 → 203\.0\.113\.5 UDP/.test(line)).length,
    20,
  );
});

test("a file in chunks of any size gives the same rows", () => {
  const file = new DialCapture().up().data("client", packet).file();
  const whole = decodedFile(file, ALICE, file.length);
  for (const chunk of [1, 7, 100]) {
    const parts = decodedFile(file, ALICE, chunk);
    assert.deepEqual(parts.rows, whole.rows);
    assert.deepEqual(parts.calls, whole.calls);
  }
});

test("a call that is over is told before the capture ends, and one that is silent for long as well", () => {
  const over = new DialCapture().up().fin("client").fin("server");
  const silent = new DialCapture({ client: "198.51.100.8" }).up();
  const later = new DialCapture({ client: "198.51.100.9" }).wait(700_000).up();
  const { calls } = decodedFile(merged(over, silent, later));
  assert.deepEqual(
    calls.map(({ number, verdict }) => [number, verdict.code]),
    [
      [1, "control-lost"],
      [2, "link-lost"],
      [3, "connected"],
    ],
  );
});

test("other tunnels in GRE are counted, and are no calls", () => {
  const capture = new DialCapture().up();
  for (let i = 0; i < 100; i += 1)
    capture.raw("client", bytes`0000 2001 45000014`).raw("client", bytes`3081 88`);
  const { calls, decoder } = decodedFile(capture.file());
  assert.equal(calls.length, 1);
  assert.deepEqual(decoder.leftOver, { unexplained: 0, otherGre: 200 });
});

test("GRE of nobody, with another call ID each time: told of what is left, counted beyond", () => {
  const capture = new DialCapture();
  for (let id = 0; id < 1000; id += 1)
    capture.raw(
      "client",
      concat(bytes`3001 880b 0003`, Uint8Array.of(id >> 8, id & 255), bytes`00000000 fd 9000`),
    );
  const { calls, decoder } = decodedFile(capture.file());
  assert.equal(calls.length + decoder.leftOver.unexplained, 1000);
  assert.ok(calls.length <= 256);
  assert.match(calls[0]!.findings.join(), /a guess/);
});

test("thousands of calls at once: the oldest silent ones make room, and each is told once", () => {
  const capture = new DialCapture();
  for (let i = 0; i < 5000; i += 1) {
    const one = new DialCapture({ client: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` });
    one.tcp.syn("client");
    capture.add(one.packets[0]!.octets);
  }
  const { calls } = decodedFile(capture.file(), {}, 100_000);
  assert.equal(calls.length, 5000);
  assert.equal(new Set(calls.map(({ number }) => number)).size, 5000);
  assert.equal(calls.filter(({ findings }) => findings.length > 0).length, 5000 - 4096);
});

test("of a long call the first and the last rows are kept, with a word between", () => {
  const capture = new DialCapture().up();
  for (let id = 0; id < 500; id += 1) capture.control("client", "lcp", 11, id & 255, "22222222");
  const [call] = decodedFile(capture.file()).calls;
  assert.equal(call!.rows.length, 96 + 1 + 32);
  assert.match(call!.rows[96]!.text, /^\d+ rows are left out here; --fields without --html shows all$/);
});
