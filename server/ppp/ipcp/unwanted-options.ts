import { hex } from "../../wire/bytes.ts";
import { formatIpv4, ipv4 } from "../../wire/ipv4.ts";
import { shownField } from "../../wire/shown-field.ts";
import type { Option } from "../negotiation/option.ts";
import { refused } from "../negotiation/refused-option.ts";
import { seen } from "../negotiation/shown-value.ts";
import { address, shortHex } from "../negotiation/value-codec.ts";
import { protocolName } from "../protocols.ts";

/** IP-Addresses (RFC 1332 §3.1, deprecated): the sender's and the receiver's. */
const addresses = seen((from) => {
  const [source, destination] = [formatIpv4(ipv4(from.u32())), formatIpv4(ipv4(from.u32()))];
  return {
    text: `${source},${destination}`,
    words: `the sender has ${source}, the receiver ${destination}`,
    parts: [shownField("source", source), shownField("destination", destination)],
  };
});

const VAN_JACOBSON = 0x002d;

/**
 * The other ways with the numbers of 16 bits that both begin with: Robust Header Compression (RFC 3241 §2.1)
 * and IP Header Compression (RFC 2509 §2.1).
 */
const OTHERS = new Map<number, readonly string[]>([
  [0x0003, ["max-cid", "mrru", "max-header"]],
  [0x0061, ["tcp-space", "non-tcp-space", "f-max-period", "f-max-time", "max-header"]],
]);

/** IP-Compression-Protocol (RFC 1332 §3.2, §4). */
const compression = seen((from) => {
  const protocol = from.u16();
  const head = shownField("protocol", protocol, protocolName(protocol));
  if (protocol === VAN_JACOBSON && from.remaining === 2) {
    const [last, slotMayBeLeftOut] = [from.u8(), from.u8()];
    return {
      text: `vj,${last + 1}-slots`,
      words: `Van Jacobson's for TCP, ${last + 1} slots, slot number ${slotMayBeLeftOut === 0 ? "in each packet" : "left out where it is the last one's"}`,
      parts: [
        head,
        shownField("max-slot-id", last, `${last} (${last + 1} slots)`),
        shownField(
          "comp-slot-id",
          slotMayBeLeftOut,
          slotMayBeLeftOut === 0 ? "0 (never left out)" : `${slotMayBeLeftOut} (may be left out)`,
        ),
      ],
    };
  }
  const names = OTHERS.get(protocol) ?? [];
  const numbers = names.map((name) => shownField(name, from.u16()));
  const data = from.rest();
  const name = protocolName(protocol);
  return {
    text: data.length === 0 ? name : `${name},${shortHex(data)}`,
    words: `${name}${numbers.map(({ name: what, value }) => `, ${what} ${value}`).join("")}`,
    parts: [head, ...numbers, ...(data.length === 0 ? [] : [shownField("data", hex(data))])],
  };
});

/** Options of IPCP that we know by name, to read them in traces, and reject. */
export const UNWANTED: readonly Option<unknown>[] = [
  refused(1, "addresses", addresses),
  refused(2, "compression", compression),
  refused(4, "mobile-address", address()),
  refused(144, "subnet-mask", address()),
];
