import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { showConfig } from "../../../server/config/config-origins.ts";
import { loadConfig, parseConfig } from "../../../server/config/load-config.ts";
import { CHANGED_KEYS } from "../../support/changed-keys.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

function written(t: TestContext, toml: string) {
  const file = join(temporaryDirectory(t), "pacd.toml");
  writeFileSync(file, toml);
  const running = parseConfig(toml, file);
  const of = (key: string) => {
    const found = showConfig(running, file).keys.find((one) => one.key === key)!;
    return [found.value, found.origin, found.line, found.inFile];
  };
  return { file, running, of };
}

test("what is written has its line, what is not is a default", (t) => {
  const { of } = written(t, '[tunnel]\n\nmtu = 1400\ndns = [\n"10.0.0.53"]\n[pools]\nguests = ["10.9.0.1"]');
  assert.deepEqual(of("tunnel.mtu"), [1400, "file", 3, null]);
  assert.deepEqual(of("tunnel.dns"), [["10.0.0.53"], "file", 4, null]);
  assert.deepEqual(of("pools.guests"), [["10.9.0.1"], "file", 7, null]);
  assert.deepEqual(of("tunnel.wins"), [[], "default", null, null]);
});

for (const [key, { written: value, from, beside = "" }] of Object.entries(CHANGED_KEYS))
  test(`${key} is shown with its line, and what the file says of it by now`, (t) => {
    const [section, name] = key.split(".");
    const before = from === undefined ? "" : `${name} = ${from}`;
    const { file, running, of } = written(t, `[${section}]\n${beside}${before}`);
    writeFileSync(file, `[${section}]\n${beside}${name} = ${value}`);
    const now = parseConfig(`[${section}]\n${beside}${name} = ${value}`, file);
    assert.notDeepEqual(of(key)[3], null);
    assert.deepEqual(of(key)[0], showConfig(running, undefined).keys.find((one) => one.key === key)?.value);
    const line = beside === "" ? 2 : 3;
    assert.deepEqual(showConfig(now, file).keys.find((one) => one.key === key)?.line, line);
  });

test("a file that cannot be used by now is told, and what runs is shown all the same", (t) => {
  const { file, running, of } = written(t, "[tunnel]\nmtu = 1300");
  writeFileSync(file, "[tunnel]\nmtu = 1\n[nat]\nmode = 1");
  assert.match(showConfig(running, file).fault!, /:2: tunnel\.mtu: .*\n.*:4: nat\.mode: /);
  assert.deepEqual(of("tunnel.mtu"), [1300, "file", null, null]);
  rmSync(file);
  assert.match(showConfig(running, file).fault!, /ENOENT/);
  assert.deepEqual(of("nat.mode"), ["auto", "default", null, null]);
});

test("without a file all is a default, the state directory of a working copy too", () => {
  const { file, keys, fault } = showConfig(
    loadConfig(undefined, { defaults: { stateDirectory: "/x/var" } }),
    undefined,
  );
  assert.deepEqual([file, fault], [null, null]);
  assert.deepEqual(new Set(keys.map(({ origin }) => origin)), new Set(["default"]));
});
