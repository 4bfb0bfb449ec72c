import type { RawOption } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import type { Option } from "./option.ts";

/**
 * A control protocol, declared: what distinguishes LCP, CCP and IPCP for the one engine that negotiates them.
 */
export interface Protocol<P> {
  readonly name: "lcp" | "ccp" | "ipcp";
  /** Its PPP protocol number. */
  readonly number: number;
  /** In the order in which our Configure-Request lists them. */
  readonly options: readonly Option<P>[];
  /** Codes beyond Code-Reject that are known and need no answer from the engine. */
  readonly silent: ReadonlySet<number>;
  /**
   * Echo-Reply data to an Echo-Request, where the protocol has one; `asking` are the options of our request,
   * `accepted` those of the peer's.
   */
  readonly echo?: (
    request: Packet,
    asking: readonly RawOption[],
    accepted: readonly RawOption[],
  ) => Uint8Array;
  /** How many identical Configure-Requests in Opened get a mere second Ack (see `negotiate.ts`). */
  readonly maxReacks: number;
}

/** What a trace must know of a protocol. */
export type Options<P> = Pick<Protocol<P>, "options">;

/** The option of a protocol with this code. */
export function findOption<P>(protocol: Options<P>, code: number): Option<P> | undefined {
  return protocol.options.find((option) => option.code === code);
}
