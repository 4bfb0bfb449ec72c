import { Runner } from "../../machine/runner.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { SharedTicks } from "../../platform/shared-ticks.ts";
import type { Connection } from "../../platform/tcp.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Control } from "../../pptp/control/control-state.ts";
import { control, initialControl } from "../../pptp/control/machine.ts";
import type {
  ControlEffect,
  ControlEnd,
  ControlEvent,
  ControlTimer,
} from "../../pptp/control/machine-types.ts";
import { Framer } from "../../pptp/framer.ts";
import { describeMessage, encodeMessage } from "../../pptp/messages/codec.ts";
import type { ControlMessage } from "../../pptp/messages/message.ts";
import type { CallId, PeerCallId } from "../../wire/call-id.ts";
import { parseIpv4 } from "../../wire/ipv4.ts";
import { TokenBucket } from "../../wire/token-bucket.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { Call } from "../calls/call.ts";
import type { CallSetup } from "../calls/call-setup.ts";
import type { CallOrigin, HangUp, Penalties } from "../calls/call-types.ts";
import type { Calls } from "../calls/calls.ts";
import type { StartRequestNames } from "../records/client-identity.ts";
import type { ControlFault } from "../records/control-faults.ts";
import type { DialCounters } from "../records/dial-counters.ts";
import type { ControlLine } from "../records/trace.ts";
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from "./limits.ts";

/** Ours: Start-Request, its reply and the Outgoing-Call-Request are three. */
const MAX_EARLY_LINES = 6;

/**
 * Ours: octets that are cut into messages before the first of these is answered, or found to be one too many.
 */
const PIECE = 4096;

/** What control connections need of the server around them. */
export interface ConnectionServices {
  readonly clock: Pick<Clock, "now" | "after">;
  /** For keep-alives, which thousands of connections have and which may be late. */
  readonly ticks: SharedTicks;
  readonly log: Pick<Logger, "error">;
  readonly counters: Pick<DialCounters, "fault">;
  readonly penalties: Penalties;
  readonly calls: Pick<Calls<Call>, "find">;
  readonly setup: Pick<CallSetup, "begin">;
}

/** What a control connection tells whoever accepted it. */
export interface ConnectionEvents {
  /** The client has introduced itself: it no longer counts as a silent connection. */
  started(connection: ControlConnection): void;
  /** Gone for good; called once. */
  gone(connection: ControlConnection, end: ControlEnd | "not-pptp"): void;
}

/**
 * One TCP connection on port 1723: octets to messages, messages to the control machine, its effects to TCP,
 * timers and calls (RFC 2637 §3).
 */
export class ControlConnection {
  readonly remoteAddress: string;
  readonly #services: ConnectionServices;
  readonly #tcp: Connection;
  readonly #events: ConnectionEvents;
  readonly #framer = new Framer();
  readonly #allowed = new TokenBucket(MESSAGE_BURST, MESSAGES_PER_SECOND);
  readonly #timers: TimerSet<ControlTimer>;
  readonly #addresses: Pick<CallOrigin, "peerAddress" | "localAddress">;
  /** Those of this connection; the registry finds them by ID. */
  readonly #calls = new Set<Call>();
  readonly #runner: Runner<Control, ControlEvent, ControlEffect>;
  /** The last control messages, for the trace of a dial that they lead to. */
  readonly #early: ControlLine[] = [];
  /** The clock when the message at hand came. */
  #heardAt = millis(0);
  #started = false;
  #gone = false;
  #fruitful = false;
  #start: StartRequestNames | undefined;

