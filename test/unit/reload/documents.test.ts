import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { KEYS_IN_CONFIG, OPEN_SECTIONS_IN_CONFIG } from "../../../server/config/key-values.ts";
import { IN_SIMULATION, ON_A_HOST } from "../../support/reload-tested-keys.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/operations.md"), "utf8");
const section = text.slice(text.indexOf("\n## Reload\n")).split("\n## ")[1]!;
const rows = [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, key, counts]) => [
  key!,
  counts!.trim(),
]);

const WORDS = { now: "at once", "next-dial": "next dial", restart: "restart" } as const;

test("docs/operations.md says of every key when it counts after a reload, as the program has it", () => {
  const declared = [
    ...Object.entries(KEYS_IN_CONFIG).map(([key, { counts }]) => [key, WORDS[counts]]),
    ...Object.entries(OPEN_SECTIONS_IN_CONFIG).map(([name, { counts }]) => [`[${name}]`, WORDS[counts]]),
  ];
  assert.deepEqual(rows, declared);
});

test("each key is tried in a simulation or on a host", () => {
  assert.deepEqual([...IN_SIMULATION, ...ON_A_HOST].sort(), Object.keys(KEYS_IN_CONFIG).sort());
});
