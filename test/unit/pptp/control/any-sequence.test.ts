import assert from "node:assert/strict";
import { test } from "node:test";
import type { Control } from "../../../../server/pptp/control/control-state.ts";
import { control, initialControl } from "../../../../server/pptp/control/machine.ts";
import type {
  ControlEffect,
  ControlEvent,
  ControlTimer,
} from "../../../../server/pptp/control/machine-types.ts";
import { MAX_CALLS } from "../../../../server/pptp/limits.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { MESSAGES } from "../../../../server/pptp/messages/registry.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { fc } from "../../../support/fc.ts";
import { arbitraryOf } from "../../../support/pptp/control-arbitrary.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

/** What happens next. A number chooses among what can: the timers that run, the calls that live. */
type Step =
  | { readonly do: "hear"; readonly message: ControlMessage }
  | { readonly do: "fire" | "accept" | "refuse" | "hang-up"; readonly which: number }
  | { readonly do: "shut-down" | "tcp-closed" };

/** Few call IDs, so that they meet: the client's from 0 to 3, ours from 1000. */
const id = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(1000));
const fixture = (type: ControlMessage["type"]) => controlFixture(type).message;
const withId = (type: "outgoing-call-request" | "call-clear-request" | "incoming-call-request") =>
  id.map((callId) => ({ ...fixture(type), callId }) as ControlMessage);

const message = fc.oneof(
  { weight: 3, arbitrary: withId("outgoing-call-request") },
  { weight: 2, arbitrary: withId("call-clear-request") },
  { weight: 1, arbitrary: withId("incoming-call-request") },
  {
    weight: 2,
    arbitrary: fc.oneof(
      ...MESSAGES.filter(({ type }) => !type.startsWith("stop")).map((declaration) =>
        arbitraryOf(declaration),
      ),
    ),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("hear" as const), message }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom("accept" as const, "accept" as const, "refuse" as const, "hang-up" as const),
      which: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fire" as const), which: fc.nat() }) },
);
/** Ends come late in a sequence, for after them little can happen. */
const end: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("shut-down" as const, "tcp-closed" as const) }),
  fc
    .constantFrom(fixture("stop-control-connection-request"), fixture("stop-control-connection-reply"))
    .map((stop) => ({ do: "hear" as const, message: stop })),
);
const start: Step = { do: "hear", message: fixture("start-control-connection-request") };
const life = fc
  .tuple(fc.array(step, { maxLength: 60 }), fc.array(fc.oneof(step, end), { maxLength: 12 }))
  .map(([steps, ends]) => [start, ...steps, ...ends]);

/** A runner that remembers what the machine wants, and objects to whatever no runner could do. */
class Books {
  state: Control;
  readonly #timers = new Set<ControlTimer>();
  readonly #tokens = new Set<number>();
  readonly #everPlaced = new Set<number>();
  /** Our call IDs: handed to the machine, and not yet given back. */
  readonly #held = new Set<number>();
  readonly #up = new Set<number>();
  #nextCallId = 1000;
  #closed = false;
  requests = 0;
  answers = 0;

  constructor() {
    const [state, ...effects] = initialControl("pacd");
    this.state = state;
    for (const effect of effects) this.#perform(effect);
  }

  get waiting(): number {
    return this.#tokens.size;
  }

  take(step: Step): void {
    const event = this.#eventOf(step);
    if (event !== undefined) this.#feed(event);
  }

