import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Control } from "../../../../server/pptp/control/control-state.ts";
import { control, initialControl } from "../../../../server/pptp/control/machine.ts";
import { EVENTS, STATES } from "../../../support/pptp/control-cases.ts";
import { summary } from "./table-support.ts";
import { TRANSITIONS } from "./transition-table.ts";

test("a new connection waits 10 s for the Start-Request", () => {
  assert.deepEqual(initialControl("pacd", 1), [STATES.idle, { do: "arm", timer: "start", after: 10_000 }]);
});

for (const [name, event] of Object.entries(EVENTS)) {
  describe(name, () => {
    const cells = Object.entries(TRANSITIONS[name as keyof typeof EVENTS]);
    for (const [stateName, state] of Object.entries<Control>(STATES)) {
      const expected = cells.filter(([names]) => names.split(" ").includes(stateName));
      test(`in ${stateName}: ${expected[0]?.[1]}`, () => {
        assert.equal(expected.length, 1, "the table has one cell for each pair");
        const before = structuredClone(state);
        assert.equal(summary(state, control(state, event)), expected[0]![1]);
        assert.deepEqual(state, before, "a transition changes nothing in place");
      });
    }
  });
}
