import { DISCONNECT_RESULT } from "../../../server/pptp/messages/call-disconnect-notify.ts";
import { codeName } from "../../../server/pptp/messages/show.ts";
import { STOP_REASON } from "../../../server/pptp/messages/stop-control-connection-request.ts";
import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import { asClient, asServer, type Judgement } from "./judgement.ts";

const disconnectResult = codeName(DISCONNECT_RESULT);
const stopReason = codeName(STOP_REASON);

/**
 * What ended a call from one side or the other, where anything did; `said`: how the rest of the evidence
 * ends.
 */
export function judgeEnding(call: JudgedCall, since: string): Judgement | undefined {
  const { facts, link } = call;
  const { control, tcp } = facts;
  const { terminate } = link;
  if (terminate !== undefined) {
    const words = terminate.text === "" ? "without a reason" : `saying "${terminate.text}"`;
    return ended(terminate.from, `The ${terminate.from} sent an LCP Terminate-Request ${words}, ${since}.`);
  }
  if (control.clear) return ended("client", `The client sent a Call-Clear-Request, ${since}.`);
  if (control.disconnect !== undefined) {
    const { from, result, text } = control.disconnect;
    const said = text === "" ? "" : `: "${text}"`;
    return ended(
      from,
      `The ${from} sent a Call-Disconnect-Notify with result ${disconnectResult(result)}${said}, ${since}.`,
    );
  }
  if (control.stop !== undefined) {
    const { from, reason } = control.stop;
    return ended(
      from,
      `The ${from} sent a Stop-Control-Connection-Request with reason ${stopReason(reason)}, ${since}.`,
    );
  }
  const lost = tcp.reset ?? (tcp.fin.client ? "client" : tcp.fin.server ? "server" : undefined);
  if (lost !== undefined) {
    const how = tcp.reset === undefined ? "closed" : "reset";
    const evidence = `The ${lost} ${how} the control connection without a goodbye, ${since}.`;
    return lost === "client" ? asServer("control-lost", evidence) : asClient("connection-lost", evidence);
  }
  return undefined;
}

const ended = (by: "client" | "server", evidence: string): Judgement =>
  by === "client" ? asServer("client-hung-up", evidence) : asClient("hung-up-by-server", evidence);

/** `2.5 s after the call began`. */
export const sinceBegin = (call: JudgedCall): string => `${elapsed(call.since(call.lastAt))} after it began`;

/** How it ended, behind another sentence: `; the client sent a Call-Clear-Request, 4.8 s after it began`. */
export function endingClause(call: JudgedCall): string {
  const evidence = judgeEnding(call, sinceBegin(call))?.evidence;
  return evidence === undefined ? "" : `; ${evidence[0]!.toLowerCase()}${evidence.slice(1, -1)}`;
}
