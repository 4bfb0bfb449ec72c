import assert from "node:assert/strict";
import { test } from "node:test";
import type { Control, Established } from "../../../../server/pptp/control/control-state.ts";
import { control, initialControl } from "../../../../server/pptp/control/machine.ts";
import type { ControlEffect, ControlEvent } from "../../../../server/pptp/control/machine-types.ts";
import { MAX_CALLS } from "../../../../server/pptp/limits.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { STATES } from "../../../support/pptp/control-cases.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

/** Runs events one after the other and gives all effects. */
function run(
  start: Control,
  ...events: readonly ControlEvent[]
): { state: Control; effects: ControlEffect[] } {
  let state = start;
  const effects: ControlEffect[] = [];
  for (const event of events) {
    const [next, ...done] = control(state, event);
    state = next;
    effects.push(...done);
  }
  return { state, effects };
}

const received = (type: ControlMessage["type"], change: object = {}): ControlEvent => ({
  type: "message",
  message: { ...controlFixture(type).message, ...change } as ControlMessage,
  statistics: (callId) => `call ${callId}`,
});
const sent = (effects: readonly ControlEffect[]): ControlMessage[] =>
  effects.flatMap((effect) => (effect.do === "send" ? [effect.message] : []));
const done = (effects: readonly ControlEffect[]): string[] =>
  effects.map((effect) => (effect.do === "send" ? effect.message.type : effect.do));

const dial = (callId: number) => received("outgoing-call-request", { callId });
const clear = (callId: number) => received("call-clear-request", { callId });
const accept = (token: number, callId: number): ControlEvent => ({
  type: "call-accepted",
  token,
  callId: toCallId(callId),
});

test("the Start-Reply says who we are and that any line will do", () => {
  const [idle] = initialControl("pacd", 258);
  assert.deepEqual(sent(run(idle, received("start-control-connection-request")).effects), [
    {
      type: "start-control-connection-reply",
      version: 0x0100,
      result: 1,
      error: 0,
      framingCapabilities: 3,
      bearerCapabilities: 3,
      maximumChannels: MAX_CALLS,
      firmwareRevision: 258,
      hostName: "pacd",
      vendorName: "pacd",
    },
  ]);
});

test("a whole dial and its end, as Windows does it", () => {
  const [idle] = initialControl("pacd");
  const { state, effects } = run(
    idle,
    received("start-control-connection-request"),
    dial(2932),
    accept(1, 700),
    received("set-link-info", { peerCallId: 700 }),
    clear(2932),
    received("stop-control-connection-request"),
  );
  assert.deepEqual(
    done(effects).filter((name) => name !== "arm" && name !== "disarm"),
    [
      "start-control-connection-reply",
      "place-call",
      "outgoing-call-reply",
      "call-up",
      "note",
      "call-disconnect-notify",
      "call-down",
      "stop-control-connection-reply",
      "close",
    ],
  );
  assert.equal(state.at, "closed");
});

test("call-up stands behind the Outgoing-Call-Reply", () => {
  assert.deepEqual(done(run(STATES.placing, accept(1, 700)).effects), ["outgoing-call-reply", "call-up"]);
});

test("the request reaches the runner as it came", () => {
  const { effects } = run(STATES.quiet, received("outgoing-call-request"));
  const { message: request } = controlFixture("outgoing-call-request");
  assert.deepEqual(effects.at(-1), { do: "place-call", token: 1, request });
});

const speeds: readonly [number, number][] = [
  [10_000_000, 10_000_000],
  [0x80000000, 100_000_000],
  [300, 300],
  [0, 100_000_000],
];
for (const [asked, given] of speeds)
  test(`a client that asks for at most ${asked} bit/s is told ${given}`, () => {
    const { effects } = run(
      STATES.quiet,
      received("outgoing-call-request", { callId: 7, maximumBps: asked }),
      accept(1, 700),
    );
    assert.deepEqual(sent(effects), [
      {
        type: "outgoing-call-reply",
        callId: 700,
        peerCallId: 7,
        result: 1,
        error: 0,
        cause: 0,
        connectSpeed: given,
        receiveWindow: 64,
        processingDelay: 0,
        physicalChannelId: 0,
      },
    ]);
  });

test("call ID 0 of Windows XP is a call like any other", () => {
  const { state, effects } = run(STATES.quiet, dial(0), accept(1, 700), clear(0));
  assert.deepEqual(
    sent(effects).map((message) => [message.type, "peerCallId" in message ? message.peerCallId : undefined]),
    [
      ["outgoing-call-reply", 0],
      ["call-disconnect-notify", undefined],
    ],
  );
  assert.deepEqual((state as Established).calls, []);
});

