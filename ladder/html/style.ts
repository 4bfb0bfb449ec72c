import { hash } from "node:crypto";

/** The look of a page, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --faint: #6b7686; --line: #c9d0da; --band: #e8edf4; --page: #ffffff;
  --client: #0b5cad; --server: #8a3ea8; --again: #b45309; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe5ee; --faint: #95a1b3; --line: #3a4454; --band: #232c3a;
  --page: #12161d; --client: #7fb8f5; --server: #d9a5ef; --again: #f0a95b; --bad: #ff8a80; } }
body { margin: 24px; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
section { max-width: 1080px; margin: 0 auto 48px; }
h1 { font-size: 20px; margin: 0 0 12px; }
code { font-size: 13px; color: var(--faint); }
.verdict { border-left: 4px solid var(--client); background: var(--band); padding: 10px 16px; margin-bottom: 14px; }
.failed { border-color: var(--bad); }
.cause { font-size: 17px; font-weight: 600; margin: 0 0 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0 0 12px; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.finding { color: var(--bad); margin: 4px 0; }
table { border-spacing: 14px 2px; margin: 0 0 12px -14px; } .took { text-align: right; white-space: nowrap; }
.ladder { overflow-x: auto; }
details { font: 13px/1.5 ui-monospace, monospace; } ul { margin: 0; padding-left: 24px; }
svg { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; }
svg text { fill: var(--ink); } .side { font-weight: 700; }
.life { stroke: var(--line); stroke-width: 2; } .band { fill: var(--band); } .stage { font-weight: 700; }
.time, svg .quiet, svg .note { fill: var(--faint); } .silence { fill: var(--page); stroke: var(--line); stroke-dasharray: 3 4; }
.arrow { stroke-width: 1.4; } .client .arrow { stroke: var(--client); } .client .tip { fill: var(--client); }
.server .arrow { stroke: var(--server); } .server .tip { fill: var(--server); }
.again .arrow { stroke: var(--again); stroke-dasharray: 5 3; } .again .tip { fill: var(--again); }
`;

/** What a browser may do with a page: show it in this style, and nothing else. */
export const STYLE_POLICY = `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'`;
