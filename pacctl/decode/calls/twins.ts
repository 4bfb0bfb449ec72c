import { CHAP } from "../../../server/ppp/auth/chap.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { magicNumber } from "../../../server/ppp/lcp/magic-number.ts";
import { decodeOptions } from "../../../server/ppp/option-list.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { hex } from "../../../server/wire/bytes.ts";
import type { Side } from "../../capture/captured.ts";
import type { CallFacts } from "../call-facts.ts";
import type { CallName } from "../decode-types.ts";
import { MAX_TWIN_SIGNS, TWIN_SIGNS, TWINS_WITHIN } from "../limits.ts";
import { mayBeTranslated } from "./translated.ts";

/** What two calls have in common that no two dials have. */
export type TwinSign = "TCP sequence numbers" | "log-in" | "LCP magic number" | "encrypted packets";

/** A call as far as it may be the same dial as another. */
export interface TwinCall extends CallName {
  readonly facts: CallFacts;
  /** The other one, and what both have in common. */
  twin: { readonly call: TwinCall; readonly by: TwinSign } | undefined;
  /** Frames that were looked at for that. */
  signs: number;
}

/** Octets of a frame that tell it from all others. */
const TELLING = 48;

/** Octets of an encrypted frame that are as good as random. */
const RANDOM = 16;

/**
 * One dial that was captured on both sides of a NAT, which changes addresses, ports and call IDs and nothing
 * else: it shows in numbers that are random.
 */
export class Twins {
  /** The first call with each sign, the oldest first. */
  readonly #signs = new Map<string, { readonly call: TwinCall; readonly at: number }>();

  /** Initial sequence numbers of both sides. */
  tcp(call: TwinCall, client: number, server: number, at: number): void {
    this.#see(call, "TCP sequence numbers", `${client} ${server}`, at);
  }

  /** A PPP frame with its GRE sequence number. */
  frame(call: TwinCall, from: Side, sequence: number, frame: Uint8Array, at: number): void {
    if (call.signs >= TWIN_SIGNS) return;
    const sign = signOf(frame);
    if (sign === undefined) return;
    call.signs += 1;
    this.#see(call, sign, `${from} ${sequence} ${hex(frame.subarray(0, TELLING))}`, at);
  }

  #see(call: TwinCall, sign: TwinSign, value: string, at: number): void {
    const key = `${sign} ${value}`;
    const known = this.#signs.get(key);
    if (known === undefined) {
      this.#signs.set(key, { call, at });
      if (this.#signs.size > MAX_TWIN_SIGNS) this.#signs.delete(this.#signs.keys().next().value!);
      return;
    }
    const first = known.call;
    if (first === call || Math.abs(at - known.at) > TWINS_WITHIN) return;
    if (!mayBeTranslated(first.client, call.client) || !mayBeTranslated(first.server, call.server)) return;
    if (first.client === call.client && first.server === call.server) return;
    call.twin ??= { call: first, by: sign };
    first.twin ??= { call, by: sign };
  }
}

/** What is random in a frame; undefined: nothing. */
function signOf(octets: Uint8Array): TwinSign | undefined {
  const frame = decodeFrame(octets);
  if (!frame.ok) return undefined;
  const { protocol, information } = frame.value;
  if (protocol === PROTOCOL.compressed) return information.length >= RANDOM ? "encrypted packets" : undefined;
  if (protocol !== PROTOCOL.lcp && protocol !== PROTOCOL.chap) return undefined;
  const packet = decodePacket(information);
  if (!packet.ok) return undefined;
  const { code, data } = packet.value;
  if (protocol === PROTOCOL.chap) return code === CHAP.response ? "log-in" : undefined;
  if (code !== CODE.configureRequest) return undefined;
  const options = decodeOptions(data);
  return options.ok && (magicNumber.in(options.value) ?? 0) !== 0 ? "LCP magic number" : undefined;
}
