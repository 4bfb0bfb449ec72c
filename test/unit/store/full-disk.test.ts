import assert from "node:assert/strict";
import { test } from "node:test";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

const skip = needs({ root: true, programs: ["ip", "mount"], namespaces: true });

for (const [what, file] of [
  ["a database on a disk that fills up", "full-disk.ts"],
  ["a database that gets a new schema on a disk that is full", "full-upgrade.ts"],
])
  test(what!, { skip }, async (t) => {
    const namespace = new Namespace();
    t.after(() => namespace.remove());
    const { facts, output } = namespace.facts(new URL(`inside/${file}`, import.meta.url));
    for (const { name, holds } of facts) await t.test(name, () => assert.ok(holds, output));
  });
