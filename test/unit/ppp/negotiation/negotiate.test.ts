import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENTS, type Event, STATES, transition } from "../../../../server/ppp/automaton/table.ts";
import { MAX_ROUNDS, negotiate } from "../../../../server/ppp/negotiation/negotiate.ts";
import {
  createNegotiation,
  type Negotiation,
  type NegotiationEffect,
  type NegotiationEvent,
} from "../../../../server/ppp/negotiation/negotiation.ts";
import { ack, nak, option, reject } from "../../../../server/ppp/negotiation/option.ts";
import type { Protocol } from "../../../../server/ppp/negotiation/protocol.ts";
import { flag, u16 } from "../../../../server/ppp/negotiation/value-codec.ts";
import { fromHex } from "../../../support/bytes.ts";

const size = option({
  code: 1,
  name: "size",
  value: u16<number>(),
  absent: 0,
  propose: () => 5,
  judge: (asked) => (asked === 7 ? ack : nak(7)),
  hint: () => 7,
  onNak: (offered) => offered,
});
const extra = option({
  code: 2,
  name: "extra",
  value: flag("present"),
  absent: false,
  propose: () => true as const,
  judge: () => reject,
});
const protocol: Protocol<undefined> = {
  name: "lcp",
  number: 0xc021,
  options: [size, extra],
  silent: new Set([12]),
  echo: (request) => request.data,
  maxReacks: 2,
};

const packet = (code: number, identifier: number, digits = ""): NegotiationEvent => ({
  type: "packet",
  packet: { code, identifier, data: fromHex(digits) },
});
const OURS = "01040005 0202";

/**
 * A negotiation in a state, its request 1 waiting for a reply, with a counter that has run `restarts` down.
 */
const inState = (at: (typeof STATES)[number], restarts = 5): Negotiation<undefined> => {
  const fresh = createNegotiation(protocol, undefined);
  return { ...fresh, at, restarts, identifier: 1, awaiting: { identifier: 1, asking: fresh.asking } };
};

/** How each row of the RFC's table comes about. */
const causes: Record<
  Event,
  (state: (typeof STATES)[number]) => readonly [Negotiation<undefined>, NegotiationEvent]
> = {
  Up: (at) => [inState(at), { type: "up", blind: false }],
  Down: (at) => [inState(at), { type: "down" }],
  Open: (at) => [inState(at), { type: "open" }],
  Close: (at) => [inState(at), { type: "close", text: "bye" }],
  "TO+": (at) => [inState(at, 1), { type: "timeout" }],
  "TO-": (at) => [inState(at, 0), { type: "timeout" }],
  "RCR+": (at) => [inState(at), packet(1, 9, "01040007")],
  "RCR-": (at) => [inState(at), packet(1, 9, "01040008")],
  RCA: (at) => [inState(at), packet(2, 1, OURS)],
  RCN: (at) => [inState(at), packet(3, 1, "01040006")],
  RTR: (at) => [inState(at), packet(5, 9)],
  RTA: (at) => [inState(at), packet(6, 9)],
  RUC: (at) => [inState(at), packet(77, 9)],
  "RXJ+": (at) => [inState(at), packet(7, 9, "4d")],
  "RXJ-": (at) => [inState(at), packet(7, 9, "01")],
  RXR: (at) => [inState(at), packet(9, 9)],
};

const SENT: Record<number, string> = {
  1: "scr",
  2: "sca",
  3: "scn",
  5: "str",
  6: "sta",
  7: "scj",
  10: "ser",
};
const NAMED: Record<string, string> = { up: "tlu", down: "tld", started: "tls", finished: "tlf" };

/** The actions that show outside, in the table's words. */
const shown = (effects: readonly NegotiationEffect[]): string[] =>
  effects.flatMap((effect) => {
    if (effect.do === "send") return [SENT[effect.packet.code]!];
    return NAMED[effect.do] ?? [];
  });

for (const event of EVENTS)
  for (const state of STATES)
    test(`${event} in ${state} does what the table says`, () => {
      const [before, cause] = causes[event](state);
      const [after, ...effects] = negotiate(before, cause);
      const cell = transition(state, event);
      if (cell === undefined) {
        assert.ok(effects.some((effect) => effect.do === "illegal"));
        assert.equal(after.at, state);
        return;
      }
      assert.equal(after.at, cell.next);
      assert.deepEqual(
        shown(effects),
        cell.actions.filter((action) => action !== "irc" && action !== "zrc"),
      );
      const timed = cell.actions.some((action) => ["scr", "str", "zrc"].includes(action));
      assert.equal(
        effects.some((effect) => effect.do === "arm"),
        timed,
      );
      const sends = effects.filter((effect) => effect.do === "send").length;
      if (cell.actions.includes("zrc")) assert.equal(after.restarts, 0);
      else if (cell.actions.includes("irc")) {
        const full = cell.actions.includes("str") ? 2 : 10;
        const counted = cell.actions.filter((action) => action === "scr" || action === "str").length;
        assert.equal(after.restarts, full - counted);
      } else assert.ok(after.restarts === before.restarts || sends > 0);
    });

const send = (effects: readonly NegotiationEffect[]) =>
  effects.flatMap((effect) =>
    effect.do === "send"
      ? [
          `${effect.packet.code}:${effect.packet.identifier}:${Buffer.from(effect.packet.data).toString("hex")}`,
        ]
      : [],
  );

test("our request lists what we propose", () => {
  const [opened] = negotiate(createNegotiation(protocol, undefined), { type: "open" });
  const [, ...effects] = negotiate(opened, { type: "up", blind: false });
  assert.deepEqual(send(effects), [`1:1:${OURS.replace(" ", "")}`]);
});

