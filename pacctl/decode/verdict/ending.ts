import { DISCONNECT_RESULT } from "../../../server/pptp/messages/call-disconnect-notify.ts";
import { elapsed } from "../../../server/wire/elapsed.ts";
import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { Answer, Ending } from "../endings.ts";
import { opposite } from "../side.ts";
import { notifyWords, stepWords } from "./ending-words.ts";
import { asClient, asServer, type Judgement } from "./judgement.ts";

/** What ended a call from one side or the other, where anything did. */
export function judgeEnding(call: JudgedCall): Judgement | undefined {
  const { first } = call.facts.endings;
  const unseen = unseenEnd(call, first);
  if (unseen !== undefined) return unseenAsked(unseen);
  return first === undefined ? undefined : ended(call, first);
}

function ended(call: JudgedCall, first: Ending): Judgement {
  const { from, kind } = first;
  const evidence = [endingSentence(call, first), ...othersWords(call, first)].join(" ");
  if (kind === "fin" || kind === "reset")
    return from === "client" ? asServer("control-lost", evidence) : asClient("connection-lost", evidence);
  return from === "client" ? asServer("client-hung-up", evidence) : asClient("hung-up-by-server", evidence);
}

/**
 * Where a capture has the packets of one side alone, its answers show that the other asked for the end
 * before: a Terminate-Ack of LCP, a Stop-Control-Connection-Reply, a Call-Disconnect-Notify with result 4
 * (RFC 2637 §2.13).
 */
function unseenEnd(call: JudgedCall, first: Ending | undefined): UnseenEnd | undefined {
  const { endings, control, gre } = call.facts;
  const unseen = ({ from, to }: Answer): boolean =>
    (to === "terminate" ? gre : control.said)[opposite(from)] === 0;
  const answer = endings.answers.find((one) => unseen(one) && one.at <= (first?.at ?? one.at));
  if (answer !== undefined) return { asked: opposite(answer.from), sentence: answerSentence(call, answer) };
  const isCleared =
    first?.kind === "notify" && first.result === DISCONNECT_RESULT.request && control.said.client === 0;
  return isCleared ? { asked: "client", sentence: sentence(call, first) } : undefined;
}

interface UnseenEnd {
  /** Who ended the call. */
  readonly asked: Side;
  /** How the other side answered. */
  readonly sentence: string;
}

function unseenAsked({ asked, sentence: answer }: UnseenEnd): Judgement {
  const whole = `${answer} That answers the ${asked}, whose packets are not in the capture.`;
  return asked === "client" ? asServer("client-hung-up", whole) : asClient("hung-up-by-server", whole);
}

const answerSentence = (call: JudgedCall, { from, to, at }: Answer): string =>
  `The ${from} sent ${to === "terminate" ? "an LCP Terminate-Ack" : "a Stop-Control-Connection-Reply"}, ${moment(call, at)}.`;

/**
 * Who ended it and how, one sentence. Where that side's Windows gave a number in several protocols, the one
 * that tells the most.
 */
export function endingSentence(call: JudgedCall, first: Ending): string {
  const telling = first.kind === "terminate" ? call.facts.endings.told(first.from)?.ending : undefined;
  return sentence(call, telling ?? first);
}

const sentence = (call: JudgedCall, ending: Ending): string =>
  `The ${ending.from} ${stepText(call, ending)}, ${moment(call, ending.at)}.`;

/** What a step of a call was, behind who took it. */
export function stepText(call: JudgedCall, ending: Ending): string {
  const { endings, tcp } = call.facts;
  const { from, at } = ending;
  const parted = endings.all.some(
    (one) => one.from === from && one.at <= at && one.kind !== "fin" && one.kind !== "reset",
  );
  return stepWords(ending, { up: isUp(call, at), unseen: tcp.missed[from], parted });
}

const isUp = ({ upAt }: JudgedCall, at: number): boolean => upAt !== undefined && upAt <= at;

const moment = (call: JudgedCall, at: number): string =>
  isUp(call, at)
    ? `after a session of ${elapsed((at - call.upAt!) / 1e6)}`
    : `${elapsed(call.since(at))} after it began`;

/**
 * What the other side said of its own, where both ended it, and what a Call-Disconnect-Notify says that came
 * later. FIN and RST behind a goodbye are its end and say nothing.
 */
function othersWords(call: JudgedCall, first: Ending): string[] {
  const { all } = call.facts.endings;
  const later = (at: number) => `${elapsed(Math.max(0, at - first.at) / 1e6)} later`;
  const other = all.find(
    ({ from, kind, at }) =>
      from === opposite(first.from) &&
      at >= first.at &&
      (kind === "terminate" || kind === "clear" || kind === "stop"),
  );
  const notify = all.find((one) => one.kind === "notify" && one !== first);
  return [
    ...(other === undefined ? [] : [`The ${other.from} ${stepText(call, other)} ${later(other.at)}.`]),
    ...(notify?.kind !== "notify"
      ? []
      : [`The ${notify.from}'s Call-Disconnect-Notify ${later(notify.at)} has ${notifyWords(notify)}.`]),
  ];
}

/** How it ended, behind another sentence: `; the client sent a Call-Clear-Request, 4.8 s after it began`. */
export function endingClause(call: JudgedCall): string {
  const { first } = call.facts.endings;
  const evidence =
    unseenEnd(call, first)?.sentence ?? (first === undefined ? undefined : endingSentence(call, first));
  if (evidence === undefined) return "";
  return `; ${evidence[0]!.toLowerCase()}${evidence.slice(1, -1)}`;
}
