import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ladderHtml, ladderSection } from "../../../ladder/html/ladder-html.ts";
import { STYLE, STYLE_POLICY } from "../../../ladder/html/style.ts";
import type { Ladder, LadderRow } from "../../../ladder/ladder-types.ts";
import { stepsOf } from "../../../ladder/steps.ts";
import { LadderText, ladderText } from "../../../ladder/text/ladder-text.ts";
import { aligned, wrapped } from "../../../ladder/text/lines.ts";
import { traceRow } from "../../../ladder/trace-row.ts";
import { shownField } from "../../../server/wire/shown-field.ts";
import { fc } from "../../support/fc.ts";

const rows: readonly LadderRow[] = [
  { at: 0, from: "client", layer: "tcp", text: "SYN" },
  { at: 0.8, from: "server", layer: "tcp", text: "SYN, ACK" },
  { at: 5, from: "client", layer: "lcp", text: "Configure-Request id=1 mru=1400" },
  {
    at: 3005,
    from: "client",
    layer: "lcp",
    text: "Configure-Request id=1 mru=1400",
    mark: "sent again",
    fields: [{ ...shownField("mru", 1400), fields: [shownField("type", 1)] }],
  },
  { at: 3006, from: "note", layer: "lcp", text: "Link options agreed" },
  { at: 3007, from: "server", layer: "chap", text: `Success "${"very long ".repeat(12)}"` },
];

const ladder: Ladder = {
  title: "Call 1",
  client: "198.51.100.7",
  server: "192.0.2.1",
  facts: [["User", "alice"]],
  rows,
  findings: ["3 packets are missing."],
  up: false,
  stages: [{ stage: "tcp", done: true, took: 0.8, result: "port 1723" }],
  verdict: {
    code: "gre-blocked",
    cause: "No GRE.",
    evidence: "Seen.",
    windowsErrors: [619, 806],
    remedy: "Let GRE through.",
  },
};

test("a ladder as text, line for line", () => {
  assert.equal(
    ladderText(ladder, { width: 72, fields: true }),
    [
      "Call 1: 198.51.100.7 → 192.0.2.1",
      "User  alice",
      "",
      "        s  client 198.51.100.7                          server 192.0.2.1",
      "           ├── TCP connection ─────────────────────────────────────────┤",
      "    0.000  │─ TCP SYN ────────────────────────────────────────────────▶│",
      "    0.001  │◀─────────────────────────────────────────── TCP SYN, ACK ─│",
      "           ├── Link options (LCP) ─────────────────────────────────────┤",
      "    0.005  │─ LCP Configure-Request id=1 mru=1400 ────────────────────▶│",
      "           ┊              · · ·  3.0 s of silence  · · ·               ┊",
      "    3.005  │─ LCP [sent again] Configure-Request id=1 mru=1400 ───────▶│",
      "               mru: 1400",
      "                 type: 1",
      "    3.006  │  • Link options agreed                                    │",
      "           ├── Log-in ─────────────────────────────────────────────────┤",
      '    3.007  │◀── CHAP Success "very long very long very long very long ─│',
      "           │    very long very long very long very long very long      │",
      '           │    very long very long very long "                        │',
      "",
      "ok    TCP connection                  0.8 ms  port 1723",
      "",
      "!  3 packets are missing.",
      "",
      "Verdict        No GRE. (gre-blocked)",
      "Evidence       Seen.",
      "Windows shows  error 619 or 806",
      "What to do     Let GRE through.",
      "",
    ].join("\n"),
  );
});

test("row by row it is the same as at once", () => {
  const style = { width: 100, fields: false };
  const drawing = new LadderText(style);
  const live = drawing.head(ladder.client, ladder.server) + rows.map((row) => drawing.row(row)).join("");
  assert.ok(ladderText(ladder, style).includes(live));
});

test("no line is wider than the screen, whatever the rows say", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 120 }),
      fc.string({ maxLength: 400 }),
      fc.constantFrom<LadderRow["from"]>("client", "server", "note"),
      (width, text, from) => {
        const drawn = new LadderText({ width, fields: false }).row({ at: 1, from, layer: "lcp", text });
        for (const line of drawn.split("\n")) assert.ok([...line].length <= width, line);
        assert.doesNotMatch(drawn.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
      },
    ),
  );
});

