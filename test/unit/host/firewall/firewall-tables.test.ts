import assert from "node:assert/strict";
import { test } from "node:test";
import { hasLegacyFilter } from "../../../../server/host/firewall/firewall-tables.ts";

const reading = (files: Record<string, string | { readonly code: string }>) => (path: string) => {
  const found = files[path] ?? { code: "ENOENT" };
  if (typeof found === "string") return found;
  throw Object.assign(new Error(found.code), found);
};

test("the list of tables says whether the old iptables is in use", () => {
  const names = "/proc/self/net/ip_tables_names";
  assert.ok(hasLegacyFilter(reading({ [names]: "nat\nfilter\n" })));
  assert.ok(!hasLegacyFilter(reading({ [names]: "nat\n", "/proc/modules": "iptable_filter 1 0\n" })));
  assert.ok(!hasLegacyFilter(reading({ "/proc/modules": "iptable_filter 1 0\n" })));
});

test("where it may not be read, which a user who is not root may not, the list of modules does", () => {
  const secret = { "/proc/self/net/ip_tables_names": { code: "EACCES" } };
  assert.ok(hasLegacyFilter(reading({ ...secret, "/proc/modules": "tun 1 0\niptable_filter 12288 1\n" })));
  assert.ok(!hasLegacyFilter(reading({ ...secret, "/proc/modules": "iptable_filter_x 1 0\n" })));
  assert.ok(!hasLegacyFilter(reading(secret)));
});
