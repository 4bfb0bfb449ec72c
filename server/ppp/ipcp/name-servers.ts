import type { Ipv4 } from "../../wire/ipv4.ts";
import { ack, nak, option, reject } from "../negotiation/option.ts";
import { address } from "../negotiation/value-codec.ts";
import type { Assignment } from "./assignment.ts";

/**
 * Name server addresses, IPCP options 129 to 132 (RFC 1877 §1). The peer learns ours by Nak. What is not
 * configured is rejected: a Nak with 0.0.0.0 would go round for ever.
 */
function nameServer(code: number, name: string, configured: (policy: Assignment) => Ipv4 | undefined) {
  return option({
    code,
    name,
    value: address(),
    absent: undefined,
    judge: (asked, policy: Assignment) => {
      const ours = configured(policy);
      if (ours === undefined) return reject;
      return asked === ours ? ack : nak(ours);
    },
  });
}

/** Primary DNS server. RFC 1877 §1.1. */
export const dns1 = nameServer(129, "dns1", (policy) => policy.dns[0]);

/** Primary NBNS (WINS) server. RFC 1877 §1.2. */
export const wins1 = nameServer(130, "wins1", (policy) => policy.wins[0]);

/** Secondary DNS server. RFC 1877 §1.3. */
export const dns2 = nameServer(131, "dns2", (policy) => policy.dns[1]);

/** Secondary NBNS (WINS) server. RFC 1877 §1.4. */
export const wins2 = nameServer(132, "wins2", (policy) => policy.wins[1]);
