import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { greeting } from "../../server/greeting.ts";

const ROOT = join(import.meta.dirname, "../..");
const facts = { version: "1.2.3", nat: "on", notes: [], users: 0 } as const;

test("without users the last line is the command that adds the first one", () => {
  const lines = greeting({
    ...facts,
    config: parseConfig("", "x"),
    tokenFile: join(ROOT, "var/admin-token"),
  });
  assert.match(lines.at(-1)!, /^Add the first user: \S*bin\/pacctl user add alice$/);
  assert.ok(lines.some((line) => line.includes("http://127.0.0.1:8723") && line.includes("var/admin-token")));
});

test("where pacctl cannot find token or API by itself, the command says where they are", () => {
  const config = parseConfig('[admin]\nlisten = "0.0.0.0:9000"', "x");
  const lines = greeting({ ...facts, config, tokenFile: "/srv/pacd/admin-token" });
  assert.match(
    lines.at(-1)!,
    /PACD_URL=http:\/\/127\.0\.0\.1:9000 \S*bin\/pacctl --token-file \/srv\/pacd\/admin-token user add alice$/,
  );
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
  const config = parseConfig("", "x");
  const lines = greeting({ ...facts, nat: "unavailable", notes, config, tokenFile: "/t" });
  assert.deepEqual(lines.slice(2, 4), notes);
  assert.match(lines[1]!, /NAT is unavailable\.$/);
});

test("an admin API beyond the loopback is told right after its line", () => {
  const config = parseConfig('[admin]\nlisten = "192.0.2.5:8723"', "x");
  const lines = greeting({ ...facts, config, tokenFile: "/t" });
  const at = lines.findIndex((line) => line.startsWith("Admin API: http://192.0.2.5:8723"));
  assert.match(lines[at + 1]!, /^The admin API listens on 192\.0\.2\.5:8723, .* plain HTTP/);
});
