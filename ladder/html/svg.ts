import { elapsed } from "../../server/wire/elapsed.ts";
import { fieldText, type ShownField } from "../../server/wire/shown-field.ts";
import type { Ladder, LadderRow } from "../ladder-types.ts";
import { STAGE_TITLES } from "../stages.ts";
import { type Step, stepsOf } from "../steps.ts";
import { wrapped } from "../text/lines.ts";
import { stamp } from "../text/times.ts";
import { escaped } from "./escape.ts";

/** In pixels. */
const WIDTH = 1080;
const LEFT = 110;
const RIGHT = 1050;
const MIDDLE = (LEFT + RIGHT) / 2;
const LINE = 16;
const HEAD = 52;

/** Characters of 7.3 pixels between the sides. */
const CHARACTERS = 120;

/** A piece of the drawing: how high it is, and what it looks like from `top` on. */
interface Piece {
  readonly height: number;
  readonly draw: (top: number) => string;
}

/** The rows as a drawing: two lifelines, an arrow for each message; its fields are its tooltip. */
export function ladderSvg({ client, server, rows, title }: Ladder): string {
  const pieces = stepsOf(rows).map(piece);
  const height = pieces.reduce((sum, one) => sum + one.height, HEAD) + 24;
  let top = HEAD;
  const drawn: string[] = [];
  for (const one of pieces) {
    drawn.push(one.draw(top));
    top += one.height;
  }
  const side = (x: number, anchor: string, name: string, role: string) =>
    `<text class="side" x="${x}" y="18" text-anchor="${anchor}">${role}</text>` +
    `<text x="${x}" y="36" text-anchor="${anchor}">${escaped(name)}</text>` +
    `<line class="life" x1="${x}" y1="44" x2="${x}" y2="${height - 8}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    side(LEFT, "start", client, "client"),
    side(RIGHT, "end", server, "server"),
    ...drawn,
    "</svg>",
  ].join("\n");
}

function piece(step: Step): Piece {
  switch (step.kind) {
    case "stage":
      return {
        height: 34,
        draw: (top) =>
          `<rect class="band" x="${LEFT}" y="${top + 6}" width="${RIGHT - LEFT}" height="22"/>` +
          `<text class="stage" x="${LEFT + 10}" y="${top + 21}">${STAGE_TITLES[step.stage]}</text>`,
      };
    case "silence":
      return {
        height: 30,
        draw: (top) =>
          `<rect class="silence" x="${LEFT - 4}" y="${top + 4}" width="${RIGHT - LEFT + 8}" height="20"/>` +
          `<text class="quiet" x="${MIDDLE}" y="${top + 18}" text-anchor="middle">${elapsed(step.lasted)} of silence</text>`,
      };
    case "row":
      return step.row.from === "note" ? note(step.row) : message(step.row);
  }
}

function note({ at, text, mark }: LadderRow): Piece {
  const lines = wrapped(mark === undefined ? text : `[${mark}] ${text}`, CHARACTERS);
  return {
    height: lines.length * LINE + 10,
    draw: (top) => time(at, top + LINE) + textLines(lines, MIDDLE, top + LINE, "middle", "note"),
  };
}

function message({ at, from, layer, text, mark, fields }: LadderRow): Piece {
  const lines = wrapped(
    `${layer.toUpperCase()} ${mark === undefined ? "" : `[${mark}] `}${text}`,
    CHARACTERS,
  );
  const height = lines.length * LINE + 14;
  const again = mark === undefined ? "" : " again";
  const [x1, x2, anchor, tip] = from === "client" ? [LEFT, RIGHT, "start", -9] : [RIGHT, LEFT, "end", 9];
  return {
    height,
    draw(top) {
      const y = top + height - 5;
      return [
        `<g class="${from}${again}">`,
        `<title>${escaped(text)}${(fields ?? []).map((field) => fieldLines(field, 0)).join("")}</title>`,
        time(at, top + LINE),
        textLines(lines, from === "client" ? LEFT + 12 : RIGHT - 12, top + LINE, anchor as string, "said"),
        `<line class="arrow" x1="${x1}" y1="${y}" x2="${x2}" y2="${y}"/>`,
        `<path class="tip" d="M${x2} ${y}l${tip} -4v8z"/>`,
        "</g>",
      ].join("");
    },
  };
}

const fieldLines = (field: ShownField, depth: number): string =>
  `\n${"  ".repeat(depth)}${escaped(`${field.name}: ${fieldText(field)}`)}` +
  (field.fields ?? []).map((part) => fieldLines(part, depth + 1)).join("");

const time = (at: number, y: number): string =>
  `<text class="time" x="${LEFT - 14}" y="${y}" text-anchor="end">${stamp(at)}</text>`;

const textLines = (lines: readonly string[], x: number, y: number, anchor: string, kind: string): string =>
  lines
    .map(
      (line, i) =>
        `<text class="${kind}" x="${x}" y="${y + i * LINE}" text-anchor="${anchor}">${escaped(line)}</text>`,
    )
    .join("");
