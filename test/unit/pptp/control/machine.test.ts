import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Control } from "../../../../server/pptp/control/control-state.ts";
import { control, initialControl } from "../../../../server/pptp/control/machine.ts";
import type { ControlEffect } from "../../../../server/pptp/control/machine-types.ts";
import { MESSAGES } from "../../../../server/pptp/messages/registry.ts";
import { EVENTS, STATES } from "../../../support/pptp/control-cases.ts";
import { summary } from "./table-support.ts";
import { TRANSITIONS } from "./transition-table.ts";

test("a new connection waits 10 s for the Start-Request", () => {
  assert.deepEqual(initialControl("pacd", 1), [STATES.idle, { do: "arm", timer: "start", after: 10_000 }]);
});

test("what a PNS or a modem line would send is never sent, whatever happens in whatever state", () => {
  const states = Object.values<Control>(STATES);
  const effects = Object.values(EVENTS).flatMap((event) =>
    states.flatMap((state) => control(state, event).slice(1) as readonly ControlEffect[]),
  );
  const sent = effects.flatMap((effect) => (effect.do === "send" ? [effect.message.type] : []));
  // Neither WAN-Error-Notify nor Incoming-Call-Request: Windows expects neither.
  assert.deepEqual([...new Set(sent)].sort(), [
    "call-disconnect-notify",
    "echo-reply",
    "echo-request",
    "incoming-call-reply",
    "outgoing-call-reply",
    "start-control-connection-reply",
    "stop-control-connection-reply",
    "stop-control-connection-request",
  ]);
});

test("each of the fifteen messages is among the events", () => {
  const received = Object.values(EVENTS).flatMap((event) =>
    event.type === "message" ? [event.message.type] : [],
  );
  assert.deepEqual(new Set(received), new Set(MESSAGES.map(({ type }) => type)));
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
