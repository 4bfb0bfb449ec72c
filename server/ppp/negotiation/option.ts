import type { ShownField } from "../../wire/shown-field.ts";
import { optionData, type RawOption } from "../option-list.ts";
import { shortHex, type ValueCodec } from "./value-codec.ts";

/** What we say to a value that the peer asks for. */
export type Judgement<V> =
  | { readonly say: "ack" }
  /** Ask for this instead. `alone`: whatever else is wrong waits, the answer is this one Nak. */
  | { readonly say: "nak"; readonly value: V; readonly alone: boolean }
  | { readonly say: "reject" };

export const ack: Judgement<never> = { say: "ack" };
export const reject: Judgement<never> = { say: "reject" };
export const nak = <V>(value: V): Judgement<V> => ({ say: "nak", value, alone: false });
export const nakAlone = <V>(value: V): Judgement<V> => ({ say: "nak", value, alone: true });

/** One Configuration Option, declared once: everything that negotiation, traces and tests know of it. */
export interface OptionDeclaration<P, V, A> {
  readonly code: number;
  /** As traces show it. */
  readonly name: string;
  readonly value: ValueCodec<V>;
  /** What holds where the peer does not ask for this option. */
  readonly absent: A;
  /** What we ask of the peer. Without it, or with undefined: nothing. */
  readonly propose?: (policy: P) => V | undefined;
  /** What we say to the peer's wish; `own` is the value in our latest request. */
  readonly judge: (asked: V, policy: P, own: V | undefined) => Judgement<V>;
  /** What a Nak carries where the peer's value does not decode. Without it, such an option is rejected. */
  readonly hint?: (policy: P) => V;
  /** The peer must ask for this option: a request without it gets a Nak with the hint (RFC 1661 §5.3). */
  readonly required?: boolean;
  /**
   * What we ask for after a Nak; undefined drops the option. Without it, we insist. `refused`: values of ours
   * that were Nak'd before `own`.
   */
  readonly onNak?: (offered: V, own: V, policy: P, refused: readonly V[]) => V | undefined;
  /** After a Configure-Reject of ours: drop the option (the default), or negotiation has failed. */
  readonly onReject?: "drop" | "end";
  /** After Max-Failure Naks: Reject instead (the default, RFC 1661 §4.6), or negotiation has failed. */
  readonly deadlock?: "reject" | "end";
}

/** A value as `Option.show` gives it. */
export interface ShownValue {
  readonly text: string;
  readonly words?: string | undefined;
  readonly parts: readonly ShownField[];
}

/**
 * An option as the generic code uses it: values only as octets, so that options of all types share one list.
 */
export interface Option<P, V = unknown, A = unknown> {
  readonly code: number;
  readonly name: string;
  readonly absent: A;
  readonly onReject: "drop" | "end";
  readonly deadlock: "reject" | "end";
  propose(policy: P): Uint8Array | undefined;
  judge(asked: Uint8Array, policy: P, own: Uint8Array | undefined): Judgement<Uint8Array>;
  /** What to Nak with where the peer left out what it must ask for. */
  demand(policy: P): Uint8Array | undefined;
  onNak(
    offered: Uint8Array,
    own: Uint8Array,
    policy: P,
    refused: readonly Uint8Array[],
  ): Uint8Array | undefined;
  /** `mru=1400`; a value that does not decode as `mru=?` and its octets. */
  describe(data: Uint8Array): string;
  /** The value by itself, in words where that says more, and what it is made of. */
  show(data: Uint8Array): ShownValue;
  /** The value in a list of options, or `absent`. */
  in(options: readonly RawOption[]): V | A;
}

/** Derives the generic form of a declaration. */
export function option<P, V, A>(declaration: OptionDeclaration<P, V, A>): Option<P, V, A> {
  const { code, name, value, absent } = declaration;
  const read = (data: Uint8Array | undefined): V | undefined => {
    const result = data === undefined ? undefined : value.decode(data);
    return result?.ok ? result.value : undefined;
  };
  const hint = (policy: P): Uint8Array | undefined =>
    declaration.hint === undefined ? undefined : value.encode(declaration.hint(policy));
  const show = (data: Uint8Array): ShownValue => {
    const result = value.decode(data);
    if (!result.ok) return { text: `?${shortHex(data)}`, words: `no ${name} (${result.code})`, parts: [] };
    const { text, words, parts } = value;
    return { text: text(result.value), words: words?.(result.value), parts: parts?.(result.value) ?? [] };
  };
  return {
    code,
    name,
    absent,
    onReject: declaration.onReject ?? "drop",
    deadlock: declaration.deadlock ?? "reject",
    propose(policy) {
      const wanted = declaration.propose?.(policy);
      return wanted === undefined ? undefined : value.encode(wanted);
    },
    judge(asked, policy, own) {
      const result = value.decode(asked);
      if (!result.ok) {
        const instead = hint(policy);
        return instead === undefined ? reject : nak(instead);
      }
      const judgement = declaration.judge(result.value, policy, read(own));
      return judgement.say === "nak" ? { ...judgement, value: value.encode(judgement.value) } : judgement;
    },
    demand: (policy) => (declaration.required === true ? hint(policy) : undefined),
    onNak(offered, own, policy, refused) {
      const better = read(offered);
      const ours = read(own);
      if (declaration.onNak === undefined || better === undefined || ours === undefined) return own;
      const earlier = refused.flatMap((data) => read(data) ?? []);
      const next = declaration.onNak(better, ours, policy, earlier);
      return next === undefined ? undefined : value.encode(next);
    },
    describe(data) {
      const { text } = show(data);
      return text === "" ? name : `${name}=${text}`;
    },
    show,
    in(options) {
      const data = optionData(options, code);
      const result = data === undefined ? undefined : value.decode(data);
      return result?.ok ? result.value : absent;
    },
  };
}
