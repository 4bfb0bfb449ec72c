import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inner } from "../../../simulation/dials.ts";
import { fromHex } from "../../../support/bytes.ts";
import type { FilePacket } from "../../../support/capture/files.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import type { DialCapture, From } from "../../../support/decode/dial-capture.ts";
import { type Packets, packetsOf, snapped } from "../../../support/decode/snap.ts";
import { CLEAR, dial, notify } from "./cases.ts";

const WHOLE = 262_144;
const GRE = 47;
const TCP = 6;

/** Of a capture of raw IPv4: the packets of one protocol that one side sent are not in it. */
const without = (capture: DialCapture, side: From, protocols = [GRE, TCP]): Packets => {
  const last = side === "client" ? 198 : 192;
  const packets = capture.packets.filter(
    ({ octets }) => octets[12] !== last || !protocols.includes(octets[9]!),
  );
  return { linkType: 101, packets };
};

const judged = (packets: Packets) => {
  const { calls } = decodedFile(snapped(packets, WHOLE));
  assert.equal(calls.length, 1);
  return calls[0]!;
};

const acknowledging = (capture: DialCapture): DialCapture => {
  const ack = (from: From, number: number) =>
    capture.raw(
      from,
      fromHex(
        `2081 880b 0000 ${from === "client" ? "00c8" : "0064"} ${number.toString(16).padStart(8, "0")}`,
      ),
    );
  for (const number of [1, 2, 3]) {
    ack("client", number);
    ack("server", number);
  }
  return capture;
};

const other = (side: From): From => (side === "client" ? "server" : "client");

for (const side of ["client", "server"] as const) {
  const lone = `Only the ${other(side)}'s direction of GRE is in this file`;

  test(`GRE of the ${side} was not captured, and what the other answers shows that it passed`, () => {
    const { verdict, findings } = judged(without(dial().up().wait(9000).say("client", CLEAR), side, [GRE]));
    assert.notEqual(verdict.code, "gre-blocked");
    assert.ok(["gre-not-captured", "client-hung-up"].includes(verdict.code), verdict.code);
    assert.ok(
      findings.some((text) => text.startsWith(lone)),
      findings.join(),
    );
  });

  test(`GRE of the ${side} was not captured, and the other acknowledges it`, () => {
    const capture = acknowledging(
      dial()
        .start()
        .call()
        .control("server", "lcp", 1, 1, "0305c22381")
        .control("client", "lcp", 1, 1, "01040578"),
    );
    const { verdict } = judged(without(capture.wait(9000).say("client", CLEAR), side, [GRE]));
    assert.deepEqual([verdict.source, verdict.code], ["capture", "gre-not-captured"]);
    assert.ok(
      verdict.evidence.startsWith(`${lone}: the ${other(side)} acknowledges 3 GRE packets of the ${side}`),
      verdict.evidence,
    );
  });

  test(`a session whose GRE of the ${side} was not captured goes on, and ends as it does`, () => {
    const packet = inner("10.77.0.10", "203.0.113.5", 40);
    const up = () => dial().up().data("client", packet).data("server", packet);
    assert.equal(judged(without(up(), side, [GRE])).verdict.code, "connected");
    const over = judged(without(up().wait(3000).say("server", notify(3)), side, [GRE])).verdict;
    assert.equal(over.code, "hung-up-by-server");
  });

  test(`who ended a session is not known where nothing of the ${side} was captured, and the other closes TCP`, () => {
    const packet = inner("10.77.0.10", "203.0.113.5", 40);
    const up = () => dial().up().data("client", packet).data("server", packet).wait(5000);
    const { verdict } = judged(without(up().fin(other(side)), side));
    assert.deepEqual([verdict.source, verdict.code], ["capture", "control-not-captured"]);
    assert.match(
      verdict.evidence,
      /not in it; who ended the call first cannot be told from it; the \w+ closed/,
    );
    const said = up().say(other(side), side === "server" ? CLEAR : notify(3));
    const hungUp = side === "server" ? "client-hung-up" : "hung-up-by-server";
    assert.equal(judged(without(said, side)).verdict.code, hungUp);
  });

  test(`nothing of the ${side} was captured, of the control connection neither`, () => {
    const { verdict, findings } = judged(without(dial().start().call().wait(9000).fin(other(side)), side));
    assert.deepEqual([verdict.source, verdict.code], ["capture", "control-not-captured"], verdict.evidence);
    const control = `Only the ${other(side)}'s direction of the control connection is in this file`;
    assert.ok(verdict.evidence.startsWith(control), verdict.evidence);
    assert.ok(findings.some((text) => text.startsWith(control)));
  });
}

test("a refusal that is in the capture stands, whatever else is missing", () => {
  const refused = dial().start().call().lcp().logIn().refuse("E=691 R=0 M=no").say("client", CLEAR);
  assert.equal(judged(without(refused, "client")).verdict.code, "bad-credentials");
  assert.equal(judged(without(dial().start().call(4), "client")).verdict.code, "call-refused");
});

