import { toCallId } from "../../../server/wire/call-id.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { millis } from "../../../server/wire/units.ts";
import type { VirtualTcp } from "../../simulation/virtual-tcp.ts";
import type { World } from "../../simulation/world.ts";
import { type CallReply, ControlConnection } from "./control-connection.ts";
import { greFrame, greOf } from "./gre-bytes.ts";
import type { Habits } from "./habits.ts";
import { IncomingOrder } from "./incoming-order.ts";
import type { Who } from "./log-in.ts";
import { PppClient } from "./ppp-client.ts";

/** What one dial has that another one of the same kind of client has not. */
export interface Dial extends Who {
  /** The client's outer address. */
  readonly from: number;
  /** The client's own call ID; the one that its kind is seen with, unless said. */
  readonly callId: number | undefined;
  /** Does GRE pass? "one-way": only towards the server, so that the client hears nothing. */
  readonly gre: "open" | "blocked" | "one-way";
  /** Milliseconds from the call reply until it listens to GRE and sends its first frame. */
  readonly delay: number;
  /** What goes out in place of a PPP frame. */
  readonly mangle: (frame: Uint8Array) => readonly Uint8Array[];
}

/** Alice, from where she is at home. */
const ALICE: Dial = {
  user: "alice",
  password: "s3cret",
  from: 0xc6336407, // 198.51.100.7
  callId: undefined,
  gre: "open",
  delay: 0,
  mangle: (frame) => [frame],
};

/** A PPTP client of a given kind in a simulated world: its control connection, its GRE and its PPP. */
export class PptpClient {
  /** What the server said, one line each: control messages, their results, and how it judged the log-in. */
  readonly seen: string[] = [];
  /** Types of the control messages that the server sent. */
  readonly messages: string[] = [];
  readonly ppp: PppClient;
  up = false;
  /** Called whenever the client gets its address. */
  onUp: () => void = () => {};
  /** Of the last Call-Disconnect-Notify. */
  statistics = "";
  serverCallId = 0;
  tcp: VirtualTcp | undefined;
  readonly #world: World;
  readonly #habits: Habits;
  readonly #dial: Dial;
  readonly #callId: number;
  readonly #control: ControlConnection;
  readonly #order: IncomingOrder;
  #segment = Number.POSITIVE_INFINITY;
  #sequence: number;
  #listens = false;

  constructor(world: World, habits: Habits, dial: Partial<Dial> = {}) {
    this.#world = world;
    this.#habits = habits;
    this.#dial = { ...ALICE, ...dial };
    this.#callId = this.#dial.callId ?? habits.call.callId;
    this.#sequence = habits.firstSequence;
    this.#order = new IncomingOrder(world.clock, habits.reorders, (frame) => this.ppp.receive(frame));
    this.#control = new ControlConnection(habits, {
      write: (octets) => this.#write(octets),
      started: () => this.#control.requestCall(this.#callId),
      callReply: (reply) => this.#callReply(reply),
      heard: (message) => {
        this.messages.push(message.type);
        this.seen.push(message.type);
        if (message.type === "call-disconnect-notify") {
          this.seen.push(`cdn ${message.result}`);
          this.statistics = message.callStatistics;
          if (habits.endsControlConnection) this.#control.stop();
        }
        if (message.type === "stop-control-connection-reply") this.tcp?.close();
      },
    });
    this.ppp = new PppClient(habits, this.#dial, world.clock, {
      send: (frame) => this.#send(frame),
      lcpOpen: () => this.#setLinkInfo(0),
      judged: (line) => this.seen.push(line),
      up: () => {
        this.up = true;
        this.onUp();
      },
      terminating: () => this.seen.push("terminate-request"),
      terminated: () => {
        if (habits.endsControlConnection) this.#control.clearCall(this.#callId);
      },
    });
  }

  /** Connects and dials; the rest follows from the server's answers. `segment`: octets a TCP segment. */
  dial({ segment = Number.POSITIVE_INFINITY } = {}): void {
    this.#segment = segment;
    this.tcp = this.#world.connect(formatIpv4(ipv4(this.#dial.from)));
    this.tcp.onData = (octets) => this.#control.receive(octets);
    if (this.#dial.gre !== "blocked") this.comeBack();
    this.#control.start();
  }

  /** Terminates LCP; what follows on the control connection is a habit. */
  hangUp(): void {
    this.#setLinkInfo(0xffffffff);
    this.ppp.hangUp();
  }

  /** A Call-Clear-Request, and nothing in PPP. */
  clearCall(): void {
    this.#control.clearCall(this.#callId);
  }

  /** Negotiates LCP anew in the session, and all that follows. */
  renegotiate(who: Who = this.#dial): void {
    this.up = false;
    this.ppp.renegotiate(who);
  }

  /** Loses its network without a word; the TCP connection stays open, as the server sees it. */
  vanish(): void {
    this.#world.receivers.delete(this.#dial.from);
  }

  /** Has its network again, as if nothing had been. */
  comeBack(): void {
    this.#world.receivers.set(this.#dial.from, (packet) => this.#gre(packet));
  }

  /** Sends an inner packet through the tunnel. */
  send(inner: Uint8Array): void {
    this.ppp.sendInner(inner);
  }

  /** Inner packets that came out of the tunnel. */
  get received(): readonly Uint8Array[] {
    return this.ppp.received;
  }

  /** The inner address that it asks for or has. */
  get address(): string {
    return this.ppp.address;
  }

  get closed(): boolean {
    return this.tcp?.closed ?? true;
  }

  #write(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; at += this.#segment)
      this.tcp?.write(octets.subarray(at, Math.min(octets.length, at + this.#segment)));
  }

  #callReply({ callId, peerCallId, result }: CallReply): void {
    if (result !== 1) {
      this.seen.push(`result ${result}`);
      return;
    }
    if (peerCallId !== this.#callId) throw new Error(`a reply to call ${peerCallId}`);
    this.serverCallId = callId;
    const begin = () => {
      this.#listens = true;
      this.#setLinkInfo(0xffffffff);
      this.ppp.start();
    };
    if (this.#dial.delay === 0) begin();
    else this.#world.clock.after(millis(this.#dial.delay), begin);
  }

  #gre(octets: Uint8Array): void {
    const packet = greOf(octets, this.#callId);
    if (packet === undefined || !this.#listens || this.#dial.gre === "one-way") return;
    this.#order.take(packet.sequence, packet.payload.slice());
  }

  #send(frame: Uint8Array): void {
    if (this.#dial.gre === "blocked") return;
    for (const one of this.#dial.mangle(frame))
      this.#world.gre(this.#dial.from, greFrame(this.serverCallId, this.#sequence++, one));
  }

  #setLinkInfo(sendAccm: number): void {
    if (!this.#habits.setLinkInfo) return;
    const receiveAccm = 0xffffffff;
    this.#control.say({
      type: "set-link-info",
      peerCallId: toCallId(this.serverCallId),
      sendAccm,
      receiveAccm,
    });
  }
}
