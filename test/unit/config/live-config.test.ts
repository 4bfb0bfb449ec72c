import assert from "node:assert/strict";
import { test } from "node:test";
import { compareConfigs } from "../../../server/config/compare-configs.ts";
import { type ConfigKey, KEYS_IN_CONFIG } from "../../../server/config/key-values.ts";
import { liveConfig } from "../../../server/config/live-config.ts";
import { parseConfig } from "../../../server/config/load-config.ts";
import { CHANGED_KEYS } from "../../support/changed-keys.ts";

const FILE = "/etc/pacd/pacd.toml";
const now = parseConfig("", FILE);

for (const [key, { written, beside = "" }] of Object.entries(CHANGED_KEYS)) {
  const { counts } = KEYS_IN_CONFIG[key as ConfigKey];
  test(`${key}, which counts ${counts}, ${counts === "restart" ? "stays as it is" : "is taken over"}`, () => {
    const [section, name] = key.split(".");
    const file = parseConfig(`[${section}]\n${beside}${name} = ${written}`, FILE);
    const live = compareConfigs(now, liveConfig(now, file)).map((change) => change.key);
    assert.equal(live.includes(key as ConfigKey), counts !== "restart");
    assert.deepEqual(
      compareConfigs(liveConfig(now, file), file).map((change) => change.key),
      counts === "restart" ? [key] : [],
    );
  });
}
