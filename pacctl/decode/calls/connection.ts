import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { Side, TcpConnection } from "../../capture/captured.ts";
import { ControlStream } from "../control/control-stream.ts";
import { SentOctets } from "../control/sent-octets.ts";
import { type BySide, bySide, opposite } from "../side.ts";
import { Call } from "./call.ts";

/** One control connection with the calls on it. */
export class Connection {
  readonly tcp: TcpConnection;
  readonly streams: BySide<ControlStream>;
  readonly sent: BySide<SentOctets> = bySide(() => new SentOctets());
  #carried: Map<number, string> | undefined;
  /** Calls that are not over, the newest last. */
  readonly calls: Call[] = [];
  #current: Call | (() => Call);

  constructor(tcp: TcpConnection, first: Call) {
    this.tcp = tcp;
    this.streams = bySide(() => new ControlStream(tcp.seen !== "mid-stream"));
    this.#current = first;
    this.calls.push(first);
  }

  /** Where all packets are told: what the segments held that have just brought octets, by frame. */
  get carried(): Map<number, string> {
    this.#carried ??= new Map();
    return this.#carried;
  }

  /** Whoever gets what belongs to no call in particular. */
  get current(): Call {
    if (typeof this.#current === "function") this.#current = this.#current();
    return this.#current;
  }

  /** The call that a message is about; undefined: it asks for a new one. */
  callOf(from: Side, message: CutMessage): Call | undefined {
    switch (message.type) {
      case "outgoing-call-request":
      case "incoming-call-request":
        return this.current.facts.control.callRequest || this.current.finished ? undefined : this.current;
      case "outgoing-call-reply":
      case "incoming-call-reply":
      case "incoming-call-connected":
      case "set-link-info":
      case "wan-error-notify":
        return this.#withId(opposite(from), message.peerCallId) ?? this.current;
      case "call-clear-request":
      case "call-disconnect-notify":
        // Some put the other side's ID here.
        return (
          this.#withId(from, message.callId) ?? this.#withId(opposite(from), message.callId) ?? this.current
        );
      default:
        return this.current;
    }
  }

  add(call: Call): void {
    this.calls.push(call);
    this.#current = call;
    call.connection = this;
    call.facts.tcp.heard = this.tcp.heard;
  }

  /** Another call takes the place of one that turned out to be part of it. */
  replace(call: Call, by: Call): void {
    this.calls.splice(this.calls.indexOf(call), 1, by);
    if (this.#current === call) this.#current = by;
    by.connection = this;
  }

  remove(call: Call): void {
    const at = this.calls.indexOf(call);
    if (at >= 0) this.calls.splice(at, 1);
    // Echoes and the end of the connection are shown with a call that goes on.
    if (this.#current === call) this.#current = this.calls.at(-1) ?? remainsOf(call);
  }

  #withId(side: Side, id: number | undefined): Call | undefined {
    return id === undefined ? undefined : this.calls.findLast((call) => call.ids[side] === id);
  }
}

/**
 * Makes what stands for a call that is over, where its connection says something all the same. Until then a
 * few values are kept of it: there may be thousands of such connections.
 */
function remainsOf({
  services,
  number,
  client,
  server,
  begunAt: at,
  lastFrame: frame,
  facts,
}: Call): () => Call {
  const { ofPacd } = facts.control;
  return () => {
    const call = new Call(services, number, client, server, { at, frame, interfaceId: 0 });
    call.facts.control.ofPacd = ofPacd;
    call.finished = true;
    return call;
  };
}
