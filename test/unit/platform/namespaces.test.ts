import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

/**
 * The facts in `inside/` touch interfaces, routes and rules, so each file of them runs in a network namespace
 * that is made for it and removed again. Here they are reported one by one.
 */
const inside = new URL("inside/", import.meta.url);
const skip = needs({
  root: true,
  programs: ["ip", "nft", "ping", "setpriv", "unshare"],
  tun: true,
  addon: true,
  namespaces: true,
});

for (const file of readdirSync(inside).sort()) {
  test(`in a namespace of its own: ${file}`, { skip }, async (t) => {
    const namespace = new Namespace();
    try {
      const { facts, output } = namespace.facts(new URL(file, inside));
      for (const fact of facts) await t.test(fact.name, () => assert.ok(fact.holds, output));
    } finally {
      namespace.remove();
    }
  });
}
