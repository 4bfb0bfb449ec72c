import type { ControlMessage } from "../../../server/pptp/messages/message.ts";

type Message<T extends ControlMessage["type"]> = Omit<Extract<ControlMessage, { type: T }>, "type">;

/**
 * Options of a Configure-Request: type and value in hexadecimal, in the order in which the client writes
 * them.
 */
export type Wishes = readonly (readonly [type: number, value: string])[];

/** What a kind of client does that another one does not. The rest is RFC 2637 and RFC 1661. */
export interface Habits {
  readonly name: string;
  readonly start: Partial<Message<"start-control-connection-request">>;
  readonly call: Partial<Message<"outgoing-call-request">> & { readonly callId: number };
  /** Set-Link-Info after the call reply, after LCP and before the end, as Windows sends it. */
  readonly setLinkInfo: boolean;
  /** Sequence number of its first GRE packet. */
  readonly firstSequence: number;
  /**
   * Does it put GRE packets in order again? Windows and pptp-linux hold what comes early; others drop what
   * comes late.
   */
  readonly reorders: boolean;
  /** Identifier of its first PPP packet; one count for all protocols. */
  readonly firstId: number;
  readonly lcp: Wishes;
  /** LCP options of the server that it rejects. */
  readonly rejects: readonly number[];
  /** LCP options of the server that it Naks with this value for as long as they have another one. */
  readonly naks?: Wishes;
  /** Texts of its LCP Identifications, sent when LCP opens. */
  readonly identifications: readonly Uint8Array[];
  /** Does it send PPP's fields whole though LCP agreed to compress them, as it may (RFC 1661 §6.5, §6.6)? */
  readonly sendsFieldsWhole?: boolean;
  /** What it does about MPPE. */
  readonly encryption:
    | "mppe"
    /** Has no CCP, or it is switched off: LCP Protocol-Reject. */
    | "protocol-reject"
    /** Knows CCP and no MPPE: Configure-Reject of option 18. */
    | "configure-reject"
    /** Asks for option 18 without a bit, whatever the Nak says, for ever. */
    | "no-bits";
  /** MPPE bits of its first CCP request. It takes what a Nak offers. */
  readonly mppe: string;
  /** Does a CCP request in open CCP end the link? pppd says "MPPE disabled" and goes. */
  readonly endsOnCcpAgain: boolean;
  /** Does a Configure-Request go out again while nobody answers it? */
  readonly repeatsRequests: boolean;
  /** Does it send its CHAP Response again while no Success or Failure comes? pppd does not. */
  readonly repeatsResponse: boolean;
  /** Does it ask for its address beside CCP, or when CCP is open? */
  readonly ipcp: "beside CCP" | "after CCP";
  readonly address: Wishes;
  /** Other network protocols that it asks for before its address: protocol, and data of the request. */
  readonly others: readonly (readonly [protocol: number, data: string])[];
  /** Does it say its CCP request a second time when CCP is open? */
  readonly repeatsCcp: boolean;
  /** Data of its Terminate-Request. */
  readonly goodbye: Uint8Array;
  /** Does it clear the call once LCP is terminated, and stop the control connection then? */
  readonly endsControlConnection: boolean;
}

export const IPV6CP = 0x8057;
/** Apple's protocol for routes and domains. */
export const ACSCP = 0x8235;

/** Data of an IPV6CP request: an Interface-Identifier. */
export const INTERFACE_IDENTIFIER = "010adc15159b5957c96d";
