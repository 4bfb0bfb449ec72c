import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import { opposite } from "../side.ts";
import { endingClause } from "./ending.ts";
import { asCapture, type Judgement } from "./judgement.ts";

/**
 * What says that one side is silent in the tunnel: of source `server` the client is, of `client` the server.
 */
const SILENT_IN_GRE: ReadonlySet<string> = new Set([
  "gre-blocked",
  "lcp-unanswered",
  "auth-unanswered",
  "mppe-refused",
  "ipcp-unanswered",
  "link-lost",
]);

/** What says that one side is silent on the control connection. */
const SILENT_IN_CONTROL: ReadonlyMap<string, Side> = new Map([
  ["start-unanswered", "server"],
  ["call-unanswered", "server"],
  ["no-call", "client"],
]);

/** What says that one side closed TCP without a goodbye: the other one may have said it before. */
const WITHOUT_GOODBYE: ReadonlyMap<string, Side> = new Map([
  ["control-lost", "server"],
  ["connection-lost", "client"],
]);

/**
 * Instead of a judgement on a side for its silence, where that side was heard by the other and only the
 * capture lacks its packets. Undefined: the judgement stands.
 */
export function judgeUncaptured(call: JudgedCall, { code, source }: Judgement): Judgement | undefined {
  const inControl = SILENT_IN_CONTROL.get(code);
  const said = inControl === undefined ? undefined : uncapturedControl(call, inControl);
  if (said !== undefined) return asCapture("control-not-captured", `${said}${endingClause(call)}.`);
  const before = isAnswer(call, code) ? "client" : WITHOUT_GOODBYE.get(code);
  const unheard = before === undefined || isHeard(call, before) ? undefined : uncapturedControl(call, before);
  if (unheard !== undefined)
    return asCapture(
      "control-not-captured",
      `${unheard}; who ended the call first cannot be told from it${endingClause(call)}.`,
    );
  if (!SILENT_IN_GRE.has(code) || isRejected(call, code)) return undefined;
  const silent = source === "server" ? "client" : "server";
  const sides: readonly Side[] = code === "gre-blocked" ? ["client", "server"] : [silent];
  for (const side of sides) {
    const passed = uncapturedGre(call, side);
    if (passed !== undefined) return asCapture("gre-not-captured", `${passed}${endingClause(call)}.`);
    // Whoever lacks one direction of TCP lacks it of GRE as well.
    const control = isHeard(call, side) ? undefined : uncapturedControl(call, side);
    if (control !== undefined) return asCapture("control-not-captured", `${control}${endingClause(call)}.`);
  }
  return undefined;
}

/**
 * May what ended the call have been the server's answer to the client? Windows' Call-Disconnect-Notify has
 * result 0 then.
 */
function isAnswer({ facts }: JudgedCall, code: string): boolean {
  const { first } = facts.endings;
  if (code === "ended-before-ppp" && (first?.kind === "fin" || first?.kind === "reset")) return true;
  const byServer = code === "ended-before-ppp" || code === "hung-up-by-server";
  return byServer && first?.kind === "notify" && (first.result ?? 0) === 0;
}

/** A Protocol-Reject is in the capture, and speaks for itself. */
const isRejected = ({ link }: JudgedCall, code: string): boolean =>
  code === "mppe-refused" && link.ccpRejectedBy !== undefined;

/** Sentences, without their full stop, on what was captured of one direction alone. */
export function directionFindings(call: JudgedCall): string[] {
  const { gre } = call.facts;
  return (["client", "server"] as const).flatMap((side) => {
    const control = isHeard(call, side) ? undefined : uncapturedControl(call, side);
    const tunnel = gre[side] > 0 ? undefined : uncapturedGre(call, side);
    return [control, tunnel].flatMap((text) => (text === undefined ? [] : [`${text}.`]));
  });
}

/**
 * Users' packets pass, and the other direction is not in the capture: the link is up, as far as can be seen.
 */
export const isUpOneWay = (call: JudgedCall): boolean =>
  call.facts.encrypted + call.facts.clear > 0 &&
  (["client", "server"] as const).some(
    (side) => call.facts.gre[side] === 0 && uncapturedGre(call, side) !== undefined,
  );

/** How it shows that GRE of this side passed which is not in the capture; undefined: it does not. */
export function uncapturedGre(call: JudgedCall, side: Side): string | undefined {
  const { gre, unseen } = call.facts;
  const other = opposite(side);
  const proofs = [
    ...(unseen[side] === 0
      ? []
      : [`acknowledges ${packets(unseen[side])} of the ${side} that ${are(unseen[side])} not in it`]),
    ...answered(call, other).map((what) => `answers ${what} of the ${side} that is not in it`),
  ];
  if (proofs.length === 0) return undefined;
  const what =
    gre[side] === 0
      ? `Only the ${other}'s direction of GRE is in this file`
      : `GRE packets of the ${side} are not in this file`;
  return `${what}: the ${other} ${proofs.slice(0, 2).join(" and ")}`;
}

const packets = (count: number): string => (count === 1 ? "a GRE packet" : `${count} GRE packets`);
const are = (count: number): string => (count === 1 ? "is" : "are");

/** What this side has answered without its having been seen. */
function answered({ link }: JudgedCall, from: Side): string[] {
  const other = opposite(from);
  const { logIn } = link;
  const requests = (["lcp", "ccp", "ipcp"] as const).flatMap((protocol) => {
    const { sides } = link[protocol];
    const isAnswer = sides[from].replies > 0 && sides[other].requests === 0;
    return isAnswer ? [`${protocol === "ccp" ? "a" : "an"} ${protocol.toUpperCase()} Configure-Request`] : [];
  });
  const isChap = logIn.method !== "pap" && logIn.method !== "eap";
  if (from === "client" && isChap && logIn.responses > 0 && logIn.challenges === 0)
    requests.push("a CHAP Challenge");
  if (from === "server" && logIn.outcome !== undefined && logIn.method !== "eap" && logIn.responses === 0)
    requests.push("a log-in");
  return requests;
}

/** Is a segment of this side in the capture? */
const isHeard = ({ facts }: JudgedCall, side: Side): boolean =>
  (facts.tcp.heard?.[side] ?? Number.NEGATIVE_INFINITY) > Number.NEGATIVE_INFINITY;

/** The same of the control connection. */
function uncapturedControl(call: JudgedCall, side: Side): string | undefined {
  const { tcp, control } = call.facts;
  const other = opposite(side);
  if (tcp.connection === "none") return undefined;
  const missed = tcp.missed[side];
  const acknowledged = `acknowledges ${missed} octets of the ${side} that are not in it`;
  if (isHeard(call, side))
    return missed === 0
      ? undefined
      : `Octets of the ${side} on the control connection are not in this file: the ${other} ${acknowledged}`;
  if (missed === 0 && control.said[other] + control.unread[other] === 0) return undefined;
  const proof = missed > 0 ? acknowledged : `sends messages, which it cannot before the ${side} has answered`;
  return `Only the ${other}'s direction of the control connection is in this file: the ${other} ${proof}`;
}
