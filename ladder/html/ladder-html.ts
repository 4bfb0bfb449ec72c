import { elapsed } from "../../server/wire/elapsed.ts";
import { fieldText, type ShownField } from "../../server/wire/shown-field.ts";
import { isOrderly } from "../../verdicts/register.ts";
import type { Ladder, LadderRow } from "../ladder-types.ts";
import { STAGE_TITLES } from "../stages.ts";
import { stamp } from "../text/times.ts";
import { escaped } from "./escape.ts";
import { STYLE, STYLE_POLICY } from "./style.ts";
import { ladderSvg } from "./svg.ts";

/**
 * The beginning of a file that holds ladders. It loads nothing, and tells the browser to let it load nothing.
 */
export const htmlHead = (title: string): string =>
  [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${STYLE_POLICY}">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "",
  ].join("\n");

/** The end of the file. */
export const HTML_TAIL = "</body>\n</html>\n";

/** A paragraph of plain text between ladders. */
export const htmlText = (text: string): string =>
  `<section><p>${text
    .split("\n")
    .filter((line) => line !== "")
    .map(escaped)
    .join("<br>")}</p></section>\n`;

/**
 * One ladder: the verdict first, since that is what is looked for, then the drawing. `fields`: a list of all
 * of them below.
 */
export function ladderSection(ladder: Ladder, fields: boolean): string {
  const { title, client, server, verdict, facts, stages, findings, up } = ladder;
  const { code, cause, evidence, windowsErrors, remedy } = verdict;
  return [
    "<section>",
    `<h1>${escaped(`${title}: ${client} → ${server}`)}</h1>`,
    `<div class="verdict${isOrderly(code, up) ? "" : " failed"}">`,
    `<p class="cause">${escaped(cause)} <code>${escaped(code)}</code></p>`,
    list([
      ["Evidence", evidence],
      ["Windows shows", windowsErrors.length === 0 ? "" : `error ${windowsErrors.join(" or ")}`],
      ["What to do", remedy],
    ]),
    "</div>",
    list(facts),
    ...findings.map((finding) => `<p class="finding">${escaped(finding)}</p>`),
    stages.length === 0
      ? ""
      : `<table>${stages
          .map(
            ({ stage, done, took, result }) =>
              `<tr><td>${done ? "ok" : "--"}</td><td>${STAGE_TITLES[stage]}</td><td class="took">${elapsed(took)}</td><td>${escaped(result)}</td></tr>`,
          )
          .join("")}</table>`,
    `<div class="ladder">${ladderSvg(ladder)}</div>`,
    fields ? ladder.rows.map(rowDetails).join("\n") : "",
    "</section>",
    "",
  ]
    .filter((part, i, all) => part !== "" || i === all.length - 1)
    .join("\n");
}

/** A file with one ladder. */
export const ladderHtml = (ladder: Ladder): string =>
  htmlHead(ladder.title) + ladderSection(ladder, false) + HTML_TAIL;

function list(pairs: readonly (readonly [string, string])[]): string {
  const shown = pairs.filter(([, value]) => value !== "");
  if (shown.length === 0) return "";
  return `<dl>${shown.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`;
}

function rowDetails({ at, from, layer, text, fields }: LadderRow): string {
  if (fields === undefined || fields.length === 0) return "";
  return `<details><summary>${stamp(at)} ${from} ${escaped(`${layer} ${text}`)}</summary>${fieldList(fields)}</details>`;
}

const fieldList = (fields: readonly ShownField[]): string =>
  `<ul>${fields
    .map(
      (field) =>
        `<li>${escaped(`${field.name}: ${fieldText(field)}`)}${field.fields === undefined ? "" : fieldList(field.fields)}</li>`,
    )
    .join("")}</ul>`;
