import { elapsed } from "../../server/wire/elapsed.ts";
import { isOrderly } from "../../verdicts/register.ts";
import type { Ladder } from "../ladder-types.ts";
import { STAGE_TITLES } from "../stages.ts";
import { type Fields, ladderDrawing } from "./drawing.ts";
import { escaped } from "./escape.ts";
import { STYLE, STYLE_POLICY } from "./style.ts";

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
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
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

/** A heading above all ladders. */
export const htmlTitle = (text: string): string => `<h1>${escaped(text)}</h1>\n`;

/** A way to another file beside this one. */
export const htmlLink = (href: string, text: string): string =>
  `<nav><a href="${escaped(href)}">${escaped(text)}</a></nav>\n`;

/**
 * One ladder: the verdict first, since that is what is looked for, then the drawing. `id`: where links to it
 * lead.
 */
export function ladderSection(ladder: Ladder, fields: Fields, id?: string): string {
  const { title, client, server, verdict, facts, stages, findings, up } = ladder;
  const { code, cause, evidence, windowsErrors, remedy } = verdict;
  return [
    `<section class="call"${id === undefined ? "" : ` id="${escaped(id)}"`}>`,
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
      : `<table class="stages">${stages
          .map(
            ({ stage, done, took, result }) =>
              `<tr${done ? "" : ' class="open"'}><td class="mark">${done ? "ok" : "--"}</td><td>${STAGE_TITLES[stage]}</td><td class="took">${elapsed(took)}</td><td>${escaped(result)}</td></tr>`,
          )
          .join("")}</table>`,
    ladderDrawing(ladder, fields),
    "</section>",
    "",
  ]
    .filter((part, i, all) => part !== "" || i === all.length - 1)
    .join("\n");
}

/** A file with one ladder. */
export const ladderHtml = (ladder: Ladder): string =>
  htmlHead(ladder.title) + ladderSection(ladder, "folded") + HTML_TAIL;

function list(pairs: readonly (readonly [string, string])[]): string {
  const shown = pairs.filter(([, value]) => value !== "");
  if (shown.length === 0) return "";
  return `<dl>${shown.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`;
}
