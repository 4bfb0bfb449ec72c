import assert from "node:assert/strict";
import { test } from "node:test";
import { derivations } from "./vectors/derivations.ts";
import { published } from "./vectors/published.ts";

for (const vector of published) {
  const erratum = vector.erratum === undefined ? "" : ` (erratum: ${vector.erratum})`;
  for (const [field, expected] of Object.entries(vector.expected)) {
    if (field === "compressed") continue; // test/unit/mppe/mppc-decompressor.test.ts
    test(`${vector.source}, ${vector.id}: ${field}${erratum}`, () => {
      assert.equal(derivations[field]?.(vector), expected);
    });
  }
}
