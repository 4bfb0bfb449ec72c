import { ack, nakAlone, option } from "../negotiation/option.ts";
import { u32 } from "../negotiation/value-codec.ts";
import type { LcpPolicy } from "./lcp-policy.ts";

/**
 * Magic-Number, LCP option 5 (RFC 1661 §6.4). A request with our own number may be ours come back: the Nak
 * goes out before anything else is rejected, or a looped line would look like a peer that refuses
 * authentication. One or two equal numbers happen without a loop; Max-Failure of them do not.
 */
export const magicNumber = option({
  code: 5,
  name: "magic",
  value: u32(),
  absent: 0,
  propose: (policy: LcpPolicy) => policy.magic,
  judge: (asked, _policy, own) => (asked === own || asked === 0 ? nakAlone(another(asked)) : ack),
  onNak: (offered, own) => another(offered ^ own),
  deadlock: "end",
});

/** A different number, not zero; the golden ratio in 32 bits keeps successive ones apart. */
function another(magic: number): number {
  const next = (magic + 0x9e3779b9) >>> 0;
  return next === 0 ? 1 : next;
}

/** Our first Magic-Number out of 32 random bits: zero means "none" (RFC 1661 §6.4). */
export const firstMagic = (random: number): number => (random === 0 ? 1 : random >>> 0);
