import { hex } from "../../wire/bytes.ts";
import { formatIpv4, ipv4 } from "../../wire/ipv4.ts";
import { Reader } from "../../wire/reader.ts";
import { shownField } from "../../wire/shown-field.ts";
import { named } from "../negotiation/shown-value.ts";
import { opaque, shortHex, type ValueCodec } from "../negotiation/value-codec.ts";

/** Classes of addresses (RFC 1990 §5.1.3). */
const CLASSES: Readonly<Record<number, string>> = {
  0: "null",
  1: "local",
  2: "ip",
  3: "mac",
  4: "magic",
  5: "phone",
};

/** In words. */
const MEANINGS: Readonly<Record<number, string>> = {
  0: "no address",
  1: "locally assigned address",
  2: "IP address",
  3: "IEEE 802.1 globally assigned MAC address",
  4: "block of PPP Magic-Numbers",
  5: "number of the public switched network",
};

/** The value of Endpoint-Discriminator: `local:0d1f…`, `ip:192.0.2.1`; any octets will do. */
export const endpoint = (): ValueCodec<Uint8Array> => ({
  ...opaque(),
  text(value) {
    if (value.length === 0) return "";
    const kind = CLASSES[value[0]!] ?? `class-${value[0]}`;
    return value.length === 1 ? kind : `${kind}:${address(value)}`;
  },
  words(value) {
    if (value.length === 0) return "empty, not even a class";
    const meaning = MEANINGS[value[0]!] ?? "a class that is not known";
    return `${meaning}${value.length === 1 ? "" : ` ${address(value, hex)}`}`;
  },
  parts(value) {
    if (value.length === 0) return [];
    return [
      shownField("class", value[0]!, named(CLASSES, value[0]!)),
      ...(value.length === 1 ? [] : [shownField("address", hex(value.subarray(1)), address(value, hex))]),
    ];
  },
});

/** Behind the class. */
function address(value: Uint8Array, plain: (octets: Uint8Array) => string = shortHex): string {
  const octets = value.subarray(1);
  if (value[0] === 2 && octets.length === 4) return formatIpv4(ipv4(new Reader(octets).u32()));
  if (value[0] === 3 && octets.length === 6)
    return [...octets].map((octet) => hex(Uint8Array.of(octet))).join(":");
  return plain(octets);
}
