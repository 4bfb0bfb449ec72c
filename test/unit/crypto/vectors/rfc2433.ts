import type { Vector } from "./vector.ts";

/** RFC 2433 §B: MS-CHAPv1. */
export const rfc2433: readonly Vector[] = [
  {
    id: "rfc2433-B.2",
    source: "RFC 2433 §B.2",
    inputs: { password: "MyPw", challenge: "102db5df085d3041" },
    expected: {
      ntHash: "fc156af7edcd6c0edde3337d427f4eac",
      ntChallengeResponse: "4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61",
    },
  },
];
