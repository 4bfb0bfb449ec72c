import type { Vector } from "./vector.ts";

/** The tests of layeh/radius. */
export const layeh: readonly Vector[] = [
  {
    id: "layeh-2759-1",
    source: "layeh/radius mschapv2_test.go",
    inputs: {
      user: "test",
      password: "superSecretPassword",
      authChallenge: "77ac2d4c312a6afeb9d176b4dd1d1a1d",
      peerChallenge: "3413168381f74b7b28e6088bd7a50de9",
    },
    expected: { ntResponse: "6295b2143995f9f658691977ef12798910ff2973b5b513ba" },
  },
  {
    id: "layeh-2759-2",
    source: "layeh/radius mschapv2_test.go",
    inputs: {
      user: "test",
      password: "superSecretPassword",
      authChallenge: "d5717d58e9fb9cf42dbb0c1a8adf9879",
      peerChallenge: "279cb411494d5a84cdf2d2ee36fb5cdd",
    },
    expected: { ntResponse: "f5e471ecb559a9f7c69a708b12e7a86dd2fef9ab3f2aed0a" },
  },
  // The NT-Response given is not the right one for these inputs: this tests the authenticator response alone.
  {
    id: "layeh-2759-authresp",
    source: "layeh/radius mschapv2_test.go",
    inputs: {
      user: "test",
      password: "superSecretPassword",
      authChallenge: "d5717d58e9fb9cf42dbb0c1a8adf9879",
      peerChallenge: "279cb411494d5a84cdf2d2ee36fb5cdd",
      ntResponse: "e6ad73b3738839cccfc0fbf3459a5b26ac4b159efab6b03f",
    },
    expected: { authenticatorResponse: "S=E776FC79AC79DED99AEFF66893C920EB34F63396" },
  },
];
