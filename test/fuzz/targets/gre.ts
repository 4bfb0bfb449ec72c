import assert from "node:assert/strict";
import { GRE_OK, GreHeader, MAX_GRE_HEADER, readGre, writeGre } from "../../../server/gre/header.ts";
import { bytes } from "../../support/bytes.ts";
import { greData } from "../../support/data-plane/tunnel-client.ts";
import { spoilt } from "../changes.ts";
import { FRAMES } from "../seeds.ts";
import type { Target } from "../target.ts";

/** GRE packets for a call. */
export const greSeeds = (callId: number): Uint8Array[] => [
  bytes`2081 880b 0000 1234 00000001`,
  bytes`3001 880b 0000 1234 00000001`,
  bytes`3081 880b 0000 1234 00000002 00000001 0000`,
  ...FRAMES.flatMap((frame, i) => [greData(callId, i, frame), greData(callId, i, frame, i)]),
];

/** Not at the front of the memory, and with something behind that is not the packet's. */
const AT = 5;

export const gre: Target = {
  name: "gre",
  share: 80,
  inputs: spoilt(greSeeds(0x1234)),
  run(input) {
    const memory = new Uint8Array(AT + input.length + AT).fill(0xee);
    memory.set(input, AT);
    const header = new GreHeader();
    if (readGre(memory, AT, AT + input.length, header) !== GRE_OK) return;
    const { payloadOffset, payloadLength } = header;
    assert.ok(payloadOffset >= AT + 8 && payloadOffset + payloadLength <= AT + input.length);
    const written = new Uint8Array(MAX_GRE_HEADER + payloadLength);
    const length = writeGre(written, 0, header);
    assert.equal(length, payloadOffset - AT);
    const again = new GreHeader();
    assert.equal(readGre(written, 0, length + payloadLength, again), GRE_OK);
    assert.deepEqual({ ...again, payloadOffset }, { ...header });
  },
};
