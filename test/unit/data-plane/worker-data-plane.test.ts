import assert from "node:assert/strict";
import { test } from "node:test";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

const skip = needs({ root: true, programs: ["ip"], tun: true, addon: true, namespaces: true });

test("the worker thread, in a namespace of its own", { skip }, async (t) => {
  const namespace = new Namespace();
  try {
    const { facts, output } = namespace.facts(new URL("inside/worker-data-plane.ts", import.meta.url));
    for (const fact of facts) await t.test(fact.name, () => assert.ok(fact.holds, output));
  } finally {
    namespace.remove();
  }
});
