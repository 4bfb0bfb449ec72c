import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { inner } from "../../../simulation/dials.ts";
import { fromHex } from "../../../support/bytes.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";

const ALICE = { credentials: password("alice", "s3cret") };

const packet = (size: number): Uint8Array => inner("10.77.0.10", "203.0.113.5", size);

/** Octets at random, the same in each run: xorshift32 (Marsaglia). */
function randomOctets(seed: number): (count: number) => Uint8Array {
  let state = seed;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 255;
    });
}

/** So many packets that look like MPPE's, with nothing but random octets inside. */
function withNoise(capture: DialCapture, count: number, bits = 0x90): DialCapture {
  const random = randomOctets(0x9e3779b9);
  for (let i = 0; i < count; i += 1) {
    const frame = concat(fromHex("fd 0000"), random(40 + ((i * 37) % 1360)));
    frame[1] = bits | ((i >>> 8) & 15);
    frame[2] = i & 255;
    capture.ppp("client", frame);
  }
  return capture;
}

for (const [what, stateless, bits] of [
  ["stateless", true, 0x90],
  ["stateful", false, 0x10],
  ["stateful, each packet flushed", false, 0x90],
] as const)
  test(`${what}: of 20,000 packets of random octets none counts as decrypted`, () => {
    const capture = withNoise(new DialCapture().up({ stateless }), 20_000, bits);
    const { calls, inner: packets } = decodedFile(capture.file(), ALICE);
    const { data, findings } = calls[0]!;
    assert.deepEqual([data.encrypted, data.decrypted, packets.length], [20_000, 0, 0]);
    assert.equal(
      Object.values(data.undecrypted).reduce((a, b) => a + b),
      20_000,
    );
    assert.match(
      findings.join("\n"),
      /^Keys differ from here on: frame 25 of the client, .*nor could any before it/m,
    );
  });

for (const stateless of [true, false])
  test(`${stateless ? "stateless" : "stateful"}: noise between packets, their counts included, harms none of them`, () => {
    for (const every of [1, 3, 50]) {
      const random = randomOctets(every);
      const capture = new DialCapture().up({ stateless });
      for (let i = 0; i < 1000; i += 1) {
        if (i % every === 0) capture.ppp("client", concat(fromHex("fd"), random(42 + (i % 500))));
        capture.data("client", packet(i % 500));
      }
      const { calls, inner: packets } = decodedFile(capture.file(), ALICE);
      assert.equal(calls[0]!.data.decrypted, 1000, JSON.stringify(calls[0]!.data));
      assert.ok(packets.every(({ octets }, i) => octets.length === packet(i % 500).length));
      assert.doesNotMatch(calls[0]!.findings.join(), /Keys/);
    }
  });

test("a count that begins anew without CCP in the capture: other keys", () => {
  const capture = new DialCapture().up();
  for (let i = 0; i < 20; i += 1) capture.data("client", packet(i));
  const again = new DialCapture().start().call().lcp().logIn("ALICE").accept().ccp();
  for (let i = 0; i < 20; i += 1) capture.ppp("client", again.sealed("client", packet(i)));
  const { data, findings } = decodedFile(capture.file(), ALICE).calls[0]!;
  assert.deepEqual([data.decrypted, data.undecrypted], [20, { astray: 20 }]);
  assert.match(findings[0]!, /^Keys differ from here on: .*; 20 before it could be\./);
});

test("keys that change in mid-session: from which packet on is said, and why it was not a loss", () => {
  const capture = new DialCapture().up();
  for (let i = 0; i < 17; i += 1) capture.data("client", packet(i)).data("server", packet(i));
  const other = new DialCapture().start().call().lcp().logIn("alice", "other").accept().ccp();
  const from = capture.packets.length + 1;
  for (let i = 0; i < 17; i += 1) other.sealed("client", packet(i));
  for (let i = 0; i < 5; i += 1)
    capture.ppp("client", other.sealed("client", packet(i))).data("server", packet(i));
  const decoded = decodedFile(capture.file(), ALICE);
  const { data, findings } = decoded.calls[0]!;
  assert.deepEqual([data.decrypted, data.undecrypted], [17 + 22, { senseless: 5 }]);
  const says = `Keys differ from here on: frame ${from} of the client, 0.6 ms after the call began, and those that follow it cannot be opened with the keys that the log-in gives; 17 before it could be. No packet is missing before it, and CCP was not negotiated anew.`;
  assert.equal(findings[0], says);
  assert.equal(decoded.rows.find(({ text }) => text === says)?.layer, "mppe");
  assert.match(findings[1]!, /^5 encrypted packets stayed encrypted: .*; the first is frame \d+\.$/);
});