  constructor(services: ConnectionServices, tcp: Connection, events: ConnectionEvents) {
    this.remoteAddress = tcp.remoteAddress;
    this.#services = services;
    this.#tcp = tcp;
    this.#events = events;
    this.#timers = new TimerSet(services.clock, { silence: services.ticks, echo: services.ticks });
    const peerAddress = parseIpv4(tcp.remoteAddress);
    const localAddress = parseIpv4(tcp.localAddress);
    if (peerAddress === undefined || localAddress === undefined)
      throw new Error("a connection without IPv4 addresses");
    this.#addresses = { peerAddress, localAddress };
    this.#runner = new Runner(control, initialControl("pacd"), {
      perform: (effect) => this.#perform(effect),
      failed: (error) => {
        services.log.error({ err: error }, "A control connection ended by a mistake of pacd");
        this.#cutOff("internal-error");
      },
    });
  }

  /** Has a session come up on this connection? */
  get fruitful(): boolean {
    return this.#fruitful;
  }

  /**
   * Begins to listen to the client; separate, so that the owner knows the connection before anything happens.
   */
  open(): void {
    this.#runner.start();
    this.#tcp.receive({
      data: (bytes) => {
        for (let at = 0; at < bytes.length && !this.#gone; at += PIECE) {
          this.#received(bytes.subarray(at, at + PIECE));
        }
      },
      closed: () => this.#runner.feed({ type: "tcp-closed" }),
    });
  }

  /** Ends every call and the connection, and tells the client (RFC 2637 §2.3, §2.13). */
  shutDown(): void {
    this.#runner.feed({ type: "shut-down", statistics: this.#statistics });
  }

  /** Ends the connection at once, without a word to the client. */
  destroy(): void {
    this.#tcp.destroy();
    this.#runner.feed({ type: "tcp-closed" });
  }

  /** For a Call-Disconnect-Notify (RFC 2637 §2.13). */
  readonly #statistics = (callId: CallId): string => this.#services.calls.find(callId)?.statistics() ?? "";

  #received(bytes: Uint8Array): void {
    for (const result of this.#framer.push(bytes)) {
      if (this.#gone) return;
      if (!result.ok) {
        this.#cutOff(result.code);
        return;
      }
      this.#heardAt = this.#services.clock.now();
      if (!this.#allowed.take(this.#heardAt)) {
        this.#cutOff("control-flood");
        return;
      }
      if (!this.#started) this.#events.started(this);
      this.#started = true;
      if (result.value.type === "start-control-connection-request") this.#start ??= result.value;
      this.#trace("client", result.value);
      this.#runner.feed({ type: "message", message: result.value, statistics: this.#statistics });
    }
  }

  #perform(effect: ControlEffect): void {
    switch (effect.do) {
      case "send":
        this.#trace("server", effect.message);
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
      case "place-call":
        void this.#setUp(effect.token, effect.request.callId, this.#heardAt);
        return;
      case "call-up":
        this.#services.calls.find(effect.callId)?.start();
        return;
      case "call-down": {
        const call = this.#services.calls.find(effect.callId);
        if (call === undefined) return;
        this.#calls.delete(call);
        this.#fruitful ||= call.cameUp;
        call.down(effect.cause);
        return;
      }
      case "note":
        if (effect.note !== "set-link-info") this.#services.counters.fault(effect.note);
        return;
      case "close":
        if (effect.how === "end") this.#tcp.end();
        else this.#tcp.destroy();
        this.#over(effect.cause);
        return;
      default:
        effect satisfies never;
    }
  }

  async #setUp(token: number, peerCallId: PeerCallId, requestedAt: Millis): Promise<void> {
    const hangUp: HangUp = (callId, codes, statistics) =>
      this.#runner.feed({ type: "hang-up", callId, ...codes, statistics });
    const from = { ...this.#addresses, peerCallId, requestedAt, start: this.#start };
    const setUp = await this.#services.setup.begin(from, hangUp, this.#early);
    if (!setUp.ok) {
      this.#runner.feed({ type: "call-refused", token, result: setUp.result, error: setUp.error });
      return;
    }
    const { call } = setUp;
    if (this.#gone) {
      call.down("control-lost");
      return;
    }
    this.#calls.add(call);
    this.#runner.feed({ type: "call-accepted", token, callId: call.callId });
  }

  /**
   * Shows a control message in the traces of this connection's dials; what comes before a dial is kept for
   * it.
   */
  #trace(from: "client" | "server", message: ControlMessage): void {
    if (message.type === "echo-request" || message.type === "echo-reply") return;
    const at = from === "client" ? this.#heardAt : this.#services.clock.now();
    const line = { at, from, text: describeMessage(message) };
    for (const call of this.#calls) call.record.controlLine(line);
    this.#early.push(line);
    if (this.#early.length > MAX_EARLY_LINES) this.#early.shift();
  }

  /** Ends the connection and its calls without a word: nobody there speaks PPTP, or as nobody should. */
  #cutOff(fault: ControlFault): void {
    this.#services.counters.fault(fault);
    this.#tcp.destroy();
    this.#over("not-pptp");
    for (const call of this.#calls) call.down(fault === "internal-error" ? "hung-up" : "protocol-error");
    this.#calls.clear();
  }

  #over(end: ControlEnd | "not-pptp"): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#fruitful ||= [...this.#calls].some((call) => call.cameUp);
    this.#runner.stop();
    this.#timers.clear();
    this.#events.gone(this, end);
  }
}
