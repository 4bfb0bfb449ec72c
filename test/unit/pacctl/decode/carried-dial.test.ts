import assert from "node:assert/strict";
import { test } from "node:test";
import { CARRIERS } from "../../../support/capture/carriers.ts";
import { pcap } from "../../../support/capture/files.ts";
import { ethernet } from "../../../support/capture/frames.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";

const DIAL = new DialCapture().up().fin("client").fin("server");

/** What is told of a file: rows, and the call. */
function told(file: Uint8Array) {
  const { calls, rows } = decodedFile(file);
  return { calls, rows: rows.map(({ at, from, text, mark }) => [at, from, text, mark]) };
}

const PLAIN = told(DIAL.file());

for (const [name, wrap] of Object.entries(CARRIERS)) {
  test(`a dial in ${name}: told as the same dial without it`, () => {
    const packets = DIAL.packets.map((packet) => ({ ...packet, octets: ethernet(wrap(packet.octets)) }));
    assert.deepEqual(told(pcap(packets, { nanoseconds: true })), PLAIN);
  });
}

test("a dial that is captured inside a tunnel and outside of it is one dial, and none of it was sent again", () => {
  const packets = DIAL.packets.flatMap((packet) => [
    { ...packet, octets: ethernet(CARRIERS["VXLAN"]!(packet.octets)) },
    { ...packet, octets: ethernet(packet.octets) },
    { ...packet, octets: ethernet(CARRIERS["ERSPAN II"]!(packet.octets)) },
  ]);
  const { calls, rows } = told(pcap(packets, { nanoseconds: true }));
  assert.deepEqual(rows, PLAIN.rows);
  assert.deepEqual(
    calls.map(({ verdict }) => verdict.code),
    PLAIN.calls.map(({ verdict }) => verdict.code),
  );
});
