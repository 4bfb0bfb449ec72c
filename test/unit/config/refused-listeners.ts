import type { REFUSALS } from "./refused-documents.ts";

/** As REFUSALS: for where pacd is to listen, and for what may overlap. */
export const REFUSED_LISTENERS: typeof REFUSALS = [
  [
    "[admin]\nlisten = '192.0.2.1:1724'\nallow_plain = true\n[pptp]\nlisten = ['192.0.2.1:1723', '192.0.2.1:1724']",
    "config-bad-value",
    "2: admin.listen: 192.0.2.1:1724 is taken by pptp.listen",
  ],
  [
    "[pptp]\nlisten = 1723",
    "config-wrong-type",
    "2: pptp.listen: must be an IPv4 address and port, such as 0.0.0.0:1723, or an array of such, got 1723",
  ],
  ["[pptp]\nlisten = []", "config-bad-value", "2: pptp.listen: must have at least one element"],
  [
    "[pptp]\nlisten = ['192.0.2.1:1723', '192.0.2.1']",
    "config-bad-value",
    '2: pptp.listen[1]: must be an IPv4 address and port, such as 0.0.0.0:1723, got "192.0.2.1"',
  ],
  [
    "[pptp]\nlisten = ['192.0.2.1:1723', 1723]",
    "config-wrong-type",
    "2: pptp.listen[1]: must be an IPv4 address and port, such as 0.0.0.0:1723, got 1723",
  ],
  [
    "[pptp]\nlisten = ['192.0.2.1:1723', '192.0.2.2:1723', '192.0.2.1:1723']",
    "config-bad-value",
    "2: pptp.listen[2]: 192.0.2.1:1723 stands there twice",
  ],
  [
    "[pptp]\nlisten = ['192.0.2.1:1723', '0.0.0.0:1723']",
    "config-bad-value",
    "2: pptp.listen[1]: 0.0.0.0:1723 is every address with that port, 192.0.2.1:1723 too: leave one of them out",
  ],
  [
    `[pptp]\nlisten = [${Array.from({ length: 17 }, (_, i) => `'192.0.2.${i}:1723'`).join(", ")}]`,
    "config-bad-value",
    "2: pptp.listen: must have 16 addresses at most, has 17",
  ],
  [
    "[tunnel]\nallow_overlap = 'yes'",
    "config-wrong-type",
    '2: tunnel.allow_overlap: must be true or false, got "yes"',
  ],
];
