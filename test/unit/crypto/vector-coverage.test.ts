import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { keyChains } from "./vectors/key-chains.ts";
import { published } from "./vectors/published.ts";
import { win7FirstFrame, win7Login } from "./vectors/win7.ts";

/**
 * The collection that the fixtures were typed from; it stands beside the repository on the maintainers'
 * machines.
 */
const COLLECTION = new URL("../../../../shared/facts/vectors.json", import.meta.url);
const skip = existsSync(COLLECTION) ? false : "the collection of vectors is not beside the repository";

type Fields = Record<string, unknown>;

const collection = (): Record<string, unknown> => JSON.parse(readFileSync(COLLECTION, "utf8"));

/** The collection writes auth_challenge where our fixtures write authChallenge. */
const camelCase = (fields: unknown): Fields =>
  Object.fromEntries(
    Object.entries(fields as Fields).map(([name, value]) => [
      name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

test("no two fixtures share an ID", () => {
  assert.equal(new Set(published.map((vector) => vector.id)).size, published.length);
});

test("every published vector of the collection is a fixture with the same inputs and outputs", {
  skip,
}, () => {
  const wanted = collection()["published"] as { id: string; inputs: unknown; expected: unknown }[];
  assert.ok(wanted.length > 0);
  for (const { id, inputs, expected } of wanted) {
    const fixture = published.find((vector) => vector.id === id);
    assert.deepEqual(fixture?.inputs, camelCase(inputs), id);
    assert.deepEqual(fixture?.expected, camelCase(expected), id);
  }
});

test("every key chain of the collection is a fixture", { skip }, () => {
  assert.deepEqual(keyChains, (collection()["computed_key_chains"] as unknown[]).map(camelCase));
});

test("the golden values of the Windows 7 capture are fixtures", { skip }, () => {
  const { golden } = collection()["capture_win7"] as { golden: unknown[] };
  assert.deepEqual([win7Login, win7FirstFrame], golden.map(camelCase));
});

test("every erratum of the collection has a test", { skip }, () => {
  const tests = readFileSync(new URL("errata.test.ts", import.meta.url), "utf8");
  for (const erratum of collection()["errata"] as string[]) {
    const [, rfc, section] = /^RFC (\d+) ([\d.]+)/.exec(erratum)!;
    assert.ok(tests.includes(`RFC ${rfc} §${section} erratum`), erratum);
  }
});
