import { identificationIn } from "../../ppp/lcp/identification.ts";
import { latin1 } from "../../pptp/messages/field.ts";
import type { StartControlConnectionRequest } from "../../pptp/messages/start-control-connection-request.ts";
import { isText, printable } from "../../wire/printable.ts";

/** Ours: Windows sends three Identifications, one of them no text. */
const MAX_IDENTIFICATIONS = 8;

/** Ours: of what one message or name says, in octets. */
const MAX_TEXT = 64;

/** What a client may be, as far as it says so. */
export const CLIENT_KINDS = ["windows", "pptp-linux", "routeros", "pacctl"] as const;

export type ClientKind = (typeof CLIENT_KINDS)[number];

/** What the Start-Control-Connection-Request says of whoever sent it. */
export type StartRequestNames = Pick<
  StartControlConnectionRequest,
  "hostName" | "vendorName" | "firmwareRevision"
>;

/** What a client says of itself. Nobody checks it: texts are printable and bounded, and prove nothing. */
export interface ClientFacts {
  /** From Windows' Identification `MSRAS-0-NAME`; null: it has not said one. */
  readonly computerName: string | null;
  /** Null: nothing that is known. */
  readonly kind: ClientKind | null;
  /** From the Start-Control-Connection-Request (RFC 2637 §2.1); null: empty. */
  readonly hostName: string | null;
  readonly vendorName: string | null;
  readonly firmwareRevision: number | null;
  /** Texts of LCP Identification, in the order of their coming, each once. */
  readonly identifications: readonly string[];
}

/** By what stands at the beginning of a vendor's name. */
const VENDORS: readonly (readonly [start: string, kind: ClientKind])[] = [
  ["Microsoft", "windows"],
  ["cananian", "pptp-linux"],
  ["MikroTik", "routeros"],
  ["pacctl", "pacctl"],
];

/** Who a client says it is: the names of its Start-Request, and its LCP Identifications (RFC 1570 §2.1). */
export class ClientIdentity {
  readonly #start: StartRequestNames | undefined;
  readonly #texts = new Set<string>();
  #heard = 0;

  /** `start`: undefined where the Start-Request is not known. */
  constructor(start: StartRequestNames | undefined) {
    this.#start = start;
  }

  /** A PPP control frame of the client. A flood of Identifications costs no more than other frames do. */
  frame(frame: Uint8Array): void {
    if (this.#heard === MAX_IDENTIFICATIONS) return;
    const message = identificationIn(frame);
    if (message === undefined) return;
    this.#heard += 1;
    // One of Windows' is the 16 octets of a GUID.
    if (message.length > 0 && isText(message)) this.#texts.add(printable(message, MAX_TEXT));
  }

  facts(): ClientFacts {
    const identifications = [...this.#texts];
    return {
      computerName: identifications.map(computerIn).find((name) => name !== undefined) ?? null,
      kind: this.#kind(identifications),
      hostName: shown(this.#start?.hostName),
      vendorName: shown(this.#start?.vendorName),
      firmwareRevision: this.#start?.firmwareRevision ?? null,
      identifications,
    };
  }

  #kind(identifications: readonly string[]): ClientKind | null {
    const vendor = this.#start?.vendorName ?? "";
    const known = VENDORS.find(([start]) => vendor.startsWith(start))?.[1];
    return known ?? (identifications.some((text) => text.startsWith("MSRAS")) ? "windows" : null);
  }
}

const computerIn = (text: string): string | undefined => /^MSRAS-\d+-(.+)$/.exec(text)?.[1];

const shown = (name: string | undefined): string | null =>
  name === undefined || name === "" ? null : printable(latin1(name), MAX_TEXT);
