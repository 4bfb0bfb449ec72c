import { DISCONNECT_RESULT } from "../../../server/pptp/messages/call-disconnect-notify.ts";
import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { Ending } from "../endings.ts";
import { opposite } from "../side.ts";
import { notifyWords, stepWords } from "./ending-words.ts";
import { asClient, asServer, type Judgement } from "./judgement.ts";

/** What ended a call from one side or the other, where anything did. */
export function judgeEnding(call: JudgedCall): Judgement | undefined {
  const { first } = call.facts.endings;
  return first === undefined ? undefined : ended(call, first);
}

function ended(call: JudgedCall, first: Ending): Judgement {
  if (answersTheClient(call, first))
    return asServer(
      "client-hung-up",
      `${sentence(call, first)} That answers a Call-Clear-Request of the client, whose messages are not in the capture.`,
    );
  const { from, kind } = first;
  const evidence = [endingSentence(call, first), ...othersWords(call, first)].join(" ");
  if (kind === "fin" || kind === "reset")
    return from === "client" ? asServer("control-lost", evidence) : asClient("connection-lost", evidence);
  return from === "client" ? asServer("client-hung-up", evidence) : asClient("hung-up-by-server", evidence);
}

/**
 * Result 4 of a Call-Disconnect-Notify says that the client asked for it (RFC 2637 §2.13), which counts where
 * nothing of the client is there to see.
 */
const answersTheClient = ({ facts }: JudgedCall, first: Ending): boolean =>
  first.kind === "notify" &&
  first.from === "server" &&
  first.result === DISCONNECT_RESULT.request &&
  facts.control.said.client === 0;

/**
 * Who ended it and how, one sentence. Where that side's Windows gave a number in several protocols, the one
 * that tells the most.
 */
export function endingSentence(call: JudgedCall, first: Ending): string {
  const telling = first.kind === "terminate" ? call.facts.endings.told(first.from)?.ending : undefined;
  return sentence(call, telling ?? first);
}

function sentence(call: JudgedCall, ending: Ending): string {
  const { from, at } = ending;
  const up = call.upAt !== undefined && call.upAt <= at;
  const when = up
    ? `after a session of ${elapsed((at - call.upAt!) / 1e6)}`
    : `${elapsed(call.since(at))} after it began`;
  return `The ${from} ${stepWords(ending, up)}, ${when}.`;
}

/**
 * What the other side said of its own, where both ended it, and what a Call-Disconnect-Notify says that came
 * later. FIN and RST behind a goodbye are its end and say nothing.
 */
function othersWords({ facts }: JudgedCall, first: Ending): string[] {
  const { all } = facts.endings;
  const later = (at: number) => `${elapsed(Math.max(0, at - first.at) / 1e6)} later`;
  const other = all.find(
    ({ from, kind, at }) =>
      from === opposite(first.from) &&
      at >= first.at &&
      (kind === "terminate" || kind === "clear" || kind === "stop"),
  );
  const notify = all.find((one) => one.kind === "notify" && one !== first);
  return [
    ...(other === undefined ? [] : [`The ${other.from} ${stepWords(other, false)} ${later(other.at)}.`]),
    ...(notify?.kind !== "notify"
      ? []
      : [`The ${notify.from}'s Call-Disconnect-Notify ${later(notify.at)} has ${notifyWords(notify)}.`]),
  ];
}

/** How it ended, behind another sentence: `; the client sent a Call-Clear-Request, 4.8 s after it began`. */
export function endingClause(call: JudgedCall): string {
  const { first } = call.facts.endings;
  if (first === undefined) return "";
  const evidence = endingSentence(call, first);
  return `; ${evidence[0]!.toLowerCase()}${evidence.slice(1, -1)}`;
}
