import assert from "node:assert/strict";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { MPPC_HISTORY, MppcDecompressor } from "../../../server/mppe/mppc-decompressor.ts";
import { equalOctets } from "../../../server/wire/bytes.ts";
import { bytes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { mutated, spoilt } from "../changes.ts";
import { chunks, unpack } from "../chunks.ts";
import type { Target } from "../target.ts";

/** Literals, copies short and long, and runs of ones, which announce lengths. */
const COMPRESSED = [
  bytes`666f72 20777865 6c20777865 6c6c`,
  bytes`61 62 63 f00f 80`,
  bytes`6162 63f1 8f80`,
  bytes`4041 c000 fffe ffff ff80`,
  bytes`ffffffffffffffff`,
  bytes`00 f9 fe 00`,
];

export const mppc: Target = {
  name: "mppc",
  share: 40,
  inputs: chunks(spoilt(COMPRESSED, 2000), 8),
  run(input) {
    const decompressor = new MppcDecompressor();
    const twin = new MppcDecompressor();
    for (const { tag, octets } of unpack(input)) {
      for (const one of [decompressor, twin]) {
        if (tag & 1) one.reset();
        if (tag & 2) one.toFront();
      }
      const result = decompressor.decompress(octets);
      assert.deepEqual(twin.decompress(octets), result);
      if (result.ok) assert.ok(result.value.length <= MPPC_HISTORY);
    }
  },
};

const INNER = bytes`0021 45000014 00000000 40110000 0a4d000a c0000250`;

const modes: readonly MppeDirection[] = ([128, 56, 40] as const).flatMap((strength) =>
  [true, false].map((stateless) => ({
    key: new Uint8Array(strength === 128 ? 16 : 8).fill(7),
    strength,
    stateless,
  })),
);

/** The first frames of a sender. */
const sealed = modes.flatMap((mode) => {
  const encryptor = new Encryptor(mode);
  return Array.from({ length: 5 }, () => {
    const frame = new Uint8Array(2 + INNER.length);
    frame.set(INNER, 2);
    encryptor.seal(frame, 0, frame.length);
    return frame;
  });
});

export const mppe: Target = {
  name: "mppe",
  share: 30,
  inputs: chunks(fc.oneof(mutated(sealed), fc.constantFrom(...sealed)), 8),
  run(input) {
    const list = unpack(input);
    const decryptor = new Decryptor(modes[(list[0]?.tag ?? 0) % modes.length]!);
    for (const { tag, octets } of list) {
      const frame = new Uint8Array(octets.length + 8).fill(0xee);
      frame.set(octets, 4);
      const before = frame.slice();
      const outcome = decryptor.open(frame, 4, 4 + octets.length);
      if (outcome !== "ok") assert.ok(equalOctets(frame, before), `${outcome} touched the frame`);
      assert.ok(
        equalOctets(frame.subarray(0, 6), before.subarray(0, 6)),
        "something before the data changed",
      );
      assert.ok(equalOctets(frame.subarray(4 + octets.length), before.subarray(4 + octets.length)));
      if (tag & 1) decryptor.distrust();
    }
  },
};
