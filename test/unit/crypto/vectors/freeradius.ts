import type { Vector } from "./vector.ts";

/** The tests of FreeRADIUS. */
export const freeradius: readonly Vector[] = [
  {
    id: "freeradius-v2-domain",
    source: "FreeRADIUS auth_mschapv2",
    inputs: {
      user: "example\\john",
      password: "secret",
      authChallenge: "16d2833f4239256dd2b2bb26f2ecb2a3",
      peerChallenge: "502feeee9495a353cddbd1efc4007282",
    },
    expected: {
      ntResponse: "e866286bb30d0215ed16cf425b6a29d206667a9853e23ca4",
      authenticatorResponse: "S=68649B6763301DD65FC2559F2D172943196EA88A",
    },
  },
  // lm8: the first 8 octets of the LM hash; nt16: MD4 of the NT hash.
  {
    id: "freeradius-v1-bob",
    source: "FreeRADIUS digest/mschapv1",
    inputs: { password: "bob", challenge: "b9634adc358b2ab3" },
    expected: {
      ntResponse: "7a42408782f745ef90a86fd21b0d9294132750f4af66a419",
      msChapMppeKeysLm8: "4318b176c3d8e3de",
      msChapMppeKeysNt16: "9a936faf344359a0f1e3c9b5585b9f1f",
    },
  },
  {
    id: "freeradius-v1-john",
    source: "FreeRADIUS mschap/auth",
    inputs: { password: "supersecret", challenge: "696bcaff8f8bef29" },
    expected: { ntResponse: "16c32819add27b3d29f6866506e6cc6548f50b6429518579" },
  },
  {
    id: "freeradius-hashes",
    source: "FreeRADIUS keywords/mschap",
    inputs: { password: "testing_123" },
    expected: { ntHash: "fa782604f85eb3564f555648341b53e4", lmHash: "2d5545077d7b7d2ae4343f96ab15c596" },
  },
  {
    id: "freeradius-challengehash",
    source: "FreeRADIUS keywords/mschap",
    inputs: {
      user: "EXAMPLE\\bob",
      authChallenge: "04408dc2a98dae1ce351dfc53f57d08e",
      peerChallenge: "0e93cfbfcef8d5b6af42d2b2ca5b4318",
    },
    expected: { challenge: "ad18b6b8e1478b4c" },
  },
];
