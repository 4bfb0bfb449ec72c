import type { LadderRow } from "./ladder-types.ts";

/** A line of a stored trace; `from`: client, server or pacd itself. */
export interface TraceLine {
  readonly at: number;
  readonly from: "client" | "server" | "pacd";
  readonly layer: string;
  readonly text: string;
}

/** It as a row: what pacd noted is a note. */
export const traceRow = ({ at, from, layer, text }: TraceLine): LadderRow => ({
  at,
  from: from === "pacd" ? "note" : from,
  layer,
  text,
});
