import { Runner } from "../../../server/machine/runner.ts";
import type { Clock } from "../../../server/platform/clock.ts";
import type { Connection } from "../../../server/platform/tcp.ts";
import { TimerSet } from "../../../server/platform/timer-set.ts";
import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { CallId } from "../../../server/wire/call-id.ts";
import { createPns, pns } from "../control/pns.ts";
import type { OwnCall, Pns, PnsEffect, PnsEnd, PnsEvent, PnsTimer } from "../control/pns-types.ts";

export interface ControlConnectionEvents {
  greeted(hostName: string, vendorName: string): void;
  callUp(serverCallId: CallId): void;
  /** The last one; TCP may be closed. */
  ended(cause: PnsEnd): void;
}

/** Runs the machine of the control connection on a TCP connection. */
export class ControlConnection {
  readonly #tcp: Connection;
  readonly #events: ControlConnectionEvents;
  readonly #framer = new Framer();
  readonly #timers: TimerSet<PnsTimer>;
  readonly #runner: Runner<Pns, PnsEvent, PnsEffect>;

  constructor(clock: Clock, tcp: Connection, call: OwnCall, events: ControlConnectionEvents) {
    this.#tcp = tcp;
    this.#events = events;
    this.#timers = new TimerSet(clock);
    this.#runner = new Runner(pns, [createPns(call)], {
      perform: (effect) => this.#perform(effect),
      failed: (error) => {
        throw error;
      },
    });
  }

  start(): void {
    this.#tcp.receive({
      data: (bytes) => {
        for (const message of this.#framer.push(bytes))
          this.#runner.feed(message.ok ? { type: "message", message: message.value } : { type: "fault" });
      },
      closed: () => this.#runner.feed({ type: "closed" }),
    });
    this.#runner.feed({ type: "start" });
  }

  hangUp(): void {
    this.#runner.feed({ type: "hang-up" });
  }

  #perform(effect: PnsEffect): void {
    switch (effect.do) {
      case "send":
        this.#tcp.write(encodeMessage(effect.message));
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () =>
          this.#runner.feed({ type: "timer", timer: effect.timer }),
        );
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "greeted":
        this.#events.greeted(effect.hostName, effect.vendorName);
        return;
      case "call-up":
        this.#events.callUp(effect.serverCallId);
        return;
      case "ended":
        this.#timers.clear();
        this.#events.ended(effect.cause);
        return;
      default:
        effect satisfies never;
    }
  }
}
