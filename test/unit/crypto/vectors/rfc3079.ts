import type { Vector } from "./vector.ts";

/** RFC 3079: MPPE keys. */
export const rfc3079: readonly Vector[] = [
  {
    id: "rfc3079-2.5-40",
    source: "RFC 3079 §2.5.1",
    strength: 40,
    inputs: { password: "clientPass" },
    expected: {
      lmHash: "76a152936096d7830e2390227404afd2",
      keyBeforeReduce: "d80801538cec4a08",
      sessionKey: "d1269e538cec4a08",
    },
  },
  {
    id: "rfc3079-2.5-56",
    source: "RFC 3079 §2.5.2",
    strength: 56,
    inputs: { password: "clientPass" },
    expected: {
      lmHash: "76a152936096d7830e2390227404afd2",
      keyBeforeReduce: "d80801538cec4a08",
      sessionKey: "d10801538cec4a08",
    },
  },
  {
    id: "rfc3079-2.5.3-128",
    source: "RFC 3079 §2.5.3",
    erratum: "step 3 prints octet 8 as ca, it is c1",
    strength: 128,
    inputs: { password: "clientPass", challenge: "102db5df085d3041" },
    expected: {
      initialSessionKey: "a8947850cfc0acc1d1789fb62ddcddb0",
      currentSessionKey: "59d159bc09f76f1da2a86a28ffec0b1e",
    },
  },
  // IsSend and IsServer both true: the key from server to client.
  {
    id: "rfc3079-3.5-40",
    source: "RFC 3079 §3.5.1",
    strength: 40,
    inputs: {
      user: "User",
      password: "clientPass",
      authChallenge: "5b5d7c7d7b3f2f3e3c2c602132262628",
      peerChallenge: "21402324255e262a28295f2b3a337c7e",
      ntResponse: "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df",
    },
    expected: {
      masterKey: "fdece3717a8c838cb388e527ae3cdd31",
      serverSendStartKey: "8b7cdc149b993a1b",
      serverSendSessionKey: "d1269ec49fa62e3e",
      rc4OfAsciiTestMessage: "929137917e5803d668d75898",
    },
  },
  {
    id: "rfc3079-3.5-56",
    source: "RFC 3079 §3.5.2",
    erratum: "the RFC prints the last octet as 58, it is b8, and labels the key SendSessionKey40",
    strength: 56,
    inputs: {
      user: "User",
      password: "clientPass",
      authChallenge: "5b5d7c7d7b3f2f3e3c2c602132262628",
      peerChallenge: "21402324255e262a28295f2b3a337c7e",
      ntResponse: "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df",
    },
    expected: {
      masterKey: "fdece3717a8c838cb388e527ae3cdd31",
      serverSendStartKey: "8b7cdc149b993a1b",
      serverSendSessionKey: "d15c00c49fa62e3e",
      rc4OfAsciiTestMessage: "3f106833fa448da842bc57b8",
    },
  },
  {
    id: "rfc3079-3.5-128",
    source: "RFC 3079 §3.5.3",
    strength: 128,
    inputs: {
      user: "User",
      password: "clientPass",
      authChallenge: "5b5d7c7d7b3f2f3e3c2c602132262628",
      peerChallenge: "21402324255e262a28295f2b3a337c7e",
      ntResponse: "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df",
    },
    expected: {
      masterKey: "fdece3717a8c838cb388e527ae3cdd31",
      serverSendStartKey: "8b7cdc149b993a1ba118cb153f56dccb",
      serverSendSessionKey: "405cb2247a7956e6e211007ae27b22d4",
      rc4OfAsciiTestMessage: "81848317df68846272fb5abe",
    },
  },
  // Not printed in the RFC.
  {
    id: "rfc3079-3.5-client-send",
    source: "Android EAP tests, keys of RFC 3079 §3.5",
    strength: 128,
    inputs: { masterKey: "fdece3717a8c838cb388e527ae3cdd31" },
    expected: { clientSendStartKey: "d5f0e9521e3ea9589645e86051c82226" },
  },
  {
    id: "mppe-magic-lengths",
    source: "RFC 3079 §3.4",
    inputs: {},
    expected: {
      magic1Len: 27,
      magic2Len: 84,
      magic3Len: 84,
      magic1: "5468697320697320746865204d505045204d6173746572204b6579",
      magic2:
        "4f6e2074686520636c69656e7420736964652c2074686973206973207468652073656e64206b65793b206f6e207468652073657276657220736964652c206974206973207468652072656365697665206b65792e",
      magic3:
        "4f6e2074686520636c69656e7420736964652c2074686973206973207468652072656365697665206b65793b206f6e207468652073657276657220736964652c206974206973207468652073656e64206b65792e",
    },
  },
];
