import { MAX_UNREAD_KINDS } from "./limits.ts";
import { linkTypeName } from "./link/link-type-names.ts";

/** What something is called, which may depend on its number, and what would read it. */
interface Words {
  readonly name: (number: number) => string;
  readonly advice: string;
}

const words = (name: string | ((number: number) => string), advice: string): Words => ({
  name: typeof name === "string" ? () => name : name,
  advice,
});

const hex = (number: number): string => `0x${number.toString(16).padStart(4, "0")}`;

const AT_ITS_END = "capture on the tunnel's own interface, at one of its ends";
const NOT_READ = `its header is not read here; ${AT_ITS_END}`;
const ENCRYPTED = `what is inside is encrypted; ${AT_ITS_END}`;

/**
 * What may have packets inside that are not read here. Of a file with such packets nobody may say that there
 * is no dial in it.
 */
export const UNREAD = {
  esp: words("ESP (IPsec)", "what is inside is encrypted; capture behind the gateway that decrypts it"),
  ipcomp: words("IPComp", "what is inside is compressed; capture behind the gateway that unpacks it"),
  wireguard: words("WireGuard", ENCRYPTED),
  openvpn: words("OpenVPN (port 1194)", ENCRYPTED),
  zerotier: words("ZeroTier (UDP port 9993)", ENCRYPTED),
  tinc: words("tinc (UDP port 655)", ENCRYPTED),
  "l2tp-v3": words("L2TPv3", NOT_READ),
  sflow: words(
    "sFlow (UDP port 6343)",
    "samples of packets and not all of them; capture the packets themselves",
  ),
  capwap: words("CAPWAP (UDP port 5247)", "not read here; capture on the wired side of the controller"),
  "vxlan-gpe": words((number) => `VXLAN-GPE with protocol ${number}`, NOT_READ),
  tzsp: words((number) => `TZSP with frames of kind ${number}`, NOT_READ),
  macsec: words("MACsec", "encrypted on the wire; capture on the macsec interface of one of its ends"),
  "wifi-encrypted": words(
    "encrypted 802.11",
    "only the radio network's keys open it; capture on the wired side of the access point",
  ),
  "wifi-fragments": words(
    "802.11 in fragments",
    "they are not put together here; capture on the wired side of the access point",
  ),
  "ppp-multilink": words("PPP Multilink", "packets in pieces; capture on the interface of the whole bundle"),
  "ppp-compressed": words("compressed or encrypted PPP (CCP, ECP)", AT_ITS_END),
  "ppp-compressed-tcp": words("PPP with compressed TCP headers (Van Jacobson)", AT_ITS_END),
  "ppp-protocol": words((number) => `PPP protocol ${hex(number)}`, NOT_READ),
  "address-family": words((number) => `address family ${number}`, "not read here; only IPv4 and IPv6 are"),
  erf: words((number) => `ERF records of type ${number}`, "not read here"),
  "ip-protocol": words((number) => `IP protocol ${number}`, NOT_READ),
  gre: words((number) => `GRE with type ${hex(number)}`, NOT_READ),
  ethertype: words((number) => `Ethertype ${hex(number)}`, "not read here; capture where it is taken off"),
  "link-type": words(
    linkTypeName,
    "not read here; capture on an interface that shows IP or Ethernet, or convert it: tshark -r FILE -U IP -w OUT",
  ),
  others: words("further kinds", "there are too many of them to be named"),
  nested: words("tunnels in tunnels without end", "only the outer ones were opened"),
  cut: words("what was cut before its inner headers", "capture whole packets (tcpdump -s 0)"),
} as const satisfies Readonly<Record<string, Words>>;

export type Unread = keyof typeof UNREAD;

/** So many packets of it were in the file. */
export interface UnreadCount {
  readonly what: Unread;
  /** Its Ethertype, IP protocol, PPP protocol or link type; 0 where it has none. */
  readonly number: number;
  readonly packets: number;
}

/** All numbers that Ethertypes and the like can have. */
const NUMBERS = 0x10000;
const NAMES = Object.keys(UNREAD) as Unread[];

/** Counts what was not read, by kinds; where a hostile file has no end of them, later ones together. */
export class UnreadTally {
  readonly #counts = new Map<number, number>();

  add(what: Unread, number: number): void {
    const asked = NAMES.indexOf(what) * NUMBERS + number;
    const room = this.#counts.size < MAX_UNREAD_KINDS || this.#counts.has(asked);
    const key = room ? asked : NAMES.indexOf("others") * NUMBERS;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** The most frequent first. */
  list(): UnreadCount[] {
    const list = [...this.#counts].map(([key, packets]) => ({
      what: NAMES[Math.floor(key / NUMBERS)]!,
      number: key % NUMBERS,
      packets,
    }));
    return list.sort((a, b) => b.packets - a.packets);
  }
}
