import { elapsed } from "../../server/wire/elapsed.ts";
import { fieldText, type ShownField } from "../../server/wire/shown-field.ts";
import type { Ladder, LadderRow } from "../ladder-types.ts";
import { STAGE_TITLES } from "../stages.ts";
import { type Step, stepsOf } from "../steps.ts";
import { stamp } from "../text/times.ts";
import { escaped } from "./escape.ts";

/** Fields below their message: to be unfolded, or unfolded from the beginning. */
export type Fields = "folded" | "open";

/**
 * The rows: the sides by name, then a list with an arrow for each message. The browser lays it out, for
 * whatever width there is.
 */
export function ladderDrawing({ client, server, rows }: Ladder, fields: Fields): string {
  return [
    '<div class="ladder">',
    `<div class="sides"><div class="client"><b>client</b>${escaped(client)}</div><div class="server"><b>server</b>${escaped(server)}</div></div>`,
    '<ol class="rows">',
    ...stepsOf(rows).map((step) => item(step, fields)),
    "</ol>",
    "</div>",
  ].join("\n");
}

function item(step: Step, fields: Fields): string {
  switch (step.kind) {
    case "stage":
      return `<li class="stage"><span>${STAGE_TITLES[step.stage]}</span></li>`;
    case "silence":
      return `<li class="silence">${elapsed(step.lasted)} of silence</li>`;
    case "row":
      return row(step.row, fields);
  }
}

function row({ at, from, layer, text, mark, fields = [] }: LadderRow, how: Fields): string {
  const special = mark === undefined ? "" : `<span class="special">[${escaped(mark)}]</span> `;
  const time = `<span class="time">${stamp(at)}</span>`;
  if (from === "note") return `<li class="note">${time}${special}${escaped(text)}</li>`;
  // Who sent it shows in the arrow alone, which nobody hears or copies.
  const who = `<span class="who">${from}: </span>`;
  const said = `${time}${who}<span class="layer">${escaped(layer.toUpperCase())}</span> ${special}${escaped(text)}`;
  const again = mark === undefined ? "" : " again";
  return `<li class="${from}${again}">${fields.length === 0 ? said : unfolding(said, fields, how)}</li>`;
}

const unfolding = (said: string, fields: readonly ShownField[], how: Fields): string =>
  `<details${how === "open" ? " open" : ""}><summary>${said}</summary><pre>${fields.map((field) => fieldLines(field, 0)).join("\n")}</pre></details>`;

const fieldLines = (field: ShownField, depth: number): string =>
  [
    `${"  ".repeat(depth)}${escaped(`${field.name}: ${fieldText(field)}`)}`,
    ...(field.fields ?? []).map((part) => fieldLines(part, depth + 1)),
  ].join("\n");
