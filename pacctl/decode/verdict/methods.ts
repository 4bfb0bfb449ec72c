import {
  authenticationProtocol,
  authenticationTitle,
  methodOf,
} from "../../../server/ppp/lcp/authentication-protocol.ts";
import { equalOctets } from "../../../server/wire/bytes.ts";
import type { JudgedCall } from "../call-facts.ts";
import { isRefused, type MethodOffers } from "../link/method-offers.ts";
import { endingClause } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import type { Waiting } from "./waiting.ts";

/** Ours: so many refusals in a row are no haggling any more. A real dial has two or three. */
export const REFUSALS = 4;

/** Whether the two could not agree on how one of them logs in; undefined: that is not the matter. */
export function judgeMethods(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { link } = call;
  // Who goes on has got over it.
  if (link.logIn.responses > 0 || link.ccp.begun || link.ipcp.begun) return undefined;
  return refusedByClient(call, waiting) ?? refusedByServer(call, waiting);
}

/** The remedy is with whoever lacks MS-CHAPv2, which every client and every server can do. */
function refusedByClient(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { server } = call.link.methods.sides;
  if (!isFinal(server, waiting)) return undefined;
  const evidence = `The server offered ${all(server.offered)}; the client ${answer(server)}${endingClause(call)}.`;
  return server.offered.some((value) => methodOf(value) === "ms-chap-v2")
    ? asServer("auth-protocol-refused", evidence)
    : asClient("auth-method-refused", evidence);
}

/** A client that wants the server to log in to it, too: MS-CHAPv2 proves both sides in one run. */
function refusedByServer(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { client } = call.link.methods.sides;
  if (!isFinal(client, waiting) || call.facts.endings.first?.from === "server") return undefined;
  return asCapture(
    "log-in-of-server-demanded",
    `The client demanded that the server log in by ${all(client.offered)}; the server ${answer(client)}${endingClause(call)}.`,
  );
}

const isFinal = (offers: MethodOffers, { over }: Waiting): boolean =>
  offers.offered.length > 0 && isRefused(offers) && (offers.refusals >= REFUSALS || over);

/**
 * `EAP (auth=eap) alone`, `MS-CHAPv2 (auth=ms-chap-v2), then PAP (auth=pap)`: as people call them, and as
 * rows do.
 */
const all = (values: readonly Uint8Array[]): string =>
  values.length === 1 ? `${named(values[0]!)} alone` : values.map(named).join(", then ");

const named = (value: Uint8Array): string =>
  `${authenticationTitle(value)} (${authenticationProtocol.describe(value)})`;

function answer({ wanted, refused, rejected, insisted, offered, refusals }: MethodOffers): string {
  const it = offered.length === 1 ? "it" : "each";
  const again = insisted ? `, and was asked for ${it === "it" ? "it" : "one of them"} again` : "";
  // What it wanted first it may have refused later.
  const instead = wanted.filter((value) => !refused.some((one) => equalOctets(one, value)));
  if (instead.length > 0) {
    const end = rejected ? " and rejected the option in the end" : "";
    return `wanted ${instead.map(named).join(" or ")} instead (Configure-Nak)${end}${again}`;
  }
  if (rejected) return `refused ${it} and named no other (Configure-Reject)${again}`;
  return `refused ${it} ${refusals === 1 ? "" : `${refusals} times `}and named no other (Configure-Nak)`;
}
