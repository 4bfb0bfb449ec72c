import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import { Decryption, type Undecrypted } from "../data/decryption.ts";
import { InOrder, type QueuedPacket } from "../data/in-order.ts";
import { innerText } from "../data/inner-text.ts";
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

  constructor(call: Call) {
    this.#call = call;
    this.#decryption = new Decryption(call.link);
    this.#orders = bySide(
      (from) =>
        new InOrder(
          (packet) => this.#open(from, packet),
          (packet, why) => {
            if (packet.octets.length > 0 && why === "late") this.#count("late");
          },
        ),
    );
  }

  /** A control frame: it takes a place in the order and nothing else. */
  control(from: Side, sequence: number, { at, frame }: Moment): void {
    this.#orders[from].push({ sequence, at, frame, octets: NOTHING, captured: 0 });
  }

  data(from: Side, { at, frame }: Moment, sequence: number, octets: Uint8Array, captured: number): void {
    this.#orders[from].push({ sequence, at, frame, octets: octets.slice(), captured });
  }

  end(): void {
    this.#orders.client.end();
    this.#orders.server.end();
  }

  #open(from: Side, packet: QueuedPacket): void {
    if (packet.octets.length === 0) return;
    const call = this.#call;
    const { services, facts } = call;
    const opening = this.#decryption.open(from, packet);
    if (!opening.ok) {
      this.#count(opening.why);
      return;
    }
    facts.decrypted += 1;
    call.bursts.decrypted(from);
    const { protocol, information } = opening;
    if (protocol === PROTOCOL.ip || protocol === PROTOCOL.ipv6) {
      const missing = packet.octets.length - packet.captured;
      const octets = information.subarray(0, Math.max(0, information.length - missing));
      services.sink.inner({ at: packet.at, octets, length: information.length });
    }
    if (!services.options.packets) return;
    const when = { at: packet.at, frame: packet.frame, interfaceId: 0 };
    call.note(when, "mppe", `frame ${packet.frame} decrypted: ${innerText(protocol, information)}`);
  }

  #count(why: Undecrypted): void {
    const { undecrypted } = this.#call.facts;
    undecrypted.set(why, (undecrypted.get(why) ?? 0) + 1);
  }
}
