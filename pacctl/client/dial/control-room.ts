import type { Clock } from "../../../server/platform/clock.ts";
import type { Connection } from "../../../server/platform/tcp.ts";
import { TimerSet } from "../../../server/platform/timer-set.ts";
import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import { createPns, pns } from "../control/pns.ts";
import type { CallWish, PnsEffect, PnsEnd, PnsEvent, PnsTimer } from "../control/pns-types.ts";

export interface ControlEvents {
  greeted(hostName: string, vendorName: string): void;
  callUp(serverCallId: number): void;
  /** The last one; TCP may be closed. */
  ended(cause: PnsEnd): void;
}

/** Runs the machine of the control connection on a TCP connection. */
export class ControlRoom {
  readonly #tcp: Connection;
  readonly #events: ControlEvents;
  readonly #framer = new Framer();
  readonly #timers: TimerSet<PnsTimer>;
  #pns;

  constructor(clock: Clock, tcp: Connection, call: CallWish, events: ControlEvents) {
    this.#tcp = tcp;
    this.#events = events;
    this.#pns = createPns(call);
    this.#timers = new TimerSet(clock);
  }

  start(): void {
    this.#tcp.receive({
      data: (bytes) => {
        for (const message of this.#framer.push(bytes))
          this.#feed(message.ok ? { type: "message", message: message.value } : { type: "fault" });
      },
      closed: () => this.#feed({ type: "closed" }),
    });
    this.#feed({ type: "start" });
  }

  hangUp(): void {
    this.#feed({ type: "hang-up" });
  }

  #feed(event: PnsEvent): void {
    const [next, ...effects] = pns(this.#pns, event);
    this.#pns = next;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: PnsEffect): void {
    switch (effect.do) {
      case "send":
        this.#tcp.write(encodeMessage(effect.message));
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () =>
          this.#feed({ type: "timer", timer: effect.timer }),
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
