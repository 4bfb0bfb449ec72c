import type { Vector } from "./vector.ts";

/** The unit tests of pppd. */
export const pppd: readonly Vector[] = [
  // The hashes of MPPE's Magic2.
  {
    id: "ppp-md4-md5-sha1",
    source: "pppd crypto.c",
    inputs: {
      data: "4f6e2074686520636c69656e7420736964652c2074686973206973207468652073656e64206b65793b206f6e207468652073657276657220736964652c206974206973207468652072656365697665206b65792e",
    },
    expected: {
      md4: "58cb37911d067bdffd486d874a355bd4",
      md5: "8be35e2c9f95bf4e16e453be52f4bc4e",
      sha1: "a803ae2130d840be27a347c77a90e6a35bd50e45",
    },
  },
];
