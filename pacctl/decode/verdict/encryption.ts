import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { Ending } from "../endings.ts";
import type { Loss } from "../link/encryption-loss.ts";
import { endingSentence } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";

/**
 * Ours: whoever ends the whole link so soon after encryption, in nanoseconds, took it down on the way out.
 * pppd waits three seconds for a Terminate-Ack.
 */
const ON_THE_WAY_OUT = 5e9;

/** Ours: an end so soon after it, in nanoseconds, comes of it. */
const COMES_OF_IT = 30e9;

/** Ours: so many Reset-Requests that one side sends before the end are why it ended. */
const RESETS = 8;

/** A session that lost its encryption, and not by its goodbye; undefined: none did, or it has it again. */
export function judgeEncryption(call: JudgedCall): Judgement | undefined {
  const loss = lastLoss(call);
  if (loss !== undefined) return judgeLoss(call, loss);
  const end = endOf(call);
  if (end === undefined) return undefined;
  for (const side of ["client", "server"] as const) {
    const { requests, last, first } = call.facts.encryption.resets[side];
    if (requests < RESETS || end.at - last > COMES_OF_IT) continue;
    const evidence = `The ${side} sent ${requests} CCP Reset-Requests within ${elapsed((last - first) / 1e6)}: it could not decrypt what came${clause(call, end)}.`;
    return side === "client"
      ? asClient("encryption-lost", evidence)
      : asServer("mppe-desynchronised", evidence);
  }
  return undefined;
}

function judgeLoss(call: JudgedCall, loss: Loss): Judgement | undefined {
  const end = endOf(call);
  // A session that goes on without it for long, and then ends, ends for a reason of its own.
  if (end !== undefined && end.at - loss.at > COMES_OF_IT) return undefined;
  const then = end === undefined ? ", and the session goes on" : clause(call, end);
  const evidence = `${lossWords(call, loss)}${clearWords(call, loss)}${then}.`;
  if (loss.how !== "negotiated") return asCapture("encryption-ended", evidence);
  // A negotiation that is on its way ends nothing by itself.
  if (end === undefined) return undefined;
  return loss.from === "client"
    ? asServer("mppe-renegotiated", evidence)
    : asClient("encryption-lost", evidence);
}

/** `; the client sent a Call-Clear-Request, 4.8 s after it began`. */
function clause(call: JudgedCall, end: Ending): string {
  const sentence = endingSentence(call, end);
  return `; ${sentence[0]!.toLowerCase()}${sentence.slice(1, -1)}`;
}

/** The last loss that was not made good, and that is not part of a goodbye. */
function lastLoss(call: JudgedCall): Loss | undefined {
  const { losses } = call.facts.encryption;
  return losses.findLast((loss) => loss.openings === call.link.ccp.openings && !isGoodbye(call, loss));
}

/** Does the same side end the link at once? */
const isGoodbye = ({ facts }: JudgedCall, loss: Loss): boolean =>
  facts.endings.all.some(
    (one) => isWhole(one) && one.from === loss.from && Math.abs(one.at - loss.at) < ON_THE_WAY_OUT,
  );

/** The first thing that ends the call and not a part of it. */
const endOf = ({ facts }: JudgedCall): Ending | undefined => facts.endings.all.find(isWhole);

const isWhole = (one: Ending): boolean => one.kind !== "terminate" || one.protocol === "lcp";

/** What was done to the encryption in mid-session, a sentence each; without what a goodbye does. */
export function encryptionFindings(call: JudgedCall): string[] {
  const { losses, resets } = call.facts.encryption;
  const found = losses
    .filter((loss) => !isGoodbye(call, loss))
    .map((loss) => {
      const again = loss.openings < call.link.ccp.openings ? "; it was agreed on again" : "";
      return `${lossWords(call, loss)}${clearWords(call, loss)}${again}.`;
    });
  for (const side of ["client", "server"] as const) {
    const { requests, first, last, answers } = resets[side];
    if (requests === 0) continue;
    const within = requests === 1 ? "" : ` within ${elapsed((last - first) / 1e6)}`;
    found.push(
      `The ${side} sent ${requests} CCP Reset-Request${requests === 1 ? "" : "s"}${within}, since it could not decrypt what came, and got ${answers} Reset-Ack${answers === 1 ? "" : "s"}.`,
    );
  }
  return found;
}

function lossWords(call: JudgedCall, { from, at, how, words }: Loss): string {
  const when = `${elapsed(call.since(at))} after it began`;
  switch (how) {
    case "terminated":
      return `The ${from} ended the encryption of the session by a CCP Terminate-Request ${words}, ${when}`;
    case "negotiated":
      return `The ${from} began to negotiate encryption (CCP) anew in mid-session, ${when}`;
    case "rejected":
      return `The ${from} rejected the encryption of the session by an LCP Protocol-Reject, ${when}`;
  }
}

function clearWords({ facts }: JudgedCall, { clear }: Loss): string {
  const after = facts.clear - clear;
  if (after === 0) return "";
  return after === 1
    ? "; after that one packet of users' data passed in clear"
    : `; after that ${after} packets of users' data passed in clear`;
}
