import { isInterfaceName } from "../wire/interface-name.ts";
import { parseIpNetwork } from "../wire/ip-network.ts";
import { millis, octets } from "../wire/units.ts";
import { HOST_ADDRESS, parseHostAddress, parseLocalEndpoint } from "./addresses.ts";
import { endpointsKey } from "./endpoints-key.ts";
import { poolKey } from "./pool-key.ts";
import {
  accepted,
  flagKey,
  type Key,
  listKey,
  number,
  type Reader,
  refused,
  someDistinct,
  text,
  textKey,
  wholeNumberKey,
  word,
  wordKey,
} from "./reading.ts";

/** Names that mean something else where the kernel lists interfaces. */
const TAKEN_NAMES = ["all", "default", "lo"];

/**
 * RFC 791: every host takes packets of 576 octets. 1456 is what Ethernet's 1500 leave after IP (20), GRE
 * (16), PPP (4) and MPPE with the inner protocol (4).
 */
const [MIN_MTU, MAX_MTU] = [octets(576), octets(1456)];

/**
 * Ours: threads that carry packets. The kernel copies each GRE packet once for each of their sockets, if only
 * to filter it.
 */
const MAX_WORKERS = 32;

/** Ours: some hundred years, for who means "for ever" and does not write 0. */
const MAX_DAYS = 36500;

/** Ours: networks of reverse proxies; each request is held against all of them. */
const MAX_PROXIES = 64;

/** RFC 1877 §1.1: a primary and a secondary server. */
const MAX_NAME_SERVERS = 2;

/** The path of a file, "" for none; a relative one is against the configuration file. */
const fileKey = () =>
  textKey("", 'the path of a file, or "" for none', (text) =>
    text.includes("\0") ? undefined : text.trim(),
  );

const nameServers = () =>
  listKey([], text(HOST_ADDRESS, parseHostAddress), (values) =>
    values.length > MAX_NAME_SERVERS
      ? refused("config-bad-value", `must have two addresses at most, has ${values.length}`)
      : accepted(values),
  );

/**
 * Every key of the file but those of OPEN_SECTIONS, each declared once. A new one goes here, into `Config`
 * and into `deploy/pacd.example.toml`.
 */
export const KEYS = {
  state: {
    directory: textKey("/var/lib/pacd", "the path of a directory", (text) =>
      text.trim() === "" || text.includes("\0") ? undefined : text,
    ),
  },
  pptp: {
    listen: endpointsKey("0.0.0.0:1723"),
    max_sessions: wholeNumberKey(1000, 1, 65535),
  },
  tunnel: {
    interface: textKey(
      "pac0",
      "a name for an interface: 1 to 15 of A-Z a-z 0-9 _ . -, such as pac0",
      (text) => (isInterfaceName(text) && !TAKEN_NAMES.includes(text) ? text : undefined),
    ),
    local_address: textKey("10.77.0.1", HOST_ADDRESS, parseHostAddress),
    pool: poolKey(["10.77.0.10-10.77.3.250"]),
    allow_overlap: flagKey(false),
    dns: nameServers(),
    wins: nameServers(),
    mtu: wholeNumberKey(octets(1400), MIN_MTU, MAX_MTU),
  },
  security: {
    authentication: listKey(
      ["ms-chap-v2"],
      word(["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"]),
      someDistinct,
    ),
    mppe_strengths: listKey([128], number([128, 56, 40]), someDistinct),
    mppe_stateful: flagKey(false),
  },
  users: { max_sessions: wholeNumberKey(5, 0, 65535) },
  password: { min_length: wholeNumberKey(12, 8, 128), max_age_days: wholeNumberKey(0, 0, 3650) },
  records: {
    sessions_days: wholeNumberKey(400, 0, MAX_DAYS),
    attempts_days: wholeNumberKey(90, 0, MAX_DAYS),
    audit_days: wholeNumberKey(400, 0, MAX_DAYS),
  },
  events: {
    keep: wholeNumberKey(20_000, 1000, 1_000_000),
    days: wholeNumberKey(90, 0, MAX_DAYS),
  },
  metrics: { per_user: flagKey(false) },
  gre: {
    reorder_packets: wholeNumberKey(32, 0, 256),
    reorder_delay_ms: wholeNumberKey(millis(50), millis(0), millis(100)),
  },
  data_plane: {
    workers: wholeNumberKey(0, 0, MAX_WORKERS),
    mppe: wordKey("native", ["native", "typescript"]),
  },
  nat: { mode: wordKey("auto", ["auto", "off", "required"]), accept_forward: flagKey(false) },
  admin: {
    listen: textKey(
      "127.0.0.1:8723",
      "an IPv4 address or [::1] and a port, such as 127.0.0.1:8723",
      parseLocalEndpoint,
    ),
    tls_certificate: fileKey(),
    tls_key: fileKey(),
    allow_plain: flagKey(false),
    socket: textKey("admin.sock", 'the path of a Unix socket, or "" for none', (text) =>
      text.includes("\0") ? undefined : text.trim(),
    ),
    socket_group: textKey("", "the name or number of a group of this host", (text) =>
      /^[^\s:\0]{0,64}$/.test(text) ? text : undefined,
    ),
    trusted_proxies: listKey(
      [],
      text("a network like 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7", (text) => {
        const network = parseIpNetwork(text);
        return typeof network === "string" ? undefined : network;
      }),
      (values) =>
        values.length > MAX_PROXIES
          ? refused("config-bad-value", `must have ${MAX_PROXIES} elements at most, has ${values.length}`)
          : accepted(values),
    ),
    require_if_match: flagKey(false),
  },
  log: { level: wordKey("info", ["debug", "info", "warn", "error"]) },
} satisfies Record<string, Record<string, Key<unknown>>>;

/**
 * Sections in which the operator names the keys; all values of one are of one kind. Without any they are
 * empty.
 */
export const OPEN_SECTIONS = {
  pools: {
    name: /^[a-z0-9_-]{1,32}$/,
    must: "1 to 32 of a-z 0-9 _ -, such as guests",
    reader: poolKey([]),
  },
} satisfies Record<string, OpenSection<unknown>>;

export interface OpenSection<T> {
  readonly name: RegExp;
  /** Ends "its name must be …". */
  readonly must: string;
  readonly reader: Reader<T>;
}

/** What the file says, checked key by key. */
export type Values = {
  readonly [S in keyof typeof KEYS]: {
    readonly [K in keyof (typeof KEYS)[S]]: (typeof KEYS)[S][K] extends Key<infer T> ? T : never;
  };
} & {
  readonly [S in keyof typeof OPEN_SECTIONS]: (typeof OPEN_SECTIONS)[S] extends OpenSection<infer T>
    ? ReadonlyMap<string, T>
    : never;
};
