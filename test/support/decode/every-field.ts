import type { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { fromHex } from "../bytes.ts";
import { KNOWN_OPTIONS } from "../known-options.ts";
import { CONTROL_FIXTURES } from "../pptp/control-fixtures.ts";
import { DialCapture } from "./dial-capture.ts";

/** Other packets: code and data. */
const PACKETS: readonly (readonly [protocol: keyof typeof PROTOCOL, code: number, data: string])[] = [
  ["lcp", 9, "0c6f3548"],
  ["lcp", 10, "aa471106 01020304"],
  ["lcp", 11, "00000000"],
  ["lcp", 12, "0c6f3548 4d5352415356352e3230"], // MSRASV5.20
  ["lcp", 12, "0c6f3548 4d535241532d302d484f5354"], // MSRAS-0-HOST
  ["lcp", 13, "0c6f3548 0000003c 4869"],
  ["lcp", 7, "0f010004"],
  ["lcp", 8, "80fd 01060004"],
  ["lcp", 8, "8281 01010008 01040001"],
  ["lcp", 5, "62796521"],
  ["lcp", 6, ""],
  ["cbcp", 1, "0102 0205 0c 01 00 0408 00 01 31323300"],
  ["cbcp", 2, "0208 0c 01 35353500"],
  ["cbcp", 3, "0102"],
  ["ccp", 14, ""],
  ["ccp", 15, ""],
  ["chap", 1, "10 95a87fa62ebcd2e3c8b09e1b448a6c72 70616364"],
  ["chap", 2, `31 ${"a1".repeat(16)} ${"00".repeat(8)} ${"b2".repeat(24)} 00 434f52505c616e6e61`], // CORP\anna
  ["chap", 3, "533d"],
  ["chap", 4, "453d36393120523d30"],
  ["pap", 1, "04 616e6e61 06 733363726574"],
  ["pap", 2, "024869"],
  ["pap", 3, "024e6f"],
];

/** A capture with each control message of RFC 2637 and each option that has a declaration. */
export function everyField(): DialCapture {
  const capture = new DialCapture().start().call();
  const both = ["client", "server"] as const;
  for (const [i, { message }] of CONTROL_FIXTURES.entries()) capture.say(both[i % 2]!, message);
  for (const [protocol, options] of Object.entries(KNOWN_OPTIONS))
    for (const [i, option] of options.entries())
      capture.control(both[i % 2]!, protocol as keyof typeof PROTOCOL, (i % 4) + 1, i, option);
  for (const [i, [protocol, code, data]] of PACKETS.entries())
    capture.control(both[i % 2]!, protocol, code, i, data);
  capture.raw("client", fromHex("2081 880b 0000 00c8 00000003"));
  return capture;
}
