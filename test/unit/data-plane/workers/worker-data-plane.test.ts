import assert from "node:assert/strict";
import { test } from "node:test";
import { Namespace } from "../../../support/namespace.ts";
import { needs } from "../../../support/needs.ts";

const skip = needs({ root: true, programs: ["ip", "setpriv"], tun: true, addon: true, namespaces: true });

for (const [name, file] of [
  ["a worker thread", new URL("inside/worker-data-plane.ts", import.meta.url)],
  ["two worker threads", new URL("inside/two-workers.ts", import.meta.url)],
] as const)
  test(`${name}, in a namespace`, { skip }, async (t) => {
    const namespace = new Namespace();
    try {
      const { facts, output } = namespace.facts(file);
      for (const fact of facts) await t.test(fact.name, () => assert.ok(fact.holds, output));
    } finally {
      namespace.remove();
    }
  });
