import assert from "node:assert/strict";
import { test } from "node:test";
import { pastMoment } from "../../../pacctl/options/past-moment.ts";
import { pacctl } from "../../support/pacctl.ts";

// A Sunday.
const NOW = new Date(2026, 2, 1, 10, 0);

for (const [text, expected] of [
  ["2h", new Date(2026, 2, 1, 8, 0)],
  ["1d12h", new Date(2026, 1, 27, 22, 0)],
  ["1d 12h", new Date(2026, 1, 27, 22, 0)],
  ["90s", new Date(2026, 2, 1, 9, 58, 30)],
  ["tuesday 10:00", new Date(2026, 1, 24, 10, 0)],
  ["tue", new Date(2026, 1, 24, 0, 0)],
  ["Sunday 9:30", new Date(2026, 2, 1, 9, 30)],
  ["sunday 11:00", new Date(2026, 1, 22, 11, 0)],
  ["today", new Date(2026, 2, 1, 0, 0)],
  ["today 11:00", new Date(2026, 2, 1, 11, 0)],
  ["yesterday", new Date(2026, 1, 28, 0, 0)],
  ["yesterday 18:30", new Date(2026, 1, 28, 18, 30)],
  ["2026-02-24", new Date(2026, 1, 24, 0, 0)],
  ["2026-02-24T08:15", new Date(2026, 1, 24, 8, 15)],
  ["2026-02-01T07:00:00Z", new Date("2026-02-01T07:00:00.000Z")],
  ["now", NOW],
] as const)
  test(`${text} is ${expected.toISOString()}`, () =>
    assert.equal(pastMoment(text, NOW), expected.toISOString()));

for (const text of ["", "soon", "tuesday 25:00", "2", "2x", "2hx", "-2h", "moonday", "2026-02-30"])
  test(`"${text}" is no moment, and the words say how one is written`, () =>
    assert.throws(() => pastMoment(text, NOW), /Write it like 2h or 1d12h/));

for (const command of [
  "user list", // Stays without: it has no past.
  "session list",
  "session totals",
  "session export",
  "attempt list",
  "audit list",
  "events",
]) {
  const takes = command !== "user list";
  test(`${command} ${takes ? "takes the same words for" : "knows no"} --since`, async () => {
    const asked: string[] = [];
    const { code, err } = await pacctl([...command.split(" "), "--since", "yesterday"], {
      now: () => NOW,
      fetch: async (url) => {
        asked.push(url);
        return new Response('{"items":[]}', { status: 200 });
      },
    });
    assert.equal(code, takes ? 0 : 2, err);
    const query = takes ? new URL(asked[0]!).searchParams : new URLSearchParams();
    const said = query.get("since") ?? query.get("from");
    assert.equal(said, takes ? new Date(2026, 1, 28).toISOString() : null);
  });
}
