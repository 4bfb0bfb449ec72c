import type { MppeStrength } from "../../../../server/crypto/mppe-keys.ts";

/**
 * Session keys as they change from packet to packet: our own computation, from the start keys of RFC 3079
 * §3.5.
 */
export interface KeyChain {
  readonly bits: MppeStrength;
  readonly startKey: string;
  readonly initialSessionKey: string;
  readonly keysAfterRekey: readonly string[];
}

export const keyChains: readonly KeyChain[] = [
  {
    bits: 40,
    startKey: "8b7cdc149b993a1b",
    initialSessionKey: "d1269ec49fa62e3e",
    keysAfterRekey: [
      "d1269ece4d98d181",
      "d1269edeefbd8aff",
      "d1269eb1a7fcb215",
      "d1269e3b913d5db8",
      "d1269ec8100dd79d",
    ],
  },
  {
    bits: 56,
    startKey: "8b7cdc149b993a1b",
    initialSessionKey: "d15c00c49fa62e3e",
    keysAfterRekey: [
      "d16182a2ab481407",
      "d178cc274f63faf1",
      "d1894870daab684a",
      "d1e60b8a6ee3a554",
      "d10763bc73c9927a",
    ],
  },
  {
    bits: 128,
    startKey: "8b7cdc149b993a1ba118cb153f56dccb",
    initialSessionKey: "405cb2247a7956e6e211007ae27b22d4",
    keysAfterRekey: [
      "726f10500e2b54135b1b74d7682f0471",
      "2805bc7869bec825573a7803e95a3acd",
      "58128c36cabd54968139fd94b5883d4a",
      "490ec715d44dbaa8176212986fc362bf",
      "5fdcb876f72016c090bfc676de9cd16f",
    ],
  },
];