test("some packets of one side are missing, and the other acknowledges them: nobody is blamed for silence", () => {
  const capture = dial().start().call().control("server", "lcp", 1, 1, "0305c22381");
  capture.control("client", "lcp", 1, 1, "01040578").control("server", "lcp", 2, 1, "01040578");
  // The client's answer has number 1, which is not in the capture.
  capture.raw("server", fromHex("2081 880b 0000 0064 00000001")).wait(9000).say("client", CLEAR);
  const { verdict } = judged({ linkType: 101, packets: capture.packets });
  assert.equal(verdict.code, "gre-not-captured");
  assert.match(
    verdict.evidence,
    /^GRE packets of the client are not in this file: the server acknowledges a GRE packet of the client that is not in it; the client sent/,
  );
});

test("what some acknowledge before anything came is no proof", () => {
  for (const number of ["ffffffff", "00000000"]) {
    const capture = dial().start().call();
    for (let id = 0; id < 3; id += 1)
      capture.raw(
        "client",
        fromHex(`3081 880b 000c 00c8 0000000${id} ${number} ff03c021 010${id}0008 01040578`),
      );
    capture.wait(9000).say("client", CLEAR);
    assert.equal(judged({ linkType: 101, packets: capture.packets }).verdict.code, "gre-blocked");
  }
});

test("acknowledgements before their packets, as two interfaces are written, are of packets that are there", () => {
  const capture = dial().up();
  const first = capture.packets.findIndex(({ octets }) => octets[9] === GRE && octets[12] === 192);
  const early = dial();
  early.raw("client", fromHex("2081 880b 0000 00c8 00000001"));
  const packets: FilePacket[] = [...capture.packets];
  packets.splice(first + 1, 0, { ...early.packets[0]!, time: packets[first]!.time! });
  assert.deepEqual(judged({ linkType: 101, packets }).findings, []);
});

const FOLDERS = ["../../../fixtures/", "../../../../../shared/captures/"].map(
  (name) => new URL(name, import.meta.url),
);

/** One direction of real dials, by who opened TCP. */
for (const folder of FOLDERS.filter((one) => existsSync(one)))
  for (const name of readdirSync(folder).filter((one) => /^(pptp-linux|win7|ixia).*\.pcap$/.test(one)))
    test(`${name}: one direction of it blames nobody`, () => {
      const { linkType, packets } = packetsOf(readFileSync(new URL(name, folder)));
      const isFromServer = ({ octets }: FilePacket, address: Uint8Array) =>
        Buffer.compare(octets.subarray(26, 30), address) === 0;
      const whole = decodedFile(snapped({ linkType, packets }, WHOLE)).calls[0]!;
      const address = Uint8Array.from(whole.server.split(".").map(Number));
      for (const kept of ["client", "server"] as const) {
        const half = packets.filter((packet) => isFromServer(packet, address) === (kept === "server"));
        const { verdict, findings } = decodedFile(snapped({ linkType, packets: half }, WHOLE)).calls[0]!;
        const hungUp = kept === "client" ? "client-hung-up" : "hung-up-by-server";
        const right = [
          whole.verdict.code,
          "gre-not-captured",
          "control-not-captured",
          "capture-ended",
          hungUp,
        ];
        assert.ok(right.includes(verdict.code), `${kept}: ${verdict.code}, ${verdict.evidence}`);
        for (const what of ["GRE", "the control connection"])
          assert.ok(
            findings.some((text) =>
              text.startsWith(`Only the ${kept}'s direction of ${what} is in this file`),
            ),
            findings.join(),
          );
      }
    });

test("one direction of dials that were refused or blocked, and cut: the server is not blamed for the client's end", () => {
  const accepted = () => dial().start().call().wait(700);
  const answers = (result: number) =>
    accepted().say("client", CLEAR).say("server", notify(result)).fin("server");
  assert.equal(judged(without(answers(0), "client")).verdict.code, "control-not-captured");
  assert.equal(judged(without(answers(4), "client")).verdict.code, "client-hung-up");
  assert.equal(
    judged(without(accepted().fin("client").fin("server"), "client")).verdict.code,
    "control-not-captured",
  );
  assert.equal(
    judged(without(accepted().say("server", notify(2)), "client")).verdict.code,
    "ended-before-ppp",
  );
});

test("whoever acknowledges what was said has been answered, though every message was cut", () => {
  const { calls } = decodedFile(
    snapped(without(dial().start().call().wait(9000).fin("client"), "server"), 44),
  );
  assert.equal(calls[0]!.verdict.code, "packets-cut");
});

test("of the server's direction alone, who was let in is not known, and no empty name is made up", () => {
  const { stages } = judged(without(dial().up(), "client", [GRE]));
  const logIn = stages.find(({ stage }) => stage === "auth");
  assert.equal(logIn?.result, "method not seen, name not seen, accepted");
});

test("of the server's direction alone, a refusal does not name an empty user", () => {
  const refused = dial()
    .start()
    .call()
    .control("server", "lcp", 1, 1, "0305c22381")
    .control("server", "chap", 4, 1, Buffer.from("E=691 R=0 V=3").toString("hex"));
  const { verdict } = judged(without(refused.wait(9000).say("client", CLEAR), "client", [GRE]));
  assert.equal(
    verdict.evidence,
    'The server refused a user whose name is not in the capture saying "E=691 R=0 V=3".',
  );
});
