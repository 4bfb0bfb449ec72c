import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeFrame } from "../../../../server/ppp/frame.ts";
import { createLink, link } from "../../../../server/ppp/link/link.ts";
import { LINK_TIMERS } from "../../../../server/ppp/link/link-timers.ts";
import type { LinkEvent, LinkTimer } from "../../../../server/ppp/link/link-types.ts";
import { PROTOCOL } from "../../../../server/ppp/protocols.ts";
import { ascii, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { assignment, Dial, packet, policy, reach, response, right, seeds, wrong } from "./dial.ts";

/** Frames that mean something somewhere in a dial. */
const FRAMES = [
  packet("lcp", 1, 1, [[5, "0c6f3548"]]),
  packet("lcp", 1, 2, [[5, "77777777"]]),
  packet("lcp", 1, 3, [[13, "06"]]),
  packet("lcp", 2, 1, fromHex("010405780206000000000305c223810506aa47110607020802")),
  packet("lcp", 3, 1, [[3, "c023"]]),
  packet("lcp", 4, 1, [[7, ""]]),
  packet("lcp", 5, 1, ascii("bye")),
  packet("lcp", 6, 2),
  packet("lcp", 7, 1, fromHex("01")),
  packet("lcp", 8, 1, fromHex("80fd")),
  packet("lcp", 9, 1, fromHex("00000000")),
  packet("lcp", 99, 1),
  response(1),
  response(2),
  packet("ccp", 1, 1, [[18, "01000040"]]),
  packet("ccp", 1, 2, [[18, "01000060"]]),
  packet("ccp", 2, 1, [[18, "01000040"]]),
  packet("ccp", 4, 1, [[18, "01000040"]]),
  packet("ccp", 5, 1),
  packet("ccp", 14, 1),
  packet("ipcp", 1, 1, [[3, "0a4d000a"]]),
  packet("ipcp", 1, 2, [[3, "00000000"]]),
  packet("ipcp", 2, 1, [[3, "0a4d0001"]]),
  packet("ipcp", 5, 1),
  packet("ipv6cp", 1, 1),
];

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .record({
      protocol: fc.constantFrom(...Object.values(PROTOCOL)),
      head: fc.tuple(fc.nat({ max: 16 }), fc.nat({ max: 3 })),
      data: fc.uint8Array({ maxLength: 30 }),
    })
    .map(({ protocol, head, data }) =>
      encodeFrame(protocol, Uint8Array.of(...head, 0, data.length + 4, ...data)),
    ),
);

const event: fc.Arbitrary<LinkEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...FRAMES).map((frame) => ({ type: "frame" as const, frame })) },
  { weight: 2, arbitrary: noise.map((frame) => ({ type: "frame" as const, frame })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...LINK_TIMERS).map((timer) => ({ type: "timer" as const, timer })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<LinkEvent>(
      { type: "start" },
      { type: "verified", outcome: right },
      { type: "verified", outcome: wrong },
      { type: "assigned", assignment },
      { type: "assigned", assignment: undefined },
      { type: "alive" },
    ),
  },
);

const stages = [undefined, "lcp", "verifying", "assigning", "ccp", "ipcp", "up"] as const;

test("no events throw, keys go out once, and when the link ends no timer runs", () => {
  fc.assert(
    fc.property(fc.constantFrom(...stages), fc.array(event, { maxLength: 60 }), (stage, events) => {
      const dial = new Dial();
      if (stage !== undefined) reach[stage](dial);
      for (const one of events) dial.feed(one);
      dial.feed({ type: "close", text: "" });
      dial.expire("terminate");
      dial.expire("terminate");
      const { effects } = dial;
      assert.equal(effects.at(-1)?.do, "ended");
      assert.equal(effects.filter((effect) => effect.do === "ended").length, 1);
      assert.deepEqual([...dial.armed], []);
      assert.ok(effects.filter((effect) => effect.do === "set-keys").length <= 1);
      assert.ok(effects.filter((effect) => effect.do === "open-network").length <= 1);
      const opened = effects.findIndex(
        (effect) => effect.do === "open-network" && effect.network.encryption !== "none",
      );
      if (opened >= 0) assert.ok(effects.findIndex((effect) => effect.do === "set-keys") < opened);
      assert.ok(
        !effects.some((effect) => effect.do === "open-network" && effect.network.encryption === "none"),
      );
    }),
    { numRuns: 1500, seed: 1661 },
  );
});

test("a link whose client falls silent anywhere ends by its timers alone", () => {
  for (const stage of ["lcp", "ccp", "ipcp", "up"] as const) {
    const dial = new Dial();
    reach[stage](dial);
    for (let count = 0; dial.effects.at(-1)?.do !== "ended"; count++) {
      assert.ok(count < 50, stage);
      dial.expire([...dial.armed][0] as LinkTimer);
    }
  }
});

test("no truncated frame throws or ends a link", () => {
  for (const stage of stages) {
    for (const frame of FRAMES)
      for (const prefix of strictPrefixes(frame)) {
        const dial = new Dial();
        if (stage !== undefined) reach[stage](dial);
        dial.receive(prefix);
        assert.ok(!dial.effects.some((effect) => effect.do === "ended"));
      }
  }
});

test("a transition leaves the state that it came from as it was", () => {
  const idle = createLink(policy, seeds);
  const [waiting] = link(idle, { type: "start" });
  const frame = packet("lcp", 1, 1);
  const [, ...first] = link(waiting, { type: "frame", frame });
  const [, ...second] = link(waiting, { type: "frame", frame });
  assert.deepEqual(first, second);
});
