import { ipcp } from "../../../server/ppp/ipcp/ipcp.ts";
import { ack, option, reject } from "../../../server/ppp/negotiation/option.ts";
import type { Protocol } from "../../../server/ppp/negotiation/protocol.ts";
import { refused } from "../../../server/ppp/negotiation/refused-option.ts";
import { address } from "../../../server/ppp/negotiation/value-codec.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";

/** "Give me one" (RFC 1332 §3.3). */
const ANY = ipv4(0);

/**
 * IP-Address, IPCP option 3 (RFC 1332 §3.3): the address that the server's Nak names is ours; its own is its
 * affair.
 */
export const ipAddress = option({
  code: 3,
  name: "address",
  value: address(),
  absent: undefined,
  propose: () => ANY,
  judge: () => ack,
  onNak: (offered) => offered,
  onReject: "end",
  deadlock: "end",
});

/**
 * DNS servers, IPCP options 129 and 131 (RFC 1877 §1): learned by Nak; a server that has none rejects them.
 */
const nameServer = (code: number, name: string) =>
  option({
    code,
    name,
    value: address(),
    absent: undefined,
    propose: () => ANY,
    judge: () => reject,
    onNak: (offered) => (offered === ANY ? undefined : offered),
  });

export const dns1 = nameServer(129, "dns1");
export const dns2 = nameServer(131, "dns2");

/** IPCP (RFC 1332) of an end that is given its address. */
export const clientIpcp: Protocol<undefined> = {
  ...ipcp,
  options: [
    ipAddress,
    dns1,
    dns2,
    refused(1, "addresses"),
    refused(2, "compression"),
    refused(4, "mobile-address"),
    refused(130, "wins1"),
    refused(132, "wins2"),
  ],
};