test("a retransmission keeps its identifier, a changed request gets a new one", () => {
  const [, ...again] = negotiate(inState("Req-Sent"), { type: "timeout" });
  assert.deepEqual(send(again), ["1:1:010400050202"]);
  const [, ...changed] = negotiate(inState("Req-Sent"), packet(3, 1, "01040006"));
  assert.deepEqual(send(changed), ["1:2:010400060202"]);
});

test("a rejected option is dropped, and stays dropped", () => {
  const [next, ...effects] = negotiate(inState("Req-Sent"), packet(4, 1, "0202"));
  assert.deepEqual(send(effects), ["1:2:01040005"]);
  const [, ...later] = negotiate(next, packet(3, 2, "01040006 0202"));
  assert.deepEqual(send(later), ["1:3:01040006"]);
});

for (const [what, reply] of [
  ["an Ack for another identifier", packet(2, 2, OURS)],
  ["an Ack with other options", packet(2, 1, "01040006 0202")],
  ["an Ack with options missing", packet(2, 1, "01040005")],
  ["an Ack with options in another order", packet(2, 1, "0202 01040005")],
  ["a Nak for another identifier", packet(3, 0, "01040006")],
  ["a Reject for another identifier", packet(4, 0, "0202")],
  ["a Reject of what we did not ask for", packet(4, 1, "0302")],
  ["an empty Reject", packet(4, 1)],
  ["an Ack that does not decode", packet(2, 1, "0104")],
  ["a Nak that does not decode", packet(3, 1, "0100")],
  ["a request that does not decode", packet(1, 1, "0101")],
  ["an empty Code-Reject", packet(7, 1)],
  ["Identification", packet(12, 1)],
] as const)
  test(`${what} is silently discarded`, () => {
    for (const state of ["Req-Sent", "Ack-Rcvd", "Ack-Sent", "Opened"] as const) {
      const before = inState(state);
      assert.deepEqual(negotiate(before, reply), [{ ...before, heard: true }]);
    }
  });

test("a second copy of an Ack is silently discarded", () => {
  const [acked] = negotiate(inState("Req-Sent"), packet(2, 1, OURS));
  assert.equal(acked.at, "Ack-Rcvd");
  assert.deepEqual(negotiate(acked, packet(2, 1, OURS)), [acked]);
});

test("options to reject come in one Reject, before any Nak", () => {
  const [, ...effects] = negotiate(inState("Req-Sent"), packet(1, 9, "01040008 0202 6303aa"));
  assert.deepEqual(send(effects), ["4:9:02026303aa"]);
});

test("a second option of one code is rejected", () => {
  const [, ...effects] = negotiate(inState("Req-Sent"), packet(1, 9, "01040007 01040007"));
  assert.deepEqual(send(effects), ["4:9:01040007"]);
});

test("after Max-Failure Naks a Nak becomes a Reject", () => {
  let state = inState("Req-Sent");
  for (let count = 0; count < 5; count++) {
    const [next, ...effects] = negotiate(state, packet(1, count, "01040008"));
    assert.deepEqual(send(effects), [`3:${count}:01040007`]);
    state = next;
  }
  const [, ...effects] = negotiate(state, packet(1, 5, "01040008"));
  assert.deepEqual(send(effects), ["4:5:01040008"]);
});

test("an identical request in Opened gets its Ack again, twice at most, then RFC 1661", () => {
  const [asked] = negotiate(inState("Ack-Rcvd"), packet(1, 9, "01040007"));
  assert.equal(asked.at, "Opened");
  const [once, ...first] = negotiate(asked, packet(1, 10, "01040007"));
  assert.deepEqual(
    first.map((effect) => effect.do),
    ["send", "reacked"],
  );
  assert.deepEqual(send(first), ["2:10:01040007"]);
  const [twice] = negotiate(once, packet(1, 11, "01040007"));
  assert.equal(twice.at, "Opened");
  const [down, ...third] = negotiate(twice, packet(1, 12, "01040007"));
  assert.equal(down.at, "Ack-Sent");
  assert.deepEqual(shown(third), ["tld", "scr", "sca"]);
});

test("a Code-Reject returns no more of a packet than the smallest MRU takes", () => {
  const [, ...effects] = negotiate(inState("Opened"), packet(77, 9, "00".repeat(600)));
  const [sent] = effects;
  assert.ok(sent?.do === "send" && sent.packet.data.length === 124);
  assert.deepEqual(sent.packet.data.slice(0, 4), fromHex("4d09025c"));
});

test("Echo-Reply and Discard-Request get no answer", () => {
  for (const code of [10, 11])
    assert.deepEqual(
      shown(negotiate(inState("Opened"), packet(code, 1)).slice(1) as NegotiationEffect[]),
      [],
    );
});

test("a peer that acknowledges for ever and never asks is given up", () => {
  let state = inState("Req-Sent");
  for (let round = 0; round <= MAX_ROUNDS; round++) {
    [state] = negotiate(state, packet(2, state.awaiting!.identifier, OURS));
    const [next, ...effects] = negotiate(state, { type: "timeout" });
    state = next;
    if (effects.some((effect) => effect.do === "failed")) return;
  }
  assert.fail("it goes on");
});

test("identifiers go round after 255", () => {
  const state = { ...inState("Opened"), identifier: 255 };
  assert.deepEqual(
    send(negotiate(state, packet(77, 9)).slice(1) as NegotiationEffect[])[0]?.slice(0, 4),
    "7:0:",
  );
});
