import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { toPeerCallId } from "../../../server/wire/call-id.ts";
import { CALL_REQUEST } from "./call-request.ts";
import type { Habits } from "./habits.ts";

export type CallReply = Extract<ControlMessage, { type: "outgoing-call-reply" }>;

/** What a client of this control connection does with what it says and hears. */
export interface ControlHandlers {
  write(octets: Uint8Array): void;
  /** The server has answered the Start-Request: the client may ask for a call. */
  started(): void;
  callReply(reply: CallReply): void;
  /** Each message of the server, before it is answered. */
  heard?(message: ControlMessage): void;
}

/** A client's side of the control connection: what it says, and how it answers (RFC 2637 §3.1). */
export class ControlConnection {
  readonly #habits: Pick<Habits, "start" | "call">;
  readonly #handlers: ControlHandlers;
  readonly #framer = new Framer();

  constructor(habits: Pick<Habits, "start" | "call">, handlers: ControlHandlers) {
    this.#habits = habits;
    this.#handlers = handlers;
  }

  start(): void {
    this.say({
      type: "start-control-connection-request",
      version: 0x0100,
      framingCapabilities: 3,
      bearerCapabilities: 3,
      maximumChannels: 0,
      firmwareRevision: 0,
      hostName: "",
      vendorName: "",
      ...this.#habits.start,
    });
  }

  requestCall(callId: number): void {
    this.say({ ...CALL_REQUEST, ...this.#habits.call, callId: toPeerCallId(callId) });
  }

  clearCall(callId: number): void {
    this.say({ type: "call-clear-request", callId: toPeerCallId(callId) });
  }

  stop(): void {
    this.say({ type: "stop-control-connection-request", reason: 1 });
  }

  say(message: ControlMessage): void {
    this.#handlers.write(encodeMessage(message));
  }

  /** Octets from the server, cut as TCP pleases. Throws where they are no control messages. */
  receive(octets: Uint8Array): void {
    for (const result of this.#framer.push(octets)) {
      if (!result.ok) throw new Error(`the server sent ${result.code} at ${result.at}`);
      this.#answer(result.value);
    }
  }

  #answer(message: ControlMessage): void {
    this.#handlers.heard?.(message);
    switch (message.type) {
      case "start-control-connection-reply":
        this.#handlers.started();
        return;
      case "outgoing-call-reply":
        this.#handlers.callReply(message);
        return;
      case "echo-request":
        this.say({ type: "echo-reply", identifier: message.identifier, result: 1, error: 0 });
        return;
      case "stop-control-connection-request":
        this.say({ type: "stop-control-connection-reply", result: 1, error: 0 });
        return;
      default:
        return;
    }
  }
}
