import { elapsed } from "../../server/wire/elapsed.ts";
import { fieldText, type ShownField } from "../../server/wire/shown-field.ts";
import type { Ladder, LadderRow, LadderVerdict, StageTime } from "../ladder-types.ts";
import { STAGE_TITLES } from "../stages.ts";
import { type Step, Steps } from "../steps.ts";
import { aligned, width, wrapped } from "./lines.ts";
import { stamp } from "./times.ts";

/** How a ladder is to look. */
export interface TextStyle {
  /** Characters of a line. */
  readonly width: number;
  /** Every field below its message. */
  readonly fields: boolean;
}

/** Ours: what a ladder needs to be one; longer words are cut. */
const MIN_WIDTH = 60;

/** Ours: wider, and the eye loses the line between the sides. */
const MAX_WIDTH = 120;

/** Before the left side: the time. */
const MARGIN = 11;

/** Draws a ladder for a terminal, row by row, so that it may be drawn while the dial goes on. */
export class LadderText {
  readonly #steps = new Steps();
  /** Between the two sides. */
  readonly #room: number;
  readonly #fields: boolean;

  constructor(style: TextStyle) {
    const whole = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, style.width));
    this.#room = whole - MARGIN - 2;
    this.#fields = style.fields;
  }

  /** The two sides by name. */
  head(client: string, server: string): string {
    const names = [`client ${client}`, `server ${server}`];
    const space = this.#room + 2 - width(names[0]!) - width(names[1]!);
    return `${"s".padStart(MARGIN - 2)}  ${names.join(" ".repeat(Math.max(2, space)))}\n`;
  }

  /** The row with what stands before it. */
  row(row: LadderRow): string {
    return this.#steps
      .next(row)
      .map((step) => this.#step(step))
      .join("");
  }

  #step(step: Step): string {
    switch (step.kind) {
      case "stage":
        return `${" ".repeat(MARGIN)}├${`── ${STAGE_TITLES[step.stage]} `.padEnd(this.#room, "─")}┤\n`;
      case "silence":
        return this.#between(
          centred(`· · ·  ${elapsed(step.lasted)} of silence  · · ·`, this.#room),
          "",
          "┊",
        );
      case "row":
        return this.#message(step.row) + (this.#fields ? this.#all(step.row.fields ?? [], 1) : "");
    }
  }

  #message({ at, from, layer, text, mark }: LadderRow): string {
    const time = stamp(at);
    const said = mark === undefined ? text : `[${mark}] ${text}`;
    if (from === "note") {
      const lines = wrapped(said, this.#room - 4);
      return lines
        .map((line, i) => this.#between(`  ${i === 0 ? "•" : " "} ${line}`, i === 0 ? time : ""))
        .join("");
    }
    const lines = wrapped(`${layer.toUpperCase()} ${said}`, this.#room - ARROW);
    const widest = Math.max(...lines.map(width));
    return lines
      .map((line, i) => {
        if (from === "client") {
          const tail = i === 0 ? "─".repeat(this.#room - width(line) - 4) : "";
          return this.#between(i === 0 ? `─ ${line} ${tail}▶` : `  ${line}`, i === 0 ? time : "");
        }
        const before = this.#room - widest - 4;
        const block = `${line}${" ".repeat(widest - width(line))}`;
        return this.#between(
          i === 0
            ? `◀${"─".repeat(before)} ${line} ${"─".repeat(widest - width(line) + 1)}`
            : `${" ".repeat(before + 2)}${block}`,
          i === 0 ? time : "",
        );
      })
      .join("");
  }

  #all(fields: readonly ShownField[], depth: number): string {
    const indent = " ".repeat(MARGIN + 2 + 2 * depth);
    return fields
      .map((field) => {
        const head = `${field.name}: `;
        const lines = wrapped(fieldText(field), Math.max(20, this.#room - width(head) - 2 * depth - 2));
        const rest = lines.slice(1).map((line) => `${indent}${" ".repeat(head.length)}${line}\n`);
        return `${indent}${head}${lines[0]}\n${rest.join("")}${this.#all(field.fields ?? [], depth + 1)}`;
      })
      .join("");
  }

  #between(middle: string, time = "", side = "│"): string {
    const filled = middle + " ".repeat(Math.max(0, this.#room - width(middle)));
    return `${time.padStart(MARGIN - 2)}  ${side}${filled}${side}\n`;
  }
}

/** Around a text: `─ `, ` ` and at least one `─` and the head of the arrow. */
const ARROW = 6;

function centred(text: string, room: number): string {
  return " ".repeat(Math.max(0, Math.floor((room - width(text)) / 2))) + text;
}

/** A finished ladder, from its title to the verdict. */
export function ladderText(ladder: Ladder, style: TextStyle): string {
  const drawing = new LadderText(style);
  return [
    ladderHead(ladder, style),
    drawing.head(ladder.client, ladder.server),
    ...ladder.rows.map((row) => drawing.row(row)),
    ladderTail(ladder, style),
  ].join("");
}

/** What stands above the rows. */
function ladderHead({ title, client, server, facts }: Ladder, style: TextStyle): string {
  const heading = `${title}: ${client} → ${server}`;
  return `${wrapped(heading, style.width).join("\n")}\n${aligned(facts, style.width)}\n`;
}

/** What stands below the rows: the stages, what was noticed, the verdict. */
export function ladderTail(
  { stages, findings, verdict }: Pick<Ladder, "stages" | "findings" | "verdict">,
  style: TextStyle,
): string {
  const parts = [
    stages.map(stageLine).join(""),
    findings.map((finding) => aligned([["!", finding]], style.width)).join(""),
    verdictText(verdict, style.width),
  ];
  return parts.map((part) => (part === "" ? "" : `\n${part}`)).join("");
}

const WIDEST_TITLE = Math.max(...Object.values(STAGE_TITLES).map(width));

function stageLine({ stage, done, took, result }: StageTime): string {
  const mark = done ? "ok  " : "--  ";
  const line = `${mark}  ${STAGE_TITLES[stage].padEnd(WIDEST_TITLE)}  ${elapsed(took).padStart(9)}  ${result}`;
  return `${wrapped(line.trimEnd(), Number.POSITIVE_INFINITY).join("\n")}\n`;
}

/** The verdict in four lines or less. */
export function verdictText(verdict: LadderVerdict, limit: number): string {
  const { code, cause, evidence, windowsErrors, remedy } = verdict;
  return aligned(
    [
      ["Verdict", `${cause} (${code})`],
      ["Evidence", evidence === "" ? "-" : evidence],
      ...(windowsErrors.length === 0
        ? []
        : [["Windows shows", `error ${windowsErrors.join(" or ")}`] as const]),
      ["What to do", remedy],
    ],
    limit,
  );
}
