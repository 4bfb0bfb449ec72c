import assert from "node:assert/strict";
import { test } from "node:test";
import { describeCutFrame } from "../../../../server/ppp/describe/describe-cut-frame.ts";
import { cutFrameFields } from "../../../../server/ppp/fields/cut-frame-fields.ts";
import type { FieldContext } from "../../../../server/ppp/fields/field-context.ts";
import { frameFields } from "../../../../server/ppp/fields/frame-fields.ts";
import type { ShownField } from "../../../../server/wire/shown-field.ts";
import { FRAMES } from "../../../fuzz/seeds.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { packet } from "../link/dial.ts";

const SHOWING: FieldContext = { secrets: true, method: "ms-chap-v2" };

const text = (value: number | string): string => String(value);

/** Each field of `part` stands in `whole` as well, with the same value or more of it. */
function isPart(part: readonly ShownField[], whole: readonly ShownField[]): void {
  for (const { name, value } of part) {
    if (name === "octets" || text(value) === "[cut]") continue;
    const begun = text(value).replace(/\[cut\]$/, "");
    const found = whole.filter((field) => field.name === name).map((field) => text(field.value));
    assert.ok(
      found.some((one) => one === text(value) || one.startsWith(begun)),
      `${name}: ${value} of ${found.join()}`,
    );
  }
}

test("every prefix of a frame shows what the whole frame shows, and what is missing as cut", () => {
  for (const frame of FRAMES) {
    const whole = frameFields(frame, SHOWING);
    // Of what contradicts itself as a whole, the beginning may make sense.
    if (whole.some(({ text: said = "" }) => /malformed|\(no p/i.test(said))) continue;
    for (const prefix of strictPrefixes(frame)) {
      const line = describeCutFrame(prefix);
      const fields = cutFrameFields(prefix, SHOWING);
      const isCut = fields.some(({ value }) => text(value).endsWith("[cut]"));
      assert.equal(isCut, line.text.endsWith("[cut]"), `${line.text} and ${JSON.stringify(fields)}`);
      if (isCut) isPart(fields, whole);
    }
  }
});

test("codes and identifiers alone, options, names, texts: as far as they are there", () => {
  const request = packet("lcp", 1, 7, [
    [1, "0578"],
    [5, "0c6f3548"],
  ]);
  const of = (octets: Uint8Array) => describeCutFrame(octets).text;
  assert.deepEqual(
    [0, 2, 4, 5, 6, 8, 12, 17].map((kept) => of(request.subarray(0, kept))),
    [
      "[cut]",
      "[cut]",
      "[cut]",
      "Configure-Request [cut]",
      "Configure-Request [cut]",
      "Configure-Request id=7 [cut]",
      "Configure-Request id=7 mru=1400 [cut]",
      "Configure-Request id=7 mru=1400 [cut]",
    ],
  );
  assert.equal(describeCutFrame(fromHex("c223")).layer, "chap");
  const name = bytes`c223 02 07 003b 31 ${new Uint8Array(49)} ${ascii("al")}`;
  assert.equal(of(name), 'Response id=7 value=(49 octets) name="al" [cut]');
  const pap = bytes`c023 01 01 0020 05 ${ascii("alice")} 08 ${ascii("s3c")}`;
  assert.equal(of(pap), 'Authenticate-Request id=1 name="alice" password=(hidden) [cut]');
  assert.equal(of(pap.subarray(0, 9)), 'Authenticate-Request id=1 name="al" [cut]');
  assert.equal(of(bytes`c021 05 01 0020 ${ascii("MPPE dis")}`), 'Terminate-Request id=1 "MPPE dis" [cut]');
  assert.equal(of(bytes`c021 05 01 0010 0c6f3548 003c`), "Terminate-Request id=1 [cut]");
  assert.equal(of(bytes`c021 09 01 0008 0c6f`), "Echo-Request id=1 [cut]");
});

test("the beginning of S= and C= shows no more than the whole of it", () => {
  for (let digits = 0; digits < 40; digits += 1)
    for (const secrets of ["S=", "E=691 R=0 C="]) {
      const cut = bytes`c223 03 07 0040 ${ascii(`${secrets}${"A1B2C3D4".repeat(5).slice(0, digits)}`)}`;
      const shown = JSON.stringify([
        describeCutFrame(cut),
        cutFrameFields(cut, { secrets: false, method: undefined }),
      ]);
      assert.doesNotMatch(shown, /A1B2/);
    }
});
