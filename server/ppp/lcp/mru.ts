import { type Octets, octets } from "../../wire/units.ts";
import { ack, nak, option } from "../negotiation/option.ts";
import { u16 } from "../negotiation/value-codec.ts";
import type { LcpPolicy } from "./lcp-policy.ts";

/** Without the option, 1500 octets. RFC 1661 §6.1. */
export const DEFAULT_MRU: Octets = octets(1500);

/** Ours: no client asks for less, and less could not carry our own control packets. */
export const MIN_MRU: Octets = octets(128);

/**
 * Maximum-Receive-Unit, LCP option 1 (RFC 1661 §6.1): octets of Information plus Padding, framing excluded.
 *
 * The peer's is an upper bound for what we send. It is never haggled over: Windows insists on 1400. Ours is
 * what we would rather receive; any client may send us up to 1500, if it insists on that, and whoever hears
 * of no MRU does so anyway.
 */
export const mru = option({
  code: 1,
  name: "mru",
  value: u16<Octets>("octets"),
  absent: DEFAULT_MRU,
  propose: (policy: LcpPolicy) => policy.mru,
  judge: (asked) => (asked < MIN_MRU ? nak(DEFAULT_MRU) : ack),
  hint: () => DEFAULT_MRU,
  onNak(offered, own, _policy, refused) {
    const wanted = offered < MIN_MRU ? own : octets(Math.min(offered, DEFAULT_MRU));
    if (wanted !== own) return wanted;
    // Without the option 1500 holds, about which nobody can argue: no client stays out for the sake of a
    // number.
    return refused.includes(own) ? undefined : own;
  },
});
