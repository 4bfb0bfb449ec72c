import { Framer } from "../../../server/pptp/framer.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { toCallId } from "../../../server/wire/call-id.ts";
import { millis } from "../../../server/wire/units.ts";
import type { VirtualTcp } from "../virtual-tcp.ts";
import type { World } from "../world.ts";
import { CALL_REQUEST } from "./call-request.ts";
import { greFrame, greOf } from "./gre-bytes.ts";
import { IncomingOrder } from "./incoming-order.ts";
import type { Manner } from "./manner.ts";
import { PppClient } from "./ppp-client.ts";

/** What may be odd about one dial. */
interface Oddities {
  /** Milliseconds from the call reply until it listens to GRE and sends its first frame. */
  readonly delay?: number;
  /** What goes out in place of a PPP frame. */
  readonly mangle?: (frame: Uint8Array) => readonly Uint8Array[];
}

/** Alice with a client of a given kind, at 198.51.100.7. What comes late or twice through GRE it drops. */
export class ManneredClient {
  /** Types of the control messages that the server sent. */
  readonly seen: string[] = [];
  readonly ppp: PppClient;
  up = false;
  serverCallId = 0;
  readonly #world: World;
  readonly #manner: Manner;
  readonly #delay: number;
  readonly #mangle: (frame: Uint8Array) => readonly Uint8Array[];
  readonly #from = 0xc6336407;
  readonly #framer = new Framer();
  readonly #order: IncomingOrder;
  #tcp: VirtualTcp | undefined;
  #sequence: number;
  #listens = false;

  constructor(world: World, manner: Manner, { delay = 0, mangle = (frame) => [frame] }: Oddities = {}) {
    this.#world = world;
    this.#manner = manner;
    this.#delay = delay;
    this.#mangle = mangle;
    this.#sequence = manner.firstSequence;
    this.#order = new IncomingOrder(world.clock, manner.reorders, (frame) => this.ppp.receive(frame));
    this.ppp = new PppClient(manner, { user: "alice", password: "s3cret" }, world.clock, {
      send: (frame) => this.#send(frame),
      lcpOpen: () => this.#setLinkInfo(0),
      up: () => {
        this.up = true;
      },
      terminated: () => this.#say({ type: "call-clear-request", callId: manner.call.callId }),
    });
  }

  dial(): void {
    this.#tcp = this.#world.connect("198.51.100.7");
    this.#tcp.onData = (bytes) => this.#control(bytes);
    this.#world.receivers.set(this.#from, (bytes) => this.#gre(bytes));
    this.#say({
      type: "start-control-connection-request",
      version: 0x0100,
      framingCapabilities: 3,
      bearerCapabilities: 3,
      maximumChannels: 0,
      firmwareRevision: 0,
      hostName: "",
      vendorName: "",
      ...this.#manner.start,
    });
  }

  /** LCP first; the call and the control connection follow with the server's answers. */
  hangUp(): void {
    this.#setLinkInfo(0xffffffff);
    this.ppp.hangUp();
  }

  /** Says nothing more in PPP. */
  clearCall(): void {
    this.#say({ type: "call-clear-request", callId: this.#manner.call.callId });
  }

  get closed(): boolean {
    return this.#tcp?.closed ?? true;
  }

  #control(bytes: Uint8Array): void {
    for (const result of this.#framer.push(bytes)) {
      if (!result.ok) throw new Error(`the server sent ${result.code} at ${result.at}`);
      const message = result.value;
      this.seen.push(message.type);
      if (message.type === "start-control-connection-reply") this.#requestCall();
      if (message.type === "outgoing-call-reply") this.#callReply(message);
      if (message.type === "call-disconnect-notify")
        this.#say({ type: "stop-control-connection-request", reason: 1 });
      if (message.type === "stop-control-connection-reply") this.#tcp?.close();
    }
  }

  #requestCall(): void {
    this.#say({ ...CALL_REQUEST, ...this.#manner.call });
  }

  #callReply(reply: Extract<ControlMessage, { type: "outgoing-call-reply" }>): void {
    const { callId } = this.#manner.call;
    if (reply.result !== 1 || reply.peerCallId !== callId)
      throw new Error(`call reply: result ${reply.result} for call ${reply.peerCallId}`);
    this.serverCallId = reply.callId;
    const begin = () => {
      this.#listens = true;
      this.#setLinkInfo(0xffffffff);
      this.ppp.start();
    };
    if (this.#delay === 0) begin();
    else this.#world.clock.after(millis(this.#delay), begin);
  }

  #gre(bytes: Uint8Array): void {
    const packet = greOf(bytes, this.#manner.call.callId);
    if (packet !== undefined && this.#listens) this.#order.take(packet.sequence, packet.payload.slice());
  }

  #send(frame: Uint8Array): void {
    for (const one of this.#mangle(frame))
      this.#world.gre(this.#from, greFrame(this.serverCallId, this.#sequence++, one));
  }

  #setLinkInfo(sendAccm: number): void {
    if (!this.#manner.setLinkInfo) return;
    this.#say({
      type: "set-link-info",
      peerCallId: toCallId(this.serverCallId),
      sendAccm,
      receiveAccm: 0xffffffff,
    });
  }

  #say(message: ControlMessage): void {
    this.#tcp?.write(encodeMessage(message));
  }
}
