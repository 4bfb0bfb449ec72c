import assert from "node:assert/strict";
import { test } from "node:test";
import { frameFields } from "../../../../server/ppp/fields/frame-fields.ts";
import { fromHex } from "../../../support/bytes.ts";
import { fieldLines } from "../../../support/field-lines.ts";
import { packet } from "../link/dial.ts";

const optionOf = (protocol: "lcp" | "ccp" | "ipcp", digits: string): string[] => {
  const context = { secrets: false, method: undefined };
  const head = fieldLines(frameFields(packet(protocol, 1, 1, fromHex(digits)), context)).slice(6);
  return head.filter((line) => !/^ {2}(?:type|length|octets): /.test(line));
};

for (const [protocol, option, lines] of [
  ["lcp", "0206 00000000", ["accm: 00000000 (to be escaped: no character)"]],
  ["lcp", "0206 000a0000", ["accm: 000a0000 (to be escaped: XON XOFF)"]],
  ["lcp", "0305 c22381", ["auth: MS-CHAPv2", "  protocol: CHAP(c223)", "  algorithm: 129(MS-CHAP-2)"]],
  [
    "lcp",
    "0305 c22306",
    ["auth: CHAP(c223) with 6(SHA-1)", "  protocol: CHAP(c223)", "  algorithm: 6(SHA-1)"],
  ],
  ["lcp", "0304 c227", ["auth: EAP", "  protocol: EAP(c227)"]],
  ["lcp", "0305 c02701", ["auth: SPAP(c027) with 1", "  protocol: SPAP(c027)", "  data: 01"]],
  ["lcp", "0302", ["auth: no protocol"]],
  [
    "lcp",
    "0408 c025 000003e8",
    [
      "quality: Link-Quality-Report, a report every 10 s",
      "  protocol: LQR(c025)",
      "  reporting-period: 1000 (a report every 10 s)",
    ],
  ],
  ["lcp", "0702", ["pfc: protocol numbers may come as one octet"]],
  ["lcp", "0802", ["acfc: frames may come without address and control"]],
  ["lcp", "0903 05", ["fcs: 5(null,ccitt-32)", "  null: 1", "  ccitt-16: 0", "  ccitt-32: 1"]],
  [
    "lcp",
    "0d03 06",
    ["callback: 6 (the Callback Control Protocol decides where to call back)", "  operation: 6(cbcp)"],
  ],
  [
    "lcp",
    "0d06 01 353535",
    [
      'callback: 1 (call back with this dialing string): "555"',
      "  operation: 1(dialing-string)",
      '  message: "555"',
      "    octets: 353535",
    ],
  ],
  [
    "lcp",
    "0d03 00",
    ["callback: 0 (who logs in decides where to call back)", "  operation: 0(user-authentication)"],
  ],
  ["lcp", "0d03 09", ["callback: 9 (an operation that is not known)", "  operation: 9"]],
  ["lcp", "0d02", ["callback: no callback (truncated)"]],
  ["lcp", "1104 064e", ["mrru: 1614 octets, put together from several links"]],
  ["lcp", "1307 02 c0000201", ["endpoint: IP address 192.0.2.1", "  class: 2(ip)", "  address: 192.0.2.1"]],
  [
    "lcp",
    "1309 03 0200c0000201",
    [
      "endpoint: IEEE 802.1 globally assigned MAC address 02:00:c0:00:02:01",
      "  class: 3(mac)",
      "  address: 02:00:c0:00:02:01",
    ],
  ],
  ["lcp", "1303 00", ["endpoint: no address", "  class: 0(null)"]],
  ["lcp", "1302", ["endpoint: empty, not even a class"]],
  [
    "lcp",
    "1c08 0000006a 656e",
    ['internationalization: UTF-8, language "en"', "  character-set: 106", '  language: "en"'],
  ],
  [
    "lcp",
    "0006 00000c01",
    ["vendor-specific: of the vendor with the identifier 00000c, kind 1", "  oui: 00000c", "  kind: 1"],
  ],
  [
    "ccp",
    "1206 00000000",
    [
      "mppe: 00000000 (no bit: neither encryption nor compression)",
      "  H-stateless: 0",
      "  M-56: 0",
      "  S-128: 0",
      "  L-40: 0",
      "  D-obsolete: 0",
      "  C-mppc: 0",
    ],
  ],
  [
    "ccp",
    "1503 2f",
    [
      "bsd-compress: BSD Compress version 1, codes of 15 bits at most",
      "  version: 1",
      "  dictionary: 15 bits",
    ],
  ],
  [
    "ccp",
    "1a04 7800",
    [
      "deflate: a window of 32768 octets, method 8 (Deflate), loss seen by sequence numbers",
      "  window: 7 (32768 octets)",
      "  method: 8(deflate)",
      "  check: 0(sequence-number)",
    ],
  ],
  [
    "ccp",
    "1105 0001 03",
    [
      "stac: Stac LZS, 1 histories, check mode 3(sequence-number)",
      "  history-count: 1",
      "  check-mode: 3(sequence-number)",
    ],
  ],
  [
    "ipcp",
    "0206 002d 0f01",
    [
      "compression: Van Jacobson's for TCP, 16 slots, slot number left out where it is the last one's",
      "  protocol: VJ-compressed-TCP(002d)",
      "  max-slot-id: 15 (16 slots)",
      "  comp-slot-id: 1 (may be left out)",
    ],
  ],
  ["ipcp", "0306 0a4d000a", ["address: 10.77.0.10"]],
  ["ipcp", "0305 0a4d00", ["address: no address (truncated)"]],
  ["lcp", "c805 010203", ["option-200: 010203 (not known)"]],
] as const)
  test(`${protocol.toUpperCase()} option ${option} reads ${lines[0]}`, () => {
    assert.deepEqual(optionOf(protocol, option), lines);
  });
