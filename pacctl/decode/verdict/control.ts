import { CALL_RESULT } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import { codeName } from "../../../server/pptp/messages/show.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import { elapsed } from "../../../server/wire/elapsed.ts";
import { CUT } from "../../../server/wire/shown-field.ts";
import type { Side } from "../../capture/captured.ts";
import type { ControlFault, JudgedCall } from "../call-facts.ts";
import { opposite } from "../side.ts";
import { endingClause, judgeEnding } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { timedOut, type Waiting } from "./waiting.ts";

const startResult = codeName(START_RESULT);
const callResult = codeName(CALL_RESULT);

/** Why a dial came no further than its control connection; undefined: it did, or none is in the capture. */
export function judgeControl(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  return judgeTcp(call, waiting) ?? judgeMessages(call, waiting);
}

function judgeTcp(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { tcp, icmp } = call.facts;
  if (tcp.refused) return asClient("tcp-refused", "The server answered the SYN by RST.");
  if (tcp.connection !== "syn" || tcp.synAcked || isOpen(call)) return undefined;
  const refusal = icmp.find(({ about }) => about === "tcp");
  if (refusal !== undefined)
    return asClient("tcp-unreachable", `${refusal.by} says by ICMP: ${refusal.says}.`);
  const times =
    tcp.again === 0 ? "the SYN" : `${tcp.again + 1} SYNs within ${elapsed(call.since(call.lastAt))}`;
  if (tcp.again > 0 || timedOut(waiting)) return asClient("tcp-unanswered", `Nobody answered ${times}.`);
  return ended(`No answer to ${times} yet.`);
}

/** Whoever speaks, or acknowledges what was said, has been answered, though the capture may not show it. */
const isOpen = ({ facts: { tcp, control } }: JudgedCall): boolean =>
  control.messages + control.unread.client + control.unread.server + tcp.missed.server > 0;

function judgeMessages(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { control, gre, tcp, malformedGre } = call.facts;
  if (gre.client + gre.server > 0) return undefined;
  const { startReply, callReply } = control;
  if (callReply !== undefined && refused(callReply.result, CALL_RESULT.connected)) {
    const { result, error } = callReply;
    const errorText = error === undefined ? CUT : String(error);
    return asClient(
      "call-refused",
      `Outgoing-Call-Reply with result ${callResult(result)}, error ${errorText}.`,
    );
  }
  if (callReply !== undefined) return undefined;
  const broken = judgeFaults(call);
  if (broken !== undefined) return broken;
  if (control.callRequest)
    return timedOut(waiting)
      ? asClient("call-unanswered", `No Outgoing-Call-Reply came${endingClause(call)}.`)
      : ended("The call had no reply yet.");
  if (startReply !== undefined && refused(startReply.result, START_RESULT.ok))
    return asClient(
      "start-refused",
      `Start-Control-Connection-Reply with result ${startResult(startReply.result)}.`,
    );
  if (control.startRequest && startReply === undefined)
    return timedOut(waiting)
      ? asClient("start-unanswered", `No Start-Control-Connection-Reply came${endingClause(call)}.`)
      : ended("The control connection had no reply yet.");
  if (malformedGre > 0) return undefined;
  if (tcp.connection === "none") return undefined;
  if (tcp.connection === "mid-stream" && !control.startRequest && startReply === undefined)
    return asCapture(
      "joined-late",
      "Neither a Start-Control-Connection-Request nor a call is in the capture.",
    );
  if (!timedOut(waiting)) return ended("No call was placed yet.");
  // The client had begun to speak, and the server would not hear the rest.
  const end = control.said.client > 0 && call.facts.endings.first?.from === "server" && judgeEnding(call);
  if (end) return end;
  const missing = control.messages === 0 ? "No PPTP message was sent" : "No Outgoing-Call-Request was sent";
  return asCapture("no-call", `${missing}${endingClause(call)}.`);
}

/** Ours: who closes so soon after what is no message, in nanoseconds, does so for it. */
const CLOSES_FOR_IT = 10e9;

/** The other side hung up over what was no message, though the call had been accepted. */
export function judgeBreach(call: JudgedCall): Judgement | undefined {
  const { first } = call.facts.endings;
  const fault = first === undefined ? undefined : call.facts.control.faults[opposite(first.from)];
  if (first === undefined || fault === undefined) return undefined;
  const after = first.at - fault.at;
  return after >= 0 && after < CLOSES_FOR_IT ? faultOf(call, opposite(first.from), fault) : undefined;
}

/** Who sent something else where the message should be that the dial waits for. */
export function judgeFaults(call: JudgedCall): Judgement | undefined {
  const { faults } = call.facts.control;
  const from = firstOf(faults);
  const fault = from === undefined ? undefined : faults[from];
  return from === undefined || fault === undefined ? undefined : faultOf(call, from, fault);
}

function faultOf(call: JudgedCall, from: Side, fault: ControlFault): Judgement {
  const when = `${elapsed(call.since(fault.at))} after it began`;
  const wanted = awaited(call, from);
  const place = wanted === undefined || fault.what.endsWith(wanted) ? "" : ` where ${wanted} should be`;
  const evidence = `The ${from} sent ${fault.what}${place}, ${when}${endingClause(call)}.`;
  if (from === "client") return asServer("protocol-error", evidence);
  return fault.first ? asClient("not-pptp", evidence) : asCapture("protocol-error", evidence);
}

function firstOf({ client, server }: JudgedCall["facts"]["control"]["faults"]): Side | undefined {
  if (client === undefined) return server === undefined ? undefined : "server";
  return server === undefined || client.at <= server.at ? "client" : "server";
}

/** What the other side waited for from this one. */
function awaited({ facts }: JudgedCall, from: Side): string | undefined {
  const { startRequest, startReply, callRequest, callReply } = facts.control;
  if (callReply !== undefined) return undefined;
  const kind = from === "client" ? "Request" : "Reply";
  const started = from === "client" ? startRequest : startReply !== undefined;
  if (!started) return `a Start-Control-Connection-${kind}`;
  return callRequest === (from === "server") ? `an Outgoing-Call-${kind}` : undefined;
}

const ended = (evidence: string): Judgement => asCapture("capture-ended", evidence);

/** Undefined, where the capture cut the result, is no refusal. */
const refused = (result: number | undefined, ok: number): result is number =>
  result !== undefined && result !== ok && result !== 0;