test("keys that differ for a while, and after a loss or CCP anew: each is told apart", () => {
  const found = (change: (capture: DialCapture) => void) => {
    const capture = new DialCapture().up();
    for (let i = 0; i < 3; i += 1) capture.data("client", packet(i));
    change(capture);
    for (let i = 3; i < 6; i += 1) {
      const frame = capture.sealed("client", packet(i));
      for (let at = 3; at < frame.length; at += 1) frame[at]! ^= 0x55;
      capture.ppp("client", frame);
    }
    return capture;
  };
  const findings = (capture: DialCapture) => decodedFile(capture.file(), ALICE).calls[0]!.findings.join("\n");
  assert.match(
    findings(found(() => {}).data("client", packet(9))),
    /^Keys differed for a while: 3 packets of the client, from frame \d+, .* to frame \d+,/m,
  );
  const lost = found((capture) => {
    for (let i = 0; i < 4; i += 1) capture.sealed("client", packet(i));
    capture.sequence.client += 4;
  });
  assert.match(findings(lost), /Keys differ from here on: .*Before it, 4 packets are missing or closed\./);
  const anew = found((capture) => {
    const option = "1206 01000040";
    capture.control("client", "ccp", 1, 9, option).control("server", "ccp", 2, 9, option);
  });
  assert.match(findings(anew), /Keys differ from here on: .*CCP was negotiated anew before it\./);
});

test("stateful: a damaged packet costs itself alone, and other keys are told after the second one", () => {
  const damaged = (...which: readonly number[]) => {
    const capture = new DialCapture().up({ stateless: false });
    for (let i = 0; i < 9; i += 1) {
      const frame = capture.sealed("client", packet(i));
      if (which.includes(i)) frame[12]! ^= 0xff;
      capture.ppp("client", frame);
    }
    const { data, findings } = decodedFile(capture.file(), ALICE).calls[0]!;
    return { undecrypted: data.undecrypted, said: findings.join("\n") };
  };
  assert.deepEqual(damaged(4).undecrypted, { senseless: 1 });
  assert.doesNotMatch(damaged(4).said, /Keys/);
  assert.deepEqual(damaged(4, 5).undecrypted, { senseless: 2, "out-of-step": 3 });
  assert.match(damaged(4, 5).said, /Keys differ from here on: .*; 4 before it could be\./);
});

test("a capture that keeps too little of each packet: what was decrypted cannot be told, and that is said", () => {
  const capture = new DialCapture().up();
  const before = capture.packets.length;
  for (let i = 0; i < 5; i += 1) capture.data("client", packet(500));
  for (const [i, { octets, time }] of capture.packets.entries())
    if (i >= before)
      capture.packets[i] = { octets: octets.subarray(0, 54), original: octets.length, time: time! };
  const { calls, inner: packets } = decodedFile(capture.file(), ALICE);
  assert.deepEqual([calls[0]!.data.decrypted, calls[0]!.data.undecrypted], [0, { cut: 5 }]);
  assert.equal(packets.length, 0);
  assert.match(calls[0]!.findings.join(), /tcpdump -s 0 keeps all/);
});

test("TCP with its header compressed is believed where IPCP agreed on it, and the packet before it held", () => {
  const vj = (agreed: boolean, ...order: readonly ("ip" | "vj")[]) => {
    const capture = new DialCapture().start().call().lcp().logIn().accept().ccp();
    const option = "0206 002d 0f01";
    if (agreed) capture.control("client", "ipcp", 1, 1, option).control("server", "ipcp", 2, 1, option);
    else capture.ipcp();
    for (const kind of order)
      if (kind === "ip") capture.data("client", packet(7));
      else {
        const frame = concat(fromHex("fd 0000 002d 0f00 1234"), new Uint8Array(30));
        capture.encryptors.client!.seal(frame, 1, frame.length);
        capture.ppp("client", frame);
      }
    return decodedFile(capture.file(), ALICE).calls[0]!.data.decrypted;
  };
  assert.deepEqual([vj(true, "ip", "vj", "vj"), vj(true, "vj"), vj(false, "ip", "vj")], [3, 0, 1]);
});

test("what is in clear and holds together is written, and nothing else", () => {
  const capture = new DialCapture().start().call().lcp().logIn().accept().ipcp();
  capture
    .ppp("client", concat(fromHex("0021"), packet(5)))
    .ppp("client", concat(fromHex("0021"), fromHex("4500beef")));
  const { calls, inner: packets } = decodedFile(capture.file());
  assert.deepEqual([calls[0]!.data.clear, packets.length], [2, 1]);
});
