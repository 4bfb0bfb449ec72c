import assert from "node:assert/strict";
import { test } from "node:test";
import { compareConfigs, configValues, writtenValue } from "../../../server/config/compare-configs.ts";
import { KEYS_IN_CONFIG, OPEN_SECTIONS_IN_CONFIG } from "../../../server/config/key-values.ts";
import { KEYS, OPEN_SECTIONS } from "../../../server/config/keys.ts";
import { parseConfig } from "../../../server/config/load-config.ts";
import { CHANGED_KEYS } from "../../support/changed-keys.ts";

const FILE = "/etc/pacd/pacd.toml";
const defaults = parseConfig("", FILE);

test("every key of the file has a class, and no other has", () => {
  const declared = Object.entries(KEYS).flatMap(([section, keys]) =>
    Object.keys(keys).map((key) => `${section}.${key}`),
  );
  assert.deepEqual(Object.keys(KEYS_IN_CONFIG), declared);
  assert.deepEqual(Object.keys(OPEN_SECTIONS_IN_CONFIG), Object.keys(OPEN_SECTIONS));
});

test("a configuration does not differ from itself", () => {
  assert.deepEqual(compareConfigs(defaults, parseConfig("", FILE)), []);
});

for (const [key, { written, from, beside = "" }] of Object.entries(CHANGED_KEYS)) {
  test(`${key} alone is what differs where it alone is written`, () => {
    const [section, name] = key.split(".");
    const before =
      from === undefined ? defaults : parseConfig(`[${section}]\n${beside}${name} = ${from}`, FILE);
    const changed = parseConfig(`[${section}]\n${beside}${name} = ${written}`, FILE);
    const changes = compareConfigs(before, changed);
    assert.deepEqual(
      changes.map((change) => change.key),
      [key],
    );
    assert.equal(writtenValue(changes[0]!.to!), written);
    assert.deepEqual(
      compareConfigs(changed, before).map(({ from, to }) => [from, to]),
      changes.map(({ from, to }) => [to, from]),
    );
  });
}

test("pools of their own come, change and go by their names", () => {
  const pools = (toml: string) => parseConfig(`[pools]\n${toml}`, FILE);
  const before = pools('guests = ["10.78.0.0/24"]\nold = ["10.79.0.1"]');
  const after = pools('guests = ["10.78.0.0/25"]\nnew = ["10.80.0.1-10.80.0.9"]');
  assert.deepEqual(compareConfigs(before, after), [
    { key: "pools.guests", from: ["10.78.0.0/24"], to: ["10.78.0.0/25"], counts: "now" },
    { key: "pools.old", from: ["10.79.0.1"], to: undefined, counts: "now" },
    { key: "pools.new", from: undefined, to: ["10.80.0.1-10.80.0.9"], counts: "now" },
  ]);
});

test("another address of the concentrator's own is no other pool, though it is left out of that", () => {
  const pool = 'pool = ["10.77.0.0/24"]';
  const before = parseConfig(`[tunnel]\n${pool}\nlocal_address = "10.77.0.1"`, FILE);
  const after = parseConfig(`[tunnel]\n${pool}\nlocal_address = "10.77.0.9"`, FILE);
  assert.deepEqual(
    compareConfigs(before, after).map(({ key }) => key),
    ["tunnel.local_address"],
  );
});

test("what is written otherwise and means the same is no change", () => {
  const before = parseConfig(
    'pptp.listen = ["1.2.3.4:1723"]\n[tunnel]\npool = ["10.77.0.9-10.77.0.9"]',
    FILE,
  );
  const after = parseConfig('pptp.listen = "1.2.3.4:1723"\n[tunnel]\npool = ["10.77.0.9"]', FILE);
  assert.deepEqual(compareConfigs(before, after), []);
});

test("a range that is as long as a network hands out its ends, and is another pool", () => {
  const pool = (entry: string, local: string) =>
    parseConfig(`[tunnel]\nlocal_address = "${local}"\npool = ["${entry}"]`, FILE);
  for (const local of ["10.77.0.1", "10.77.0.255", "10.77.0.100", "10.99.0.1"]) {
    const range = pool("10.77.0.0-10.77.0.255", local);
    const network = pool("10.77.0.0/24", local);
    assert.deepEqual(
      compareConfigs(range, network).map(({ from, to }) => [from, to]),
      [[["10.77.0.0-10.77.0.255"], ["10.77.0.0/24"]]],
      local,
    );
  }
});

test("what is shown of a configuration can be read again, and is the same one", () => {
  const config = parseConfig(
    `[tunnel]
     pool = ["10.77.0.0/24", "10.81.0.9"]
     local_address = "10.77.0.7"
     dns = ["10.0.0.1"]
     [pools]
     guests = ["10.78.0.1-10.78.0.9"]
     [security]
     mppe_strengths = [40, 128]`,
    FILE,
  );
  const toml = configValues(config)
    .map(({ key, value }) => `${key} = ${writtenValue(value)}`)
    .join("\n");
  const again = parseConfig(toml, FILE);
  assert.deepEqual(compareConfigs(config, again), []);
  assert.deepEqual(configValues(again), configValues(config));
});
