import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { formatRange } from "../../../server/config/addresses.ts";
import type { Config } from "../../../server/config/config-types.ts";
import { KEYS, OPEN_SECTIONS } from "../../../server/config/keys.ts";
import { loadConfig, parseConfig, readConfig } from "../../../server/config/load-config.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { millis, octets } from "../../../server/wire/units.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const EXAMPLE = join(import.meta.dirname, "../../../deploy/pacd.example.toml");
const defaults = { stateDirectory: "./var" };

const DEFAULT: Config = {
  state: { directory: "/var/lib/pacd" },
  pptp: { listen: [{ host: "0.0.0.0", port: 1723 }], maxSessions: 1000 },
  tunnel: {
    interface: "pac0",
    localAddress: parseIpv4("10.77.0.1")!,
    pool: [{ first: parseIpv4("10.77.0.10")!, last: parseIpv4("10.77.3.250")! }],
    allowOverlap: false,
    dns: [],
    wins: [],
    mtu: octets(1400),
  },
  pools: new Map(),
  security: { authentication: ["ms-chap-v2"], mppeStrengths: [128], mppeStateful: false },
  users: { maxSessions: 5 },
  password: { minLength: 12, maxAgeDays: 0 },
  records: { sessionsDays: 400, attemptsDays: 90, auditDays: 400 },
  events: { keep: 20_000, days: 90 },
  metrics: { perUser: false },
  gre: { reorderPackets: 32, reorderDelay: millis(50) },
  dataPlane: { workers: 0, mppe: "native" },
  nat: { mode: "auto", acceptForward: false },
  admin: {
    listen: { host: "127.0.0.1", port: 8723 },
    tls: undefined,
    allowPlain: false,
    socket: "admin.sock",
    socketGroup: "",
    trustedProxies: [],
    requireIfMatch: false,
  },
  log: { level: "info" },
};

test("without a file: the built-in defaults, with the state where the caller says", () => {
  assert.deepEqual(loadConfig(undefined, { defaults }), {
    ...DEFAULT,
    state: { directory: resolve("./var") },
  });
});

test("an empty file has the defaults, with the state in /var/lib/pacd", (t) => {
  const file = join(temporaryDirectory(t), "pacd.toml");
  writeFileSync(file, "");
  assert.deepEqual(readConfig(file, { defaults }), { config: DEFAULT, file, toml: "" });
});

test("deploy/pacd.example.toml has the defaults", () => {
  assert.deepEqual(loadConfig(EXAMPLE, { defaults }), DEFAULT);
});

