import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problems, read } from "../../../support/capture/read.ts";
import { captures } from "../../../support/capture/samples.ts";

/** Chunks of these sizes cut headers, packets and blocks in all places. */
const SIZES = [1, 2, 3, 5, 7, 16, 61, 1000];

for (const { name, file, borders } of captures) {
  describe(name, () => {
    test("whatever the chunks, the same is read", () => {
      const whole = read(file);
      assert.ok(whole.events.length > 10);
      for (const size of SIZES) assert.deepEqual(read(file, {}, size), whole, `chunks of ${size}`);
    });

    test("every strict prefix: what is whole is read, and the rest is said to be cut", () => {
      const whole = read(file);
      for (let length = 1; length < file.length; length += 1) {
        const reading = read(file.subarray(0, length));
        const told = problems(reading);
        assert.equal(told.length, borders.includes(length) ? 0 : 1, `${length} octets`);
        if (told.length > 0) {
          const offset = borders.findLast((border) => border < length) ?? 0;
          assert.deepEqual(told[0], {
            kind: "problem",
            code: "truncated",
            offset,
            frames: reading.summary.frames,
            ended: true,
            detail: `${length - offset} octets of it are there`,
          });
        }
        assert.ok(reading.summary.frames <= whole.summary.frames);
        assert.equal(reading.summary.octets, length);
        const gre = (of: typeof reading) => of.events.filter(({ kind }) => kind === "gre");
        assert.deepEqual(gre(reading), gre(whole).slice(0, gre(reading).length));
      }
    });
  });
}

test("what comes after the end of what can be read is left unread", () => {
  const { file } = captures[0]!;
  const spoilt = file.slice();
  spoilt.fill(0xff, 24, 40);
  assert.equal(problems(read(spoilt, {}, 24)).length, 1);
});
