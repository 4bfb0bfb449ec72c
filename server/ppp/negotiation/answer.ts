import { MAX_FAILURE } from "../automaton/counters.ts";
import { optionData, type RawOption } from "../option-list.ts";
import { type Judgement, reject } from "./option.ts";
import { findOption, type Protocol } from "./protocol.ts";

/** What a Configure-Request deserves. */
export type Answer =
  | { readonly say: "ack" }
  | { readonly say: "nak"; readonly options: readonly RawOption[] }
  | { readonly say: "reject"; readonly options: readonly RawOption[] }
  /** Max-Failure Naks changed nothing, and this option is not one to do without. */
  | { readonly say: "deadlock"; readonly option: string };

/**
 * Judges a Configure-Request (RFC 1661 §5.2 to §5.4): what is rejected comes first, all of it in one
 * Configure-Reject; Naks wait for the request that follows. After `naks` = Max-Failure, Naks turn into
 * Rejects or a deadlock.
 */
export function answer<P>(
  protocol: Protocol<P>,
  policy: P,
  asking: readonly RawOption[],
  request: readonly RawOption[],
  naks: number,
): Answer {
  const rejects: RawOption[] = [];
  const naked: RawOption[] = [];
  const mayNak = naks < MAX_FAILURE;
  const seen = new Set<number>();
  for (const { code, data } of request) {
    const option = findOption(protocol, code);
    // A second option of the same code has no meaning for any option that we know.
    const judgement: Judgement<Uint8Array> =
      option === undefined || seen.has(code) ? reject : option.judge(data, policy, optionData(asking, code));
    seen.add(code);
    if (judgement.say === "reject") rejects.push({ code, data });
    if (judgement.say !== "nak") continue;
    if (!mayNak && option!.deadlock === "end") return { say: "deadlock", option: option!.name };
    if (!mayNak) rejects.push({ code, data });
    else if (judgement.alone) return { say: "nak", options: [{ code, data: judgement.value }] };
    else naked.push({ code, data: judgement.value });
  }
  if (rejects.length > 0) return { say: "reject", options: rejects };
  for (const option of protocol.options) {
    const data = seen.has(option.code) ? undefined : option.demand(policy);
    if (data === undefined) continue;
    if (mayNak) naked.push({ code: option.code, data });
    else if (option.deadlock === "end") return { say: "deadlock", option: option.name };
  }
  return naked.length > 0 ? { say: "nak", options: naked } : { say: "ack" };
}
