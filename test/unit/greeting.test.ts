import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { greeting, whereFrom } from "../../server/greeting.ts";

const ROOT = join(import.meta.dirname, "../..");
const facts = {
  version: "1.2.3",
  nat: "on",
  notes: [],
  users: 0,
  certificate: undefined,
  configFile: undefined,
} as const;

test("without users the last line is the command that adds the first one", () => {
  const lines = greeting({
    ...facts,
    config: parseConfig("", "x"),
    tokenFile: join(ROOT, "var/admin-token"),
  });
  assert.match(lines.at(-1)!, /^Add the first user: \S*bin\/pacctl user add alice$/);
  assert.ok(lines.some((line) => line.includes("http://127.0.0.1:8723") && line.includes("var/admin-token")));
});

test("where pacctl cannot find token and API by itself, the command says which configuration it is", () => {
  const config = parseConfig('[admin]\nlisten = "127.0.0.1:9000"', "x");
  const lines = greeting({ ...facts, config, tokenFile: "/srv/pacd/admin-token", configFile: "/srv/x.toml" });
  assert.match(lines.at(-1)!, /: \S*bin\/pacctl --config \/srv\/x\.toml user add alice$/);
});

test("with TLS it says https, and the fingerprint", () => {
  const config = parseConfig("", "x");
  const lines = greeting({ ...facts, config, tokenFile: "/t", certificate: { fingerprint: "AB:CD" } });
  const at = lines.findIndex((line) => line.startsWith("Admin API: https://127.0.0.1:8723, token in /t"));
  assert.equal(lines[at + 1], "Its certificate, SHA-256: AB:CD");
});

test("with users it names their number instead", () => {
  const lines = greeting({
    ...facts,
    users: 3,
    config: parseConfig("", "x"),
    tokenFile: "/srv/pacd/admin-token",
  });
  assert.match(lines.at(-1)!, /^Users: 3\. .*session list$/);
});

test("what is not as expected stands in the greeting, and what NAT came to", () => {
  const notes = ["nft is missing.", "pacd goes on without NAT."];
  const config = parseConfig('tunnel.dns = ["10.0.0.53"]', "x");
  const lines = greeting({ ...facts, nat: "unavailable", notes, config, tokenFile: "/t" });
  assert.deepEqual(lines.slice(2, 4), notes);
  assert.match(lines[1]!, /NAT is unavailable\.$/);
});

test("an admin API beyond the loopback is told right after its line", () => {
  const config = parseConfig('[admin]\nlisten = "192.0.2.5:8723"\nallow_plain = true', "x");
  const lines = greeting({ ...facts, config, tokenFile: "/t" });
  const at = lines.findIndex((line) => line.startsWith("Admin API: http://192.0.2.5:8723"));
  assert.match(lines[at + 1]!, /^The admin API listens on 192\.0\.2\.5:8723, .* plain HTTP/);
});

test("where clients get no name server, what they do then and the key that changes it", () => {
  const said = (toml: string) =>
    greeting({ ...facts, config: parseConfig(toml, "x"), tokenFile: "/t" }).join("\n");
  assert.match(said(""), /^Clients are given no name server \(DNS\): .*: \[tunnel\] dns = \["ADDRESS"\]$/m);
  assert.doesNotMatch(said('tunnel.dns = ["10.0.0.53"]'), /name server/);
});

test("the configuration and the state directory are told by absolute paths", () => {
  const config = parseConfig('state.directory = "state"', "/etc/pacd/pacd.toml");
  assert.equal(
    whereFrom("/etc/pacd/pacd.toml", config),
    "Configuration: /etc/pacd/pacd.toml; state: /etc/pacd/state",
  );
  assert.equal(
    whereFrom("here.toml", config),
    `Configuration: ${join(process.cwd(), "here.toml")}; state: /etc/pacd/state`,
  );
  const example = join(ROOT, "deploy/pacd.example.toml");
  assert.ok(
    whereFrom(undefined, config).startsWith(`Configuration: built-in defaults (for --config, ${example} has`),
  );
});
