import { hash } from "node:crypto";

/** Light and dark; a page on paper is always light. */
const COLOURS = `
:root { color-scheme: light dark; --ink: #1c2330; --faint: #5b6676; --line: #c3cbd6; --band: #e9eef5; --page: #ffffff;
  --client: #0b5cad; --server: #8a3ea8; --again: #a34a08; --bad: #b3261e; --good: #1b7f4b; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #dfe5ee; --faint: #9aa6b8; --line: #3f4a5c; --band: #212a38;
  --page: #12161d; --client: #7fb8f5; --server: #d9a5ef; --again: #f0a95b; --bad: #ff8a80; --good: #6fd39b; } }
@media print { :root { color-scheme: light; } }
`;

const TEXT = `
.call { content-visibility: auto; contain-intrinsic-size: auto 1600px; }
* { box-sizing: border-box; }
body { margin: 24px; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere; }
section, nav { max-width: 1080px; margin: 0 auto 48px; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 12px; }
h2 { font-size: 16px; margin: 22px 0 6px; }
a { color: var(--client); }
code { font-size: 13px; color: var(--faint); }
.verdict { border-left: 4px solid var(--good); background: var(--band); padding: 10px 16px; margin-bottom: 14px; }
.failed { border-color: var(--bad); }
.cause { font-size: 17px; font-weight: 600; margin: 0 0 6px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; margin: 0 0 12px; }
.verdict dl { margin: 0; }
dt { color: var(--faint); } dd { margin: 0; }
.finding { color: var(--bad); margin: 4px 0 8px; }
.stages { border-spacing: 0; margin: 0 0 12px; }
.stages td { padding: 1px 14px 1px 0; vertical-align: baseline; }
.stages td:nth-child(2) { overflow-wrap: normal; }
.stages .mark, .took { white-space: nowrap; } .took { text-align: right; }
.mark { color: var(--good); } .open .mark { color: var(--bad); }
`;

/** Lists of calls. Tables that are not on the screen cost nothing, however many there are. */
const LISTS = `
.group > summary { font-weight: 600; } .group > summary b { white-space: nowrap; }
.calls { width: 100%; table-layout: fixed; border-spacing: 0; margin-top: 8px; font-size: 14px; }
.piece { content-visibility: auto; contain-intrinsic-size: auto 2400px; }
.calls th { text-align: left; font-weight: normal; color: var(--faint); }
.calls th, .calls td { padding: 2px 10px 2px 0; vertical-align: baseline; }
.calls th:first-child { width: 4.5em; } .calls th:nth-child(2) { width: 13.5em; } .calls td:nth-child(2) { white-space: nowrap; } .calls th:last-child { width: 13em; }
`;

/**
 * A ladder: each row is as wide as the page lets it be, with a piece of both lifelines as its borders, and
 * the arrow below its words. Nothing has a width of its own, so words wrap instead of being cut.
 */
const LADDER = `
.ladder { --times: 88px; font: 12.5px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
.sides { display: flex; justify-content: space-between; gap: 24px; margin-left: var(--times); padding: 6px 0; background: var(--page);
  position: sticky; top: 0; z-index: 1; }
.sides > * { flex: 0 1 auto; min-width: 0; } .sides > :last-child { text-align: right; }
.sides b { display: block; } .sides .client b { color: var(--client); } .sides .server b { color: var(--server); }
.rows { list-style: none; margin: 0; padding: 0 0 10px; }
.rows > li { position: relative; margin-left: var(--times); padding: 5px 14px 12px; border: solid var(--line); border-width: 0 2px; }
.rows > .server { text-align: right; }
.rows > .note, .rows > .silence { text-align: center; color: var(--faint); padding: 5px 14px; }
.rows > .silence { border-style: dashed; padding: 8px 14px; }
.rows > .stage { padding: 8px 0; } .stage span { display: block; background: var(--band); padding: 3px 12px; font-weight: 700; }
.time { position: absolute; right: 100%; margin-right: 14px; color: var(--faint); white-space: nowrap; }
.rows > .client::before, .rows > .server::before { content: ""; position: absolute; left: 0; right: 0; bottom: 5px;
  border-bottom: 1.5px solid var(--own); }
.rows > .client::after, .rows > .server::after { content: ""; position: absolute; bottom: 1px; border: solid transparent; border-width: 4.5px 0; }
.rows > .client { --own: var(--client); } .rows > .server { --own: var(--server); } .rows > .again { --own: var(--again); }
.rows > .client::after { right: 0; border-left: 10px solid var(--own); }
.rows > .server::after { left: 0; border-right: 10px solid var(--own); }
.rows > .again::before { border-bottom-style: dashed; }
.layer { font-weight: 700; } .special { color: var(--again); }
.who { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
summary { cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; }
summary::before { content: "+ "; color: var(--faint); } [open] > summary::before { content: "− "; }
pre { margin: 4px 0 2px; padding: 6px 12px; background: var(--band); font: inherit; text-align: left; white-space: pre-wrap; }
`;

const NARROW = `
@media (max-width: 700px) {
  body { margin: 12px; } .verdict { padding: 8px 12px; } .stages td { padding-right: 10px; }
  .ladder { --times: 0px; font-size: 11.5px; } .sides { gap: 12px; }
  .rows > li { padding-left: 10px; padding-right: 10px; }
  .time { position: static; margin: 0 0.7em 0 0; }
  .calls, .calls tr { display: block; } .calls thead { display: none; } .calls td { display: inline-block; max-width: 100%; padding: 0 6px 0 0; }
  .calls tr { padding: 5px 0; border-top: 1px solid var(--line); }
}
@media print {
  body { margin: 0; font-size: 12px; } .ladder { font-size: 10.5px; } .sides { position: static; }
  .call, .piece { content-visibility: visible; } .call + .call { break-before: page; } .rows > li, .verdict, tr { break-inside: avoid; }
  .verdict, .stage span, pre { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The look of a page. */
export const STYLE = COLOURS + TEXT + LISTS + LADDER + NARROW;

/** What a browser may do with a page: show it in this style, and nothing else. */
export const STYLE_POLICY = `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'`;
