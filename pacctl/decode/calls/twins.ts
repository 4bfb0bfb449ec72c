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
import { MAX_TWIN_SIGNS, MAX_TWINS, TWIN_SIGNS, TWINS_AT_ONCE, TWINS_WITHIN } from "../limits.ts";
import { opposite } from "../side.ts";
import { mayBeTranslated } from "./translated.ts";

/** What two calls have in common that no two dials have. */
export type TwinSign = "TCP sequence numbers" | "log-in" | "LCP magic number" | "encrypted packets";

/**
 * A call as far as it may be the same dial as another. An object of its own: it is remembered when the call
 * itself, which is large, is over.
 */
export interface TwinCall {
  readonly number: number;
  client: string;
  server: string;
  readonly facts: Pick<CallFacts, "gre">;
  /** The other one, and what both have in common. */
  twin: { readonly call: TwinCall; readonly by: TwinSign } | undefined;
  /** Frames that were looked at for that. */
  signs: number;
}

/** Octets of a frame that tell it from all others. */
const TELLING = 48;

/** Octets of an encrypted frame that are as good as random. */
const RANDOM = 16;

/** Calls in which something random is the same, the first one first. */
interface Sign {
  readonly calls: TwinCall[];
  /** In the first one. */
  readonly at: number;
}

/**
 * One dial that was captured on both sides of a NAT, which changes addresses, ports and call IDs and nothing
 * else: it shows in numbers that are random. Where those of both sides agree at the same time, it is one dial
 * whatever its addresses are; else only where the one address may stand for the other.
 */
export class Twins {
  /** The oldest first. */
  readonly #signs = new Map<string, Sign>();
  /** By call: whose magic number of which side it has. */
  readonly #alike = new WeakMap<TwinCall, { readonly call: TwinCall; readonly of: Side }>();
  /** Calls of a generator: nothing in them is random. */
  readonly #copied = new WeakSet<TwinCall>();

  /** Initial sequence numbers of both sides. */
  tcp(call: TwinCall, client: number, server: number, at: number): void {
    this.#see(call, "TCP sequence numbers", `${client} ${server}`, at, () => true);
  }

  /** A PPP frame with its GRE sequence number. */
  frame(call: TwinCall, from: Side, sequence: number, frame: Uint8Array, at: number): void {
    if (call.signs >= TWIN_SIGNS) return;
    const sign = signOf(frame);
    if (sign === undefined) return;
    call.signs += 1;
    const value = `${from} ${sequence} ${hex(frame.subarray(0, TELLING))}`;
    const whose = sign.acknowledged ? opposite(from) : from;
    // What answers a challenge or is encrypted comes from numbers of both sides.
    const ofBoth = (first: TwinCall) =>
      sign.by !== "LCP magic number" || this.#magicOfBoth(first, call, whose);
    this.#see(call, sign.by, value, at, ofBoth);
  }

  /** `ofBoth`: random numbers of both sides are the same in this call. */
  #see(call: TwinCall, by: TwinSign, value: string, at: number, ofBoth: (first: TwinCall) => boolean): void {
    // Through octets, else each piece that it is made of is kept as a string of its own.
    const key = Buffer.from(`${by} ${value}`, "latin1").toString("latin1");
    const known = this.#signs.get(key);
    if (known === undefined || Math.abs(at - known.at) > TWINS_WITHIN) {
      this.#signs.delete(key);
      this.#signs.set(key, { calls: [call], at });
      this.#forget(at);
      return;
    }
    const { calls } = known;
    const first = calls[0]!;
    if (calls.includes(call) || (first.client === call.client && first.server === call.server)) return;
    if (calls.push(call) > MAX_TWINS) {
      for (const one of calls) this.#isCopied(one, by);
      calls.length = 1;
      return;
    }
    const atOnce = Math.abs(at - known.at) <= TWINS_AT_ONCE;
    const translated =
      mayBeTranslated(first.client, call.client) && mayBeTranslated(first.server, call.server);
    if (!(atOnce && ofBoth(first)) && !translated) return;
    if (this.#copied.has(call) || this.#copied.has(first)) return;
    call.twin ??= { call: first, by };
    first.twin ??= { call, by };
  }

  /** Those that are too many, or for which whatever comes is too late. */
  #forget(now: number): void {
    for (const [key, { at }] of this.#signs) {
      if (this.#signs.size <= MAX_TWIN_SIGNS && now - at <= TWINS_WITHIN) return;
      this.#signs.delete(key);
    }
  }

  /** Magic numbers alone may be the same in all devices of one make. */
  #isCopied(call: TwinCall, by: TwinSign): void {
    if (by !== "LCP magic number") this.#copied.add(call);
    if (this.#copied.has(call) || call.twin?.by === by) call.twin = undefined;
  }

  #magicOfBoth(first: TwinCall, call: TwinCall, of: Side): boolean {
    const alike = this.#alike.get(call);
    if (alike?.call === first) return alike.of !== of;
    this.#alike.set(call, { call: first, of });
    return false;
  }
}

/** What is random in a frame; undefined: nothing. */
function signOf(octets: Uint8Array): { readonly by: TwinSign; readonly acknowledged?: boolean } | undefined {
  const frame = decodeFrame(octets);
  if (!frame.ok) return undefined;
  const { protocol, information } = frame.value;
  if (protocol === PROTOCOL.compressed)
    return information.length >= RANDOM ? { by: "encrypted packets" } : undefined;
  if (protocol !== PROTOCOL.lcp && protocol !== PROTOCOL.chap) return undefined;
  const packet = decodePacket(information);
  if (!packet.ok) return undefined;
  const { code, data } = packet.value;
  if (protocol === PROTOCOL.chap) return code === CHAP.response ? { by: "log-in" } : undefined;
  const acknowledged = code === CODE.configureAck;
  if (!acknowledged && code !== CODE.configureRequest) return undefined;
  const options = decodeOptions(data);
  if (!options.ok || (magicNumber.in(options.value) ?? 0) === 0) return undefined;
  return { by: "LCP magic number", acknowledged };
}
