import type { Vector } from "./vector.ts";

/** The tests of hashcat and chapcrack. */
export const crackers: readonly Vector[] = [
  // NTLMv1 with ESS: the challenge is the first 8 octets of MD5(server, client). PPP does not use it; it
  // tests DES and the NT hash.
  {
    id: "hashcat-5500-ess",
    source: "hashcat module_05500.c",
    inputs: { password: "hashcat", serverChallenge: "9c23f6c094853920", clientChallenge: "ada06359242920a5" },
    expected: { ntResponse: "0556d5297b5daa70eaffde82ef99293a3f3bb59b7c9704ea" },
  },
  {
    id: "chapcrack-moxie",
    source: "chapcrack Parse_Test.py",
    inputs: { challenge8: "6d0e1c056cd94d5f", password: "bPCFyF2uL1p5Lg5yrKmqmY" },
    expected: { ntResponse: "1c93abce815400686baeca315f348469256420598a73ad49" },
  },
];
