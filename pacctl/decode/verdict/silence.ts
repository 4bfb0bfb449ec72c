import { elapsed } from "../../../server/wire/elapsed.ts";
import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import { SILENT_AFTER } from "../limits.ts";
import { opposite } from "../side.ts";
import { endingClause } from "./ending.ts";
import { asClient, asServer, type Judgement } from "./judgement.ts";

/**
 * Ours: a dial that stands still for so long has come to nothing, in nanoseconds. PPP asks ten times, every
 * three seconds (RFC 1661 §4.6).
 */
const DIAL_STANDS = 35e9;

/**
 * Ours: a session is over after so long without a packet, where its control connection is in the capture: an
 * Echo-Request is due after 60 s, and after 60 more its answer (RFC 2637 §3.1.4).
 */
const SESSION_STANDS = 150e9;

/** Ours: so many Echo-Requests in a row without an answer mean that the other side is gone. */
const UNANSWERED = 3;

/** Ours: in nanoseconds; a side is the one that fell silent where the other went on for so long. */
const WENT_ON = 1e9;

/** Did the call go on at `now`, the end of the capture? Packets of others may have passed since. */
export function goesOn(call: JudgedCall, now: number): boolean {
  const { facts, link, lastAt } = call;
  const limit = link.up ? SESSION_STANDS : facts.control.callRequest ? DIAL_STANDS : SESSION_STANDS;
  return now - lastAt <= (facts.tcp.connection === "none" ? SILENT_AFTER : limit);
}

/** One side asks whether the other is there, again and again, and hears nothing from it any more. */
export function judgeEchoes(call: JudgedCall): Judgement | undefined {
  for (const silent of ["client", "server"] as const) {
    const text = (["lcp", "control"] as const).flatMap((kind) => unanswered(call, kind, silent) ?? [])[0];
    if (text !== undefined) return silentSide(silent, `${text}${endingClause(call)}.`);
  }
  return undefined;
}

/** What is said of Echo-Requests that one side left unanswered; undefined: none, or it was heard. */
function unanswered(call: JudgedCall, kind: "control" | "lcp", silent: Side): string | undefined {
  const { echoes, heardAt, greHeardAt, tcp } = call.facts;
  const { count, since, last } = echoes[kind][opposite(silent)];
  // GRE may stop while the control connection lives.
  const heard = (kind === "lcp" ? greHeardAt : heardAt)[silent];
  if (count < UNANSWERED || heard >= since) return undefined;
  if (heard === NEVER && (kind === "lcp" || !isThere(call, silent))) return undefined;
  const what = kind === "lcp" ? "LCP Echo-Requests" : "Echo-Requests on the control connection";
  const means = kind === "lcp" ? "GRE packet" : "packet";
  const before =
    heard === NEVER ? "" : `; its last ${means} had come ${elapsed(call.since(heard))} after the call began`;
  const host = (tcp.heard?.[silent] ?? NEVER) > since ? "; its TCP lives on, so that the host is there" : "";
  const within = elapsed((last - since) / 1e6);
  return `The ${silent} answered none of the last ${count} ${what} within ${within}${before}${host}`;
}

const NEVER = Number.NEGATIVE_INFINITY;

/** What is to be said of Echo-Requests without an answer where that is no verdict. */
export function echoFindings(call: JudgedCall): string[] {
  const { echoes, heardAt } = call.facts;
  return (["client", "server"] as const).flatMap((silent) => {
    const { count, since, last } = echoes.control[opposite(silent)];
    if (count < UNANSWERED || heardAt[silent] < since) return [];
    return [
      `The ${silent} answered none of the last ${count} Echo-Requests on the control connection within ${elapsed((last - since) / 1e6)}, though other packets of it came.`,
    ];
  });
}

/**
 * A side of which nothing is in the capture is silent where its TCP acknowledges, or where the other sends
 * again what nobody acknowledged. Otherwise its packets may not have been captured.
 */
function isThere({ facts }: JudgedCall, side: Side): boolean {
  const { heard, resent } = facts.tcp;
  return (heard?.[side] ?? NEVER) > NEVER || resent[opposite(side)] >= UNANSWERED;
}

/** Nothing passed any more, though the capture went on, and nobody said goodbye. */
export function judgeSilence(call: JudgedCall, now: number, before: string): Judgement {
  const { heardAt } = call.facts;
  const after = elapsed((now - call.lastAt) / 1e6);
  const silent: Side = heardAt.server + WENT_ON < heardAt.client ? "server" : "client";
  const alone = Math.abs(heardAt.server - heardAt.client) > WENT_ON;
  const said =
    alone && heardAt[silent] !== NEVER
      ? `Nothing came from the ${silent} later than ${elapsed(call.since(heardAt[silent]))} after it began, and from the ${opposite(silent)} not later than ${elapsed(call.since(call.lastAt))}; `
      : `Its last packet passed ${elapsed(call.since(call.lastAt))} after it began; `;
  return silentSide(
    silent,
    `${before}${said}the capture goes on for ${after} without one, and nobody said goodbye.`,
  );
}

const silentSide = (silent: Side, evidence: string): Judgement =>
  silent === "client" ? asServer("link-lost", evidence) : asClient("link-lost", evidence);