test("deploy/pacd.example.toml names every key once, with its default and a line of explanation", () => {
  const written = readFileSync(EXAMPLE, "utf8")
    .split("\n")
    .flatMap((line) => /^(?:\[(\w+)\]|(\w+) = .*\S {2,}# \S.*)$/.exec(line) ?? [])
    .filter((part) => part !== undefined && /^\w+$/.test(part));
  const declared = Object.entries(KEYS).flatMap(([section, keys]) => [section, ...Object.keys(keys)]);
  const inOrder = written.filter((name) => !Object.hasOwn(OPEN_SECTIONS, name));
  assert.deepEqual(inOrder, declared);
  assert.deepEqual(new Set(written), new Set([...declared, ...Object.keys(OPEN_SECTIONS)]));
});

test("what deploy/pacd.example.toml shows in comments may be set", () => {
  const toml = readFileSync(EXAMPLE, "utf8").replaceAll(/^# (?=\w+ = )/gm, "");
  const { pools } = parseConfig(toml, EXAMPLE);
  assert.deepEqual([...pools.keys()], ["guests"]);
});

test("every key can be set", () => {
  const config = parseConfig(
    `state.directory = "/srv/pacd"
     pptp = { listen = ["192.0.2.1:1724", "198.51.100.1:1723"], max_sessions = 65535 }
     [tunnel]
     interface = "vpn.7_x-y"
     local_address = "10.0.0.1"
     pool = ["10.1.0.0/24", "10.2.0.9", "10.3.0.1-10.3.0.2"]
     allow_overlap = true
     dns = ["1.1.1.1", "8.8.8.8"]
     wins = ["10.0.0.2"]
     mtu = 576
     [pools]
     guests = ["10.4.0.0/30"]
     "7_of-9" = ["10.5.0.9", "10.6.0.1"]
     [security]
     authentication = ["pap", "ms-chap-v2", "chap-md5", "ms-chap-v1"]
     mppe_strengths = [40, 128, 56]
     mppe_stateful = true
     [users]
     max_sessions = 0
     [password]
     min_length = 8
     max_age_days = 3650
     [records]
     sessions_days = 36500
     attempts_days = 0
     audit_days = 1
     [events]
     keep = 1000000
     days = 0
     [metrics]
     per_user = true
     [gre]
     reorder_packets = 0
     reorder_delay_ms = 100
     [data_plane]
     workers = 32
     mppe = "typescript"
     [nat]
     mode = "required"
     [admin]
     listen = "[::1]:1724"
     tls_certificate = "tls/certificate.pem"
     tls_key = "/srv/key.pem"
     allow_plain = true
     socket = "run/admin.sock"
     socket_group = "adm"
     trusted_proxies = ["192.0.2.0/24", "2001:DB8::1"]
     require_if_match = true
     [log]
     level = "debug"`,
    "/etc/pacd/pacd.toml",
  );
  assert.deepEqual(config, {
    state: { directory: "/srv/pacd" },
    pptp: {
      listen: [
        { host: "192.0.2.1", port: 1724 },
        { host: "198.51.100.1", port: 1723 },
      ],
      maxSessions: 65535,
    },
    tunnel: {
      interface: "vpn.7_x-y",
      localAddress: parseIpv4("10.0.0.1"),
      pool: [
        {
          first: parseIpv4("10.1.0.1"),
          last: parseIpv4("10.1.0.254"),
          claims: { first: parseIpv4("10.1.0.0"), last: parseIpv4("10.1.0.255") },
        },
        { first: parseIpv4("10.2.0.9"), last: parseIpv4("10.2.0.9") },
        { first: parseIpv4("10.3.0.1"), last: parseIpv4("10.3.0.2") },
      ],
      allowOverlap: true,
      dns: ["1.1.1.1", "8.8.8.8"].map(parseIpv4),
      wins: [parseIpv4("10.0.0.2")],
      mtu: 576,
    },
    pools: new Map([
      [
        "guests",
        [
          {
            first: parseIpv4("10.4.0.1"),
            last: parseIpv4("10.4.0.2"),
            claims: { first: parseIpv4("10.4.0.0"), last: parseIpv4("10.4.0.3") },
          },
        ],
      ],
      [
        "7_of-9",
        [
          { first: parseIpv4("10.5.0.9"), last: parseIpv4("10.5.0.9") },
          { first: parseIpv4("10.6.0.1"), last: parseIpv4("10.6.0.1") },
        ],
      ],
    ]),
    security: {
      authentication: ["pap", "ms-chap-v2", "chap-md5", "ms-chap-v1"],
      mppeStrengths: [128, 56, 40],
      mppeStateful: true,
    },
    users: { maxSessions: 0 },
    password: { minLength: 8, maxAgeDays: 3650 },
    records: { sessionsDays: 36500, attemptsDays: 0, auditDays: 1 },
    events: { keep: 1_000_000, days: 0 },
    metrics: { perUser: true },
    gre: { reorderPackets: 0, reorderDelay: 100 },
    dataPlane: { workers: 32, mppe: "typescript" },
    nat: { mode: "required", acceptForward: false },
    admin: {
      listen: { host: "::1", port: 1724 },
      tls: { certificate: "/etc/pacd/tls/certificate.pem", key: "/srv/key.pem" },
      allowPlain: true,
      socket: "/etc/pacd/run/admin.sock",
      socketGroup: "adm",
      trustedProxies: [
        { bits: 32, value: 0xc0000200n, prefix: 24 },
        { bits: 128, value: 0x20010db8_00000000_00000000_00000001n, prefix: 128 },
      ],
      requireIfMatch: true,
    },
    log: { level: "debug" },
  });
});

for (const [local, left] of [
  ["10.0.0.1", ["10.0.0.2-10.0.0.254"]],
  ["10.0.0.254", ["10.0.0.1-10.0.0.253"]],
  ["10.0.0.100", ["10.0.0.1-10.0.0.99", "10.0.0.101-10.0.0.254"]],
  ["10.0.1.1", ["10.0.0.1-10.0.0.254"]],
] as const)
  test(`a pool of 10.0.0.0/24 leaves out the concentrator's own ${local}`, () => {
    const { tunnel } = parseConfig(`[tunnel]\nlocal_address = "${local}"\npool = ["10.0.0.0/24"]`, "/x.toml");
    assert.deepEqual(tunnel.pool.map(formatRange), left);
  });

test("a named pool leaves out the concentrator's own address too", () => {
  const { pools } = parseConfig(
    '[tunnel]\nlocal_address = "10.9.0.1"\n[pools]\nguests = ["10.9.0.0/24"]',
    "/x.toml",
  );
  assert.deepEqual(pools.get("guests")?.map(formatRange), ["10.9.0.2-10.9.0.254"]);
});

test("names of pools that JavaScript knows otherwise are names like others", () => {
  const { pools } = parseConfig('[pools]\nconstructor = ["10.9.0.1"]\n__proto__ = ["10.9.0.2"]', "/x.toml");
  assert.deepEqual([...pools.keys()], ["constructor", "__proto__"]);
});

test("a relative state directory is against the directory of the file", (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "pacd.toml"), '[state]\ndirectory = "../data"');
  assert.equal(
    loadConfig(join(directory, "pacd.toml"), { defaults }).state.directory,
    resolve(directory, "../data"),
  );
});

test("a file that is missing, a directory or not UTF-8 is config-unreadable, naming it", (t) => {
  const directory = temporaryDirectory(t);
  const latin1 = join(directory, "latin1.toml");
  writeFileSync(latin1, Buffer.from("# Gr\xfc\xdfe", "latin1"));
  for (const file of [join(directory, "none.toml"), directory, latin1])
    assert.throws(
      () => loadConfig(file, { defaults }),
      (error: Error & { code?: unknown }) =>
        error.code === "config-unreadable" && error.message.startsWith(`${file}: cannot be read: `),
    );
});
