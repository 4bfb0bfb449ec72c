import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { configurationFile } from "../../../deploy/debian/configuration.ts";
import { configurationPage } from "../../../deploy/debian/man/configuration-page.ts";
import { KEYS, OPEN_SECTIONS } from "../../../server/config/keys.ts";
import { parseConfig } from "../../../server/config/load-config.ts";

const EXAMPLE = readFileSync(join(import.meta.dirname, "../../../deploy/pacd.example.toml"), "utf8");
const FILE = configurationFile(EXAMPLE);

test("the package's configuration sets nothing", () => {
  assert.deepEqual(parseConfig(FILE, "/etc/pacd/pacd.toml"), parseConfig("", "/etc/pacd/pacd.toml"));
  assert.doesNotMatch(FILE, /^\w+ *=/m);
});

test("without the marks of comments it is the example", () => {
  const keys = (toml: string) => toml.match(/^(?:# )?\w+ = .*$/gm)!.map((line) => line.replace(/^# /, ""));
  assert.deepEqual(keys(FILE), keys(EXAMPLE));
});

test("pacd.toml(5) explains every key that there is", () => {
  const page = configurationPage(EXAMPLE, new Date(0));
  for (const [section, keys] of Object.entries(KEYS)) {
    const [, chapter = ""] = page.split(`.SS [${section}]`);
    for (const key of Object.keys(keys))
      assert.match(chapter.split(/^\.S/m)[0]!, new RegExp(`^\\\\fB${key} = .*\\\\fR\n\\S{2}`, "m"), key);
  }
  for (const section of Object.keys(OPEN_SECTIONS))
    assert.match(page, new RegExp(`^\\.SS \\[${section}\\]$`, "m"));
});

test("a line of the example that is no key is refused, so that no key is left out of the page unseen", () => {
  assert.throws(
    () => configurationPage(`${EXAMPLE}\nfrob = 1 # one blank\n`, new Date(0)),
    /no key: frob = 1/,
  );
});
