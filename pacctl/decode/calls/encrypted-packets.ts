import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import { Decryption, type Undecrypted } from "../data/decryption.ts";
import { InOrder, type QueuedPacket } from "../data/in-order.ts";
import { innerText } from "../data/inner-text.ts";
import { KeyRuns } from "../data/key-run.ts";
import { type BySide, bySide } from "../side.ts";
import type { Call } from "./call.ts";

const NOTHING = new Uint8Array(0);

/**
 * Opens the encrypted packets of one call in the order in which they were sent, and counts what stays closed.
 */
export class EncryptedPackets {
  readonly #call: Call;
  readonly #decryption: Decryption;
  readonly #orders: BySide<InOrder>;
  readonly #runs: BySide<KeyRuns> = bySide((from) => new KeyRuns(from));

  constructor(call: Call) {
    this.#call = call;
    this.#decryption = new Decryption(call.link);
    this.#orders = bySide(
      (from) =>
        new InOrder(
          (packet) => this.#open(from, packet),
          (packet, why) => {
            if (packet.octets.length > 0 && why === "late") this.#count("late", packet);
          },
        ),
    );
  }

  /** A control frame: it takes a place in the order and nothing else. */
  control(from: Side, sequence: number, { at, frame }: Moment): void {
    this.#orders[from].push({ sequence, at, frame, octets: NOTHING, captured: 0 });
  }

  /** `captured`: the beginning of a frame of `length` octets. */
  data(from: Side, { at, frame }: Moment, sequence: number, captured: Uint8Array, length: number): void {
    // A cipher must be moved on over all octets; what comes out behind those captured is shown nowhere.
    const octets = new Uint8Array(length);
    octets.set(captured);
    this.#orders[from].push({ sequence, at, frame, octets, captured: captured.length });
  }

  end(): void {
    for (const side of ["client", "server"] as const) {
      this.#orders[side].end();
      const differs = this.#runs[side].end();
      if (differs !== undefined) this.#call.addFinding(differs);
    }
  }

  #open(from: Side, packet: QueuedPacket): void {
    if (packet.octets.length === 0) return;
    const call = this.#call;
    const { services, facts } = call;
    const opening = this.#decryption.open(from, packet);
    const { frame, at, sequence } = packet;
    const when = { at, frame, interfaceId: 0 };
    const place = { frame, since: call.since(at), sequence, openings: call.link.ccp.openings };
    const { begun, over } = this.#runs[from].take(opening, place);
    if (begun !== undefined) call.note(when, "mppe", begun);
    if (over !== undefined) call.addFinding(over);
    if (!opening.ok) {
      this.#count(opening.why, packet);
      return;
    }
    facts.decrypted += 1;
    call.bursts.decrypted(from);
    const { protocol, information } = opening;
    const missing = packet.octets.length - packet.captured;
    const octets = information.subarray(0, Math.max(0, information.length - missing));
    if (protocol === PROTOCOL.ip || protocol === PROTOCOL.ipv6) {
      services.sink.inner(call, { at, octets, length: information.length });
    }
    if (!services.options.packets) return;
    const text = innerText(protocol, octets, information.length);
    call.note(when, "mppe", `frame ${frame} decrypted: ${text}`);
  }

  #count(why: Undecrypted, { frame }: QueuedPacket): void {
    const { undecrypted, firstUndecrypted } = this.#call.facts;
    undecrypted[why] = (undecrypted[why] ?? 0) + 1;
    firstUndecrypted[why] ??= frame;
  }
}
