import type { Negotiation } from "../negotiation/negotiation.ts";
import { findOption } from "../negotiation/protocol.ts";
import type { LinkState } from "./link.ts";

/** An option that holds, as traces show it; the value is empty where the option has none. */
export interface AgreedOption {
  readonly name: string;
  readonly value: string;
}

/** Of one protocol: what the client asked for and got, and what we did. */
export interface AgreedProtocol {
  readonly byClient: readonly AgreedOption[];
  readonly byServer: readonly AgreedOption[];
}

/** What holds on a link that is up. */
export interface AgreedOptions {
  readonly lcp: AgreedProtocol;
  /** Undefined: the session is in clear, and has no CCP. */
  readonly ccp: AgreedProtocol | undefined;
  readonly ipcp: AgreedProtocol;
}

/** Undefined while the link is not up. */
export function agreedOptions({ phase }: LinkState): AgreedOptions | undefined {
  if (phase.at !== "up") return undefined;
  const { lcp, ccp, ipcp } = phase;
  return { lcp: agreed(lcp), ccp: ccp === undefined ? undefined : agreed(ccp), ipcp: agreed(ipcp) };
}

function agreed<P>({ protocol, accepted, asking }: Negotiation<P>): AgreedProtocol {
  const shown = ({ code, data }: { readonly code: number; readonly data: Uint8Array }): AgreedOption => {
    const option = findOption(protocol, code);
    if (option === undefined) return { name: `option-${code}`, value: "" };
    return { name: option.name, value: option.show(data).text };
  };
  return { byClient: accepted.map(shown), byServer: asking.map(shown) };
}
