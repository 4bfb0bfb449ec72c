import { ack, nak, option } from "../negotiation/option.ts";
import { address } from "../negotiation/value-codec.ts";
import type { Assignment } from "./assignment.ts";

/**
 * IP-Address, IPCP option 3 (RFC 1332 §3.3). The peer gets the address that was assigned to it and no other;
 * without the option it is asked to take it. Our own address stands in our request; a peer that rejects it
 * does without.
 */
export const ipAddress = option({
  code: 3,
  name: "address",
  value: address(),
  absent: undefined,
  propose: (policy: Assignment) => policy.local,
  judge: (asked, policy) => (asked === policy.remote ? ack : nak(policy.remote)),
  hint: (policy) => policy.remote,
  required: true,
  deadlock: "end",
});