test("answers find their calls in any order", () => {
  const { state } = run(STATES.quiet, dial(7), dial(8), accept(2, 800), accept(1, 700));
  assert.deepEqual((state as Established).calls, STATES["two-up"].calls);
});

test("a call cleared while it is placed may be dialled again before its answer has come", () => {
  const { state, effects } = run(STATES.placing, clear(7), dial(7), accept(1, 700), accept(2, 701));
  assert.deepEqual(done(effects), [
    "arm",
    "call-disconnect-notify",
    "arm",
    "place-call",
    "call-down",
    "outgoing-call-reply",
    "call-up",
  ]);
  assert.deepEqual((state as Established).calls, [{ at: "up", peerCallId: 7, callId: 701 }]);
});

test("the client may dial again on the same connection after we hung up", () => {
  const hangUp: ControlEvent = { type: "hang-up", callId: toCallId(700), result: 3, statistics: "" };
  const { state } = run(STATES.up, hangUp, dial(7), accept(2, 701));
  assert.deepEqual((state as Established).calls, [{ at: "up", peerCallId: 7, callId: 701 }]);
});

test(`call ${MAX_CALLS + 1} on one connection is refused as busy`, () => {
  const dials = Array.from({ length: MAX_CALLS + 1 }, (_, i) => dial(i));
  const { state, effects } = run(STATES.quiet, ...dials);
  assert.equal((state as Established).calls.length, MAX_CALLS);
  const [refusal] = sent(effects);
  assert.ok(refusal?.type === "outgoing-call-reply");
  assert.deepEqual([refusal.peerCallId, refusal.callId, refusal.result, refusal.error], [MAX_CALLS, 0, 4, 0]);
});

test("dialling and clearing in one burst cannot have more calls placed than that", () => {
  const burst = Array.from({ length: 3 * MAX_CALLS }, () => [dial(7), clear(7)]).flat();
  const { state, effects } = run(STATES.quiet, ...burst);
  assert.equal(effects.filter((effect) => effect.do === "place-call").length, MAX_CALLS);
  const answers = Array.from({ length: MAX_CALLS }, (_, i) => accept(i + 1, 1000 + i));
  assert.deepEqual((run(state, ...answers).state as Established).calls, []);
});

test("statistics become 128 octets of printable ASCII", () => {
  const statistics = `é\n${"x".repeat(200)}`;
  const [message] = sent(
    run(STATES.up, { type: "hang-up", callId: toCallId(700), result: 3, statistics }).effects,
  );
  assert.ok(message?.type === "call-disconnect-notify");
  assert.equal(message.callStatistics, `??${"x".repeat(126)}`);
});

test("a general error as the reason of a hang-up names an error code as well", () => {
  const [message] = sent(
    run(STATES.up, { type: "hang-up", callId: toCallId(700), result: 2, statistics: "" }).effects,
  );
  assert.ok(message?.type === "call-disconnect-notify");
  assert.deepEqual([message.result, message.error], [2, 6]);
});

test("a client that clears a call hears its statistics", () => {
  const [message] = sent(run(STATES["two-up"], clear(8)).effects);
  assert.ok(message?.type === "call-disconnect-notify");
  assert.deepEqual([message.callId, message.result, message.callStatistics], [800, 4, "call 800"]);
});

test("an incoming call is declined with the client's own call ID, so that it does not wait", () => {
  assert.deepEqual(sent(run(STATES.up, received("incoming-call-request", { callId: 4711 })).effects), [
    {
      type: "incoming-call-reply",
      callId: 0,
      peerCallId: 4711,
      result: 3,
      error: 0,
      receiveWindow: 0,
      transmitDelay: 0,
    },
  ]);
});

test("each client hears its own statistics when we shut down", () => {
  const { effects } = run(STATES["two-up"], { type: "shut-down", statistics: (callId) => `call ${callId}` });
  assert.deepEqual(
    sent(effects).map((message) => ("callStatistics" in message ? message.callStatistics : message.type)),
    ["call 700", "call 800", "stop-control-connection-request"],
  );
});

test("a peer that talks but never answers the Echo-Request is closed after 60 s all the same", () => {
  const { state, effects } = run(
    STATES.quiet,
    { type: "timer", timer: "silence" },
    received("echo-request"),
    received("set-link-info"),
    { type: "timer", timer: "echo" },
  );
  assert.equal(state.at, "closed");
  assert.equal(effects.filter((effect) => effect.do === "arm").length, 1);
});

test("identifiers of Echo-Requests count up and wrap at 2^32", () => {
  const last: Control = { ...STATES.quiet, nextEcho: 0xffffffff };
  const silence: ControlEvent = { type: "timer", timer: "silence" };
  const { effects } = run(last, silence, received("echo-reply"), silence);
  assert.deepEqual(
    sent(effects).map((message) => "identifier" in message && message.identifier),
    [0xffffffff, 0],
  );
});