test("a stage is named once, with its first message; notes name none", () => {
  const stages = stepsOf(rows).flatMap((step) => (step.kind === "stage" ? [step.stage] : []));
  assert.deepEqual(stages, ["tcp", "lcp", "auth"]);
});

test("a silence is a second or more; packets out of order make none", () => {
  const at = (...times: number[]) =>
    stepsOf(times.map((time) => ({ at: time, from: "client", layer: "lcp", text: "x" }))).flatMap((step) =>
      step.kind === "silence" ? [step.lasted] : [],
    );
  assert.deepEqual(at(0, 999, 1999, 2998, 4500), [1000, 1502]);
  assert.deepEqual(at(5000, 0, 5500), []);
});

test("a page shows text as text, and its policy lets a browser load and run nothing", () => {
  const evil = `"></text></svg><script>alert('1')</script>\u202e\u0007`;
  const page = ladderHtml({
    ...ladder,
    title: evil,
    client: evil,
    server: evil,
    facts: [[evil, evil]],
    findings: [evil],
    rows: [{ at: 0, from: "client", layer: "lcp", text: evil, mark: evil, fields: [shownField(evil, evil)] }],
    stages: [{ stage: "tcp", done: false, took: 1, result: evil }],
    verdict: { code: evil, cause: evil, evidence: evil, windowsErrors: [1], remedy: evil },
  });
  assert.doesNotMatch(page, /<script|alert\('1'\)/);
  assert.doesNotMatch(page.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  for (const tag of ["section", "ol", "details", "pre"]) {
    assert.equal(page.match(new RegExp(`<${tag}[ >]`, "g"))?.length, 1, tag);
    assert.equal(page.match(new RegExp(`</${tag}>`, "g"))?.length, 1, tag);
  }
  assert.doesNotMatch(page, /(?:src|href)=|url\(|@import|https?:/);
  const digest = createHash("sha256").update(STYLE).digest("base64");
  assert.equal(STYLE_POLICY, `default-src 'none'; style-src 'sha256-${digest}'`);
  assert.ok(page.includes(`content="${STYLE_POLICY}"`));
  assert.ok(page.includes(`<style>${STYLE}</style>`));
});

test("fields are folded below their message, or open where they are asked for", () => {
  assert.match(
    ladderSection(ladder, "folded"),
    /<li class="client again"><details><summary>.*Configure-Request[^<]*<\/summary><pre>mru: 1400\n {2}type: 1<\/pre>/,
  );
  assert.match(ladderSection(ladder, "open"), /<details open><summary>/);
  assert.equal(ladderSection(ladder, "open").match(/<details/g)?.length, 1);
});

test("what pacd says in a trace is a note", () => {
  assert.equal(traceRow({ at: 1, from: "pacd", layer: "pacd", text: "x" }).from, "note");
  assert.equal(traceRow({ at: 1, from: "server", layer: "lcp", text: "x" }).from, "server");
});

test("words are wrapped at spaces, and cut where they are too long", () => {
  assert.deepEqual(wrapped("a bb ccc", 4), ["a bb", "ccc"]);
  assert.deepEqual(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
  assert.deepEqual(wrapped("", 4), [""]);
  assert.equal(
    aligned(
      [
        ["A", "1"],
        ["Long", "2"],
      ],
      80,
    ),
    "A     1\nLong  2\n",
  );
});

test("what went as it should is not drawn as a failure, and a session that was up may end", () => {
  const failed = (code: string, up: boolean): boolean => {
    const html = ladderSection({ ...ladder, up, verdict: { ...ladder.verdict, code } }, "folded");
    return html.includes('class="verdict failed"');
  };
  for (const code of ["connected", "in-progress", "capture-ended", "joined-late"])
    assert.ok(!failed(code, false), code);
  for (const code of [
    "client-hung-up",
    "hung-up-by-server",
    "disconnected-by-administrator",
    "session-timeout",
    "idle-timeout",
    "address-withdrawn",
  ])
    assert.deepEqual([failed(code, false), failed(code, true)], [true, false], code);
  for (const code of [
    "gre-blocked",
    "bad-credentials",
    "link-lost",
    "control-lost",
    "connection-lost",
    "new",
  ])
    assert.ok(failed(code, true), code);
});
