import assert from "node:assert/strict";
import { test } from "node:test";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

const skip = needs({ root: true, programs: ["ip", "mount"], namespaces: true });

test("a database on a disk that fills up", { skip }, async (t) => {
  const namespace = new Namespace();
  t.after(() => namespace.remove());
  const { facts, output } = namespace.facts(new URL("inside/full-disk.ts", import.meta.url));
  for (const { name, holds } of facts) await t.test(name, () => assert.ok(holds, output));
});
