import { isInterfaceName } from "../wire/interface-name.ts";
import { octets } from "../wire/units.ts";
import {
  formatRange,
  HOST_ADDRESS,
  overlap,
  POOL_ENTRY,
  parseEndpoint,
  parseHostAddress,
  parseLocalEndpoint,
  parsePoolEntry,
} from "./addresses.ts";
import { accepted, type Key, refused, textKey, textListKey, wholeNumberKey, wordKey } from "./reading.ts";

/** Names that mean something else where the kernel lists interfaces. */
const TAKEN_NAMES = ["all", "default", "lo"];

/**
 * RFC 791: every host takes packets of 576 octets. 1456 is what Ethernet's 1500 leave after IP (20), GRE (16), PPP (4)
 * and MPPE with the inner protocol (4).
 */
const [MIN_MTU, MAX_MTU] = [octets(576), octets(1456)];

/** RFC 1877 §1.1: a primary and a secondary server. */
const MAX_NAME_SERVERS = 2;

const nameServers = () =>
  textListKey([], HOST_ADDRESS, parseHostAddress, (values) =>
    values.length > MAX_NAME_SERVERS
      ? refused("config-bad-value", `must have two addresses at most, has ${values.length}`)
      : accepted(values),
  );

/** Every key of the file, each declared once. A new one goes here, into `Config` and into `deploy/pacd.example.toml`. */
export const KEYS = {
  state: {
    directory: textKey("/var/lib/pacd", "the path of a directory", (text) =>
      text.trim() === "" || text.includes("\0") ? undefined : text,
    ),
  },
  pptp: {
    listen: textKey("0.0.0.0:1723", "an IPv4 address and port, such as 0.0.0.0:1723", parseEndpoint),
    max_sessions: wholeNumberKey(1000, 1, 65535),
  },
  tunnel: {
    interface: textKey(
      "pac0",
      "a name for an interface: 1 to 15 of A-Z a-z 0-9 _ . -, such as pac0",
      (text) => (isInterfaceName(text) && !TAKEN_NAMES.includes(text) ? text : undefined),
    ),
    local_address: textKey("10.77.0.1", HOST_ADDRESS, parseHostAddress),
    pool: textListKey(["10.77.0.10-10.77.3.250"], POOL_ENTRY, parsePoolEntry, (ranges) => {
      for (const [index, range] of ranges.entries()) {
        const other = ranges.slice(0, index).find((earlier) => overlap(earlier, range));
        if (other === undefined) continue;
        const says = `${formatRange(range)} overlaps ${formatRange(other)}, which stands before it`;
        return refused("config-pool-overlap", says, index);
      }
      return ranges.length === 0
        ? refused("config-pool-empty", "must have at least one entry, for clients need addresses")
        : accepted(ranges);
    }),
    dns: nameServers(),
    wins: nameServers(),
    mtu: wholeNumberKey(octets(1400), MIN_MTU, MAX_MTU),
  },
  nat: { mode: wordKey("auto", ["auto", "off", "required"]) },
  admin: {
    listen: textKey(
      "127.0.0.1:8723",
      "an IPv4 address or [::1] and a port, such as 127.0.0.1:8723",
      parseLocalEndpoint,
    ),
  },
  log: { level: wordKey("info", ["debug", "info", "warn", "error"]) },
} satisfies Record<string, Record<string, Key<unknown>>>;

/** What the file says, checked key by key. */
export type Values = {
  readonly [S in keyof typeof KEYS]: {
    readonly [K in keyof (typeof KEYS)[S]]: (typeof KEYS)[S][K] extends Key<infer T> ? T : never;
  };
};
