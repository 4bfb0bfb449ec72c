import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { formatRange } from "../../../server/config/addresses.ts";
import type { Config } from "../../../server/config/config-types.ts";
import { KEYS } from "../../../server/config/keys.ts";
import { loadConfig, parseConfig } from "../../../server/config/load-config.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { octets } from "../../../server/wire/units.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const EXAMPLE = join(import.meta.dirname, "../../../deploy/pacd.example.toml");
const defaults = { stateDirectory: "./var" };

const DEFAULT: Config = {
  state: { directory: "/var/lib/pacd" },
  pptp: { listen: { host: "0.0.0.0", port: 1723 }, maxSessions: 1000 },
  tunnel: {
    interface: "pac0",
    localAddress: parseIpv4("10.77.0.1")!,
    pool: [{ first: parseIpv4("10.77.0.10")!, last: parseIpv4("10.77.3.250")! }],
    dns: [],
    wins: [],
    mtu: octets(1400),
  },
  nat: { mode: "auto" },
  admin: { listen: { host: "127.0.0.1", port: 8723 } },
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
  assert.deepEqual(loadConfig(file, { defaults }), DEFAULT);
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
  assert.deepEqual(written, declared);
});

test("every key can be set", () => {
  const config = parseConfig(
    `state.directory = "/srv/pacd"
     pptp = { listen = "192.0.2.1:1724", max_sessions = 65535 }
     [tunnel]
     interface = "vpn.7_x-y"
     local_address = "10.0.0.1"
     pool = ["10.1.0.0/24", "10.2.0.9", "10.3.0.1-10.3.0.2"]
     dns = ["1.1.1.1", "8.8.8.8"]
     wins = ["10.0.0.2"]
     mtu = 576
     [nat]
     mode = "required"
     [admin]
     listen = "[::1]:1724"
     [log]
     level = "debug"`,
    "/x.toml",
  );
  assert.deepEqual(config, {
    state: { directory: "/srv/pacd" },
    pptp: { listen: { host: "192.0.2.1", port: 1724 }, maxSessions: 65535 },
    tunnel: {
      interface: "vpn.7_x-y",
      localAddress: parseIpv4("10.0.0.1"),
      pool: [
        { first: parseIpv4("10.1.0.1"), last: parseIpv4("10.1.0.254") },
        { first: parseIpv4("10.2.0.9"), last: parseIpv4("10.2.0.9") },
        { first: parseIpv4("10.3.0.1"), last: parseIpv4("10.3.0.2") },
      ],
      dns: ["1.1.1.1", "8.8.8.8"].map(parseIpv4),
      wins: [parseIpv4("10.0.0.2")],
      mtu: 576,
    },
    nat: { mode: "required" },
    admin: { listen: { host: "::1", port: 1724 } },
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
