import { CODE } from "../codes.ts";
import { decodeOptions, optionData, type RawOption, sameOptions } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { findOption, type Protocol } from "./protocol.ts";

/** What the peer's reply means for our Configure-Request. */
export type Reply =
  | { readonly means: "agreed" }
  /**
   * Ask for this instead. `naked`: our options that were Nak'd; `insisting`: one of them that we repeat
   * unchanged.
   */
  | {
      readonly means: "retry";
      readonly asking: readonly RawOption[];
      readonly naked: readonly RawOption[];
      readonly insisting: string | undefined;
    }
  /** The peer rejects an option that we do not do without. */
  | { readonly means: "refused"; readonly option: string }
  /** Not a reply to this request: silently discarded (RFC 1661 §5.2 to §5.4). */
  | { readonly means: "invalid" };

const invalid: Reply = { means: "invalid" };

/**
 * Reads a Configure-Ack, -Nak or -Reject whose identifier is that of our request, which asked for `asking`;
 * `refused` is what was Nak'd of earlier ones.
 */
export function readReply<P>(
  protocol: Protocol<P>,
  policy: P,
  asking: readonly RawOption[],
  refused: readonly RawOption[],
  packet: Packet,
): Reply {
  const result = decodeOptions(packet.data);
  if (!result.ok) return invalid;
  const options = result.value;
  if (packet.code === CODE.configureAck) return sameOptions(options, asking) ? { means: "agreed" } : invalid;
  if (packet.code === CODE.configureNak) return naked(protocol, policy, asking, refused, options);
  return rejected(protocol, asking, options);
}

/** Options that we did not ask for may stand in a Nak as an offer (RFC 1661 §5.3); we want none. */
function naked<P>(
  protocol: Protocol<P>,
  policy: P,
  asking: readonly RawOption[],
  refused: readonly RawOption[],
  offers: readonly RawOption[],
): Reply {
  let insisting: string | undefined;
  const next = asking.flatMap((own): RawOption[] => {
    const offered = optionData(offers, own.code);
    const option = findOption(protocol, own.code)!;
    if (offered === undefined) return [own];
    const earlier = refused.filter(({ code }) => code === own.code).map(({ data }) => data);
    const data = option.onNak(offered, own.data, policy, earlier);
    if (data === undefined) return [];
    if (sameOptions([own], [{ code: own.code, data }])) insisting ??= option.name;
    return [{ code: own.code, data }];
  });
  const naked = asking.filter(({ code }) => optionData(offers, code) !== undefined);
  return { means: "retry", asking: next, naked, insisting };
}

function rejected<P>(
  protocol: Protocol<P>,
  asking: readonly RawOption[],
  refused: readonly RawOption[],
): Reply {
  const codes = new Set(refused.map((option) => option.code));
  if (codes.size === 0 || refused.some((option) => optionData(asking, option.code) === undefined))
    return invalid;
  for (const code of codes) {
    const option = findOption(protocol, code)!;
    if (option.onReject === "end") return { means: "refused", option: option.name };
  }
  return {
    means: "retry",
    asking: asking.filter((own) => !codes.has(own.code)),
    naked: [],
    insisting: undefined,
  };
}
