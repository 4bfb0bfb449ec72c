import type { Vector } from "./vector.ts";

/** RFC 2759 §9: MS-CHAPv2. */
export const rfc2759: readonly Vector[] = [
  {
    id: "rfc2759-9.2",
    source: "RFC 2759 §9.2",
    inputs: {
      user: "User",
      password: "clientPass",
      authChallenge: "5b5d7c7d7b3f2f3e3c2c602132262628",
      peerChallenge: "21402324255e262a28295f2b3a337c7e",
    },
    expected: {
      challenge: "d02e4386bce91226",
      ntHash: "44ebba8d5312b8d611474411f56989ae",
      ntResponse: "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df",
      ntHashHash: "41c00c584bd2d91c4017a2a12fa59f3f",
      authenticatorResponse: "S=407A5589115FD0D6209F510FE9C04566932CDA56",
    },
  },
  {
    id: "rfc2759-9.3",
    source: "RFC 2759 §9.3",
    erratum: "the RFC prints the password without its zero octets",
    inputs: { password: "MyPw" },
    expected: {
      ntHash: "fc156af7edcd6c0edde3337d427f4eac",
      desKey1: "fd0b5b5e7f6e34d9",
      desKey2: "0e6e796737ea08fe",
    },
  },
];
