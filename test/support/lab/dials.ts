import assert from "node:assert/strict";
import type { Seen } from "./dissect.ts";

/** What a capture says of one dial, from its Outgoing-Call-Request to the next. */
export interface CapturedDial {
  readonly steps: readonly Seen[];
  /**
   * Milliseconds from the Outgoing-Call-Request until both sides' IPCP Configure-Requests are acknowledged.
   */
  readonly setupMs: number;
}

/** The dials of one client in a capture that began before the first. */
export function dialsOf(client: string, seen: readonly Seen[]): CapturedDial[] {
  const own = seen.filter(({ from, to }) => from === client || to === client);
  const starts = own.flatMap(({ what }, index) => (what === "Outgoing-Call-Request" ? [index] : []));
  return starts.map((start, number) => {
    const steps = own.slice(start, starts[number + 1] ?? own.length);
    const acks = steps.filter(({ what }) => what === "IPCP Configure-Ack");
    const both = [acks.find(({ from }) => from === client), acks.find(({ to }) => to === client)];
    assert.ok(both[0] && both[1], `dial ${number} has no address: ${steps.map(({ what }) => what).join()}`);
    return { steps, setupMs: Math.max(both[0].at, both[1].at) - steps[0]!.at };
  });
}

/**
 * What was sent a second time before the link was up: the same message or frame by the same side, its
 * identifier left aside. Nothing in a dial says the same thing twice unless a timer ran out.
 */
export function retransmissions({ steps, setupMs }: CapturedDial): string[] {
  const said = new Set<string>();
  const again: string[] = [];
  for (const { at, from, what, body } of steps) {
    if (at > steps[0]!.at + setupMs || !/Request|Challenge|Response/.test(what)) continue;
    const key = `${from} ${what} ${body.toString("hex")}`;
    if (said.has(key)) again.push(`${what} by ${from} after ${(at - steps[0]!.at).toFixed(1)} ms`);
    said.add(key);
  }
  return again;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
