import type { Protocol } from "../negotiation/protocol.ts";
import { PROTOCOL } from "../protocols.ts";
import type { Assignment } from "./assignment.ts";
import { ipAddress } from "./ip-address.ts";
import { dns1, dns2, wins1, wins2 } from "./name-servers.ts";
import { UNWANTED } from "./unwanted-options.ts";

/** Internet Protocol Control Protocol (RFC 1332). */
export const ipcp: Protocol<Assignment> = {
  name: "ipcp",
  number: PROTOCOL.ipcp,
  options: [ipAddress, dns1, wins1, dns2, wins2, ...UNWANTED],
  silent: new Set(),
  maxReacks: 3,
};