  #eventOf(step: Step): ControlEvent | undefined {
    switch (step.do) {
      case "hear":
        if (this.state.at === "established" && step.message.type === "outgoing-call-request") this.requests++;
        return { type: "message", message: step.message, statistics: String };
      case "fire": {
        const timer = taken(this.#timers, step.which);
        return timer === undefined ? undefined : { type: "timer", timer };
      }
      case "accept": {
        const token = taken(this.#tokens, step.which);
        if (token === undefined) return undefined;
        const callId = this.#nextCallId++;
        this.#held.add(callId);
        return { type: "call-accepted", token, callId: toCallId(callId) };
      }
      case "refuse": {
        const token = taken(this.#tokens, step.which);
        return token === undefined ? undefined : { type: "call-refused", token, result: 4, error: 0 };
      }
      case "hang-up": {
        const callId = chosen(this.#up, step.which);
        return callId === undefined
          ? undefined
          : { type: "hang-up", callId: toCallId(callId), result: 1, statistics: "" };
      }
      case "shut-down":
        return { type: "shut-down", statistics: String };
      case "tcp-closed":
        return { type: "tcp-closed" };
    }
  }

  #feed(event: ControlEvent): void {
    const wasClosed = this.#closed;
    const before = structuredClone(this.state);
    const [next, ...effects] = control(this.state, event);
    assert.deepEqual(this.state, before, "a transition changes nothing in place");
    this.state = next;
    for (const effect of effects) {
      if (wasClosed) assert.ok(["note", "call-down"].includes(effect.do), `${effect.do} after the end`);
      this.#perform(effect);
    }
    this.#check();
  }

  #perform(effect: ControlEffect): void {
    assert.ok(!this.#closed || effect.do === "note" || effect.do === "call-down", "close is the last effect");
    switch (effect.do) {
      case "arm":
        this.#timers.add(effect.timer);
        return;
      case "disarm":
        assert.ok(this.#timers.delete(effect.timer), `${effect.timer} is disarmed, which did not run`);
        return;
      case "place-call":
        assert.ok(!this.#everPlaced.has(effect.token), "a token is used twice");
        this.#everPlaced.add(effect.token);
        this.#tokens.add(effect.token);
        return;
      case "call-up":
        assert.ok(this.#held.has(effect.callId) && !this.#up.has(effect.callId));
        this.#up.add(effect.callId);
        return;
      case "call-down":
        assert.ok(this.#held.delete(effect.callId), "a call goes down twice, or never was");
        this.#up.delete(effect.callId);
        return;
      case "send":
        if (effect.message.type === "outgoing-call-reply") this.answers++;
        // A call that is cleared before its reply is answered by the Notify alone.
        if (effect.message.type === "call-disconnect-notify" && effect.message.callId === 0) this.answers++;
        return;
      case "close":
        this.#closed = true;
        return;
      case "note":
        return;
    }
  }

  #check(): void {
    const { state } = this;
    assert.equal(this.#closed, state.at === "closed");
    const running = [...this.#timers].join();
    const timer = { idle: "start", "wait-stop-reply": "stop", closed: "" };
    if (state.at !== "established") {
      assert.equal(running, timer[state.at]);
      assert.equal(this.#held.size, 0, "no call outlives its connection");
      return;
    }
    assert.equal(running, state.keepalive === "quiet" ? "silence" : "echo");
    assert.ok(state.calls.length <= MAX_CALLS);
    const live = state.calls.filter((call) => call.at !== "abandoned").map((call) => call.peerCallId);
    assert.equal(new Set(live).size, live.length, "two live calls of one client have one ID");
    const up = state.calls.flatMap((call) => (call.at === "up" ? [call.callId] : []));
    assert.deepEqual(new Set(up), this.#up);
    assert.deepEqual(this.#up, this.#held);
    const waiting = state.calls.flatMap((call) => (call.at === "up" ? [] : [call.token]));
    assert.deepEqual(new Set(waiting), this.#tokens, "each token awaits one answer");
  }
}

const chosen = <T>(among: ReadonlySet<T>, which: number): T | undefined => [...among][which % among.size];

function taken<T>(from: Set<T>, which: number): T | undefined {
  const found = chosen(from, which);
  if (found !== undefined) from.delete(found);
  return found;
}

test("whatever happens in whatever order, calls, tokens and timers are as the runner believes", () => {
  fc.assert(
    fc.property(life, (steps) => {
      const books = new Books();
      for (const step of steps) books.take(step);
      // What was asked is answered, as late as that may be.
      while (books.waiting > 0) books.take({ do: "accept", which: 0 });
      if (books.state.at === "established")
        assert.equal(books.answers, books.requests, "each call request is answered once");
      books.take({ do: "tcp-closed" });
      assert.equal(books.state.at, "closed");
    }),
    { seed: 2637, numRuns: 1000 },
  );
});
