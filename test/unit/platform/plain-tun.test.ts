import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildCopy, copyTree } from "../../support/addon-copy.ts";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

/** On a kernel that knows no vnet header: an addon that asks for none stands for it. */
const skip = needs({
  root: true,
  programs: ["cc", "ip", "ping"],
  tun: true,
  addon: true,
  namespaces: true,
});

const copy = copyTree();
after(() => rmSync(copy, { recursive: true }));

test("the addon builds for a TUN without a vnet header", { skip }, () => {
  const header = join(copy, "plain.h");
  writeFileSync(header, "#include <linux/if_tun.h>\n#undef IFF_VNET_HDR\n#define IFF_VNET_HDR 0\n");
  assert.deepEqual(buildCopy(copy, `-Werror -include ${header}`), [0, "", ""]);
});

for (const file of ["tun-tap.ts", "tun-interface.ts", "threads.ts"]) {
  test(`without a vnet header: ${file}`, { skip }, async (t) => {
    const namespace = new Namespace();
    try {
      const { facts, output } = namespace.facts(pathToFileURL(join(copy, "test/unit/platform/inside", file)));
      for (const fact of facts) await t.test(fact.name, () => assert.ok(fact.holds, output));
    } finally {
      namespace.remove();
    }
  });
}
