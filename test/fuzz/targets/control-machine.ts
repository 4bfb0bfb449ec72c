import assert from "node:assert/strict";
import { control, initialControl } from "../../../server/pptp/control/machine.ts";
import type {
  ControlEffect,
  ControlEvent,
  ControlTimer,
} from "../../../server/pptp/control/machine-types.ts";
import { MAX_CALLS } from "../../../server/pptp/limits.ts";
import { decodeMessage, encodeMessage } from "../../../server/pptp/messages/codec.ts";
import { toCallId } from "../../../server/wire/call-id.ts";
import { type Chunk, chunks, unpack } from "../chunks.ts";
import type { Target } from "../target.ts";
import { controlMessages } from "./control-connection.ts";

/** A runner that does what the machine says, as far as the machine can see it. */
class ToyRunner {
  readonly armed = new Set<ControlTimer>();
  readonly placing: number[] = [];
  readonly calls = new Set<number>();
  closed = false;
  #nextCallId = 1;
  #machine: ReturnType<typeof initialControl>[0];

  constructor() {
    const [machine, ...effects] = initialControl("pacd");
    this.#machine = machine;
    this.#perform(effects);
  }

  feed(event: ControlEvent): void {
    const [next, ...effects] = control(this.#machine, event);
    this.#machine = next;
    assert.ok(effects.length <= 3 * MAX_CALLS + 8, `${effects.length} effects of one event`);
    this.#perform(effects);
  }

  accept(): void {
    const token = this.placing.shift();
    if (token === undefined) return;
    const callId = this.#nextCallId++;
    this.calls.add(callId);
    this.feed({ type: "call-accepted", token, callId: toCallId(callId) });
  }

  #perform(effects: readonly ControlEffect[]): void {
    for (const effect of effects) {
      assert.ok(
        !this.closed || effect.do === "note" || effect.do === "call-down",
        `${effect.do} after the end`,
      );
      if (effect.do === "send") encodeMessage(effect.message);
      if (effect.do === "arm") this.armed.add(effect.timer);
      if (effect.do === "disarm") this.armed.delete(effect.timer);
      if (effect.do === "place-call") this.placing.push(effect.token);
      if (effect.do === "call-down") assert.ok(this.calls.delete(effect.callId), "a call ended twice");
      if (effect.do === "close") this.closed = true;
    }
  }
}

function eventOf({ tag, octets }: Chunk, runner: ToyRunner): ControlEvent | undefined {
  const callId = [...runner.calls][octets[0] ?? 0] ?? octets[0] ?? 0;
  const timer = [...runner.armed][tag % 4];
  switch (tag % 16) {
    case 0:
      return timer === undefined ? undefined : { type: "timer", timer };
    case 1:
      return { type: "hang-up", callId: toCallId(callId), result: 3, statistics: "rx 1" };
    case 2:
      return tag > 0xf0 ? { type: "shut-down", statistics: () => "rx 1" } : undefined;
    case 3:
      return { type: "call-refused", token: runner.placing.shift() ?? 999, result: 4, error: 0 };
    default: {
      const decoded = decodeMessage(octets);
      return decoded.ok ? { type: "message", message: decoded.value, statistics: () => "" } : undefined;
    }
  }
}

export const controlMachine: Target = {
  name: "control-machine",
  share: 60,
  inputs: chunks(controlMessages, 30),
  run(input) {
    const runner = new ToyRunner();
    for (const chunk of unpack(input)) {
      if (runner.closed) break;
      const event = eventOf(chunk, runner);
      if (event !== undefined) runner.feed(event);
      if (!runner.closed && chunk.tag > 0x60) runner.accept();
    }
    if (!runner.closed) runner.feed({ type: "tcp-closed" });
    assert.ok(runner.closed);
    while (runner.placing.length > 0) runner.accept();
    assert.deepEqual([...runner.calls], [], "calls live on without their connection");
  },
};
