import type { Command } from "commander";
import { LadderText } from "../../ladder/text/ladder-text.ts";
import { traceRow } from "../../ladder/trace-row.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { wholeId } from "../ids.ts";
import type { Io } from "../io.ts";
import { pastMoment } from "../options/past-moment.ts";
import { type Column, momentColumn } from "../print/columns.ts";
import { duration, instant } from "../print/quantities.ts";
import { facts } from "../print/table.ts";
import { several } from "../several.ts";
import type { Connect } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type Summary = Schemas["AttemptSummary"];
type AttemptJson = Schemas["Attempt"];

interface ListOptions {
  readonly user?: string;
  readonly userId?: string;
  readonly address?: string;
  readonly verdict?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

/** `pacctl attempt …`: every dial, and why it ended as it did. */
export function addAttemptCommands(pacctl: Command, connect: Connect, io: Pick<Io, "now">): void {
  const past = (text: string) => pastMoment(text, io.now());
  const attempt = pacctl
    .command("attempt")
    .description("dials: why somebody cannot connect")
    .addHelpText("after", HELP);

  attempt
    .command("list")
    .description("list dials, newest first")
    .option("--user <name>", "dials under this name only, in whatever spelling")
    .option("--user-id <id>", "dials of the user with this ID only, whatever the name was then")
    .option("--address <address>", "dials from this client address, or network, only")
    .option("--verdict <code>", "dials with this verdict only, such as bad-credentials")
    .option("--since <moment>", "that began then or later: 2h, tuesday 10:00, 2026-11-24", past)
    .option("--until <moment>", "that began before then", past)
    .option("--limit <count>", "at most so many, up to 1000", "50")
    .action(async ({ limit, ...filter }: ListOptions, command: Command) => {
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000) {
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      }
      const { ask, list } = await connect(command);
      const page = await ask("GET", "/attempts", { query: { ...filter, limit: Number(limit) } });
      list(page.items, ATTEMPT_COLUMNS, {
        page,
        empty: "No dial is on record.\n",
        after: page.next === undefined ? "" : "There are more: --limit COUNT\n",
      });
    });

  attempt
    .command("show <id...>")
    .description("explain a dial: the verdict, then the dial as a ladder; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { ask, io } = terminal;
      const get = async (id: string) =>
        ask("GET", "/attempts/{id}", { path: { id: await wholeId(ask, "attempt", id) } });
      await several(terminal, ids, get, (one) => explanation(one, io.now(), io.screen.columns), "\n");
    });
}

/** Of a ladder, where it is no terminal that says how wide it is. */
const USUAL_WIDTH = 100;

export const ATTEMPT_COLUMNS: readonly Column<Summary>[] = [
  { key: "id", title: "ID", value: (one) => one.id, exact: (one) => one.id, id: true },
  momentColumn("started", "STARTED", (one) => one.startedAt),
  { key: "client", title: "CLIENT", value: (one) => one.clientAddress, whole: true },
  { key: "user", title: "USER", value: (one) => sentName(one.user), exact: (one) => one.user },
  {
    key: "set-up",
    title: "SET-UP",
    value: setUp,
    exact: (one) => one.setupMs,
    whole: true,
    spare: "first",
  },
  { key: "up-for", title: "UP FOR", value: upFor, exact: upForSeconds, whole: true, spare: true },
  {
    key: "verdict",
    title: "VERDICT",
    value: (one) => (one.count === 1 ? one.verdict.code : `${one.verdict.code} ${times(one)}`),
    exact: (one) => one.verdict.code,
    last: true,
  },
  { key: "count", title: "COUNT", value: (one) => String(one.count), wide: true },
  { key: "ended", title: "ENDED", value: (one) => one.endedAt ?? "-", wide: true },
  { key: "user-id", title: "USER ID", value: (one) => one.userId ?? "-", wide: true },
  { key: "session", title: "SESSION", value: (one) => one.sessionId ?? "-", wide: true },
];

/** In quotes where there is white space at an end that nobody would see. */
function sentName(user: string | null): string {
  if (user === null) return "-";
  return user.trim() === user ? user : JSON.stringify(user);
}

/** Dials that were refused alike are one line. */
const times = ({ count }: Summary) => `×${count.toLocaleString("en-US")}`;

/** How long the session was up that came of the dial, or has been: `-` for a dial that did not come up. */
function upFor({ startedAt, endedAt, setupMs }: Summary, now: Date): string {
  if (setupMs === null) return "-";
  const end = endedAt === null ? now.getTime() : Date.parse(endedAt);
  return duration((end - Date.parse(startedAt) - setupMs) / 1000);
}

/** Whole seconds; nothing for a dial that did not come up, or whose session is up still. */
function upForSeconds({ startedAt, endedAt, setupMs }: Summary): number | null {
  if (setupMs === null || endedAt === null) return null;
  return Math.max(0, Math.floor((Date.parse(endedAt) - Date.parse(startedAt) - setupMs) / 1000));
}

function setUp({ setupMs }: Summary): string {
  return setupMs === null ? "-" : `${Math.round(setupMs)} ms`;
}

function explanation(attempt: AttemptJson, now: Date, columns: number | undefined): string {
  const { verdict } = attempt;
  const errors = verdict.windowsErrors.join(" or ");
  const ended = attempt.setupMs !== null && attempt.endedAt !== null;
  // Sentences are read on a terminal; programs get each on a line.
  const words = facts(
    [
      ...(ended ? [["Dial", `It came up; the session ended ${upFor(attempt, now)} later.`] as const] : []),
      ["Verdict", `${verdict.cause} (${verdict.code})`],
      ["Evidence", verdict.evidence === "" ? "-" : verdict.evidence],
      ...(errors === "" ? [] : [["Windows shows", `error ${errors}`] as const]),
      ["What to do", verdict.remedy],
    ],
    columns,
  );
  const dial = facts([
    ["User", sentName(attempt.user)],
    ...(attempt.userId === null ? [] : [["User ID", attempt.userId] as const]),
    ["Client", attempt.clientAddress],
    ["Started", instant(attempt.startedAt)],
    ["Ended", attempt.endedAt === null ? "-" : instant(attempt.endedAt)],
    ["Set-up", setUp(attempt)],
    ...(attempt.setupMs === null ? [] : [["Up for", upFor(attempt, now)] as const]),
    ["Session", attempt.sessionId ?? "-"],
    ...repeated(attempt),
    ["ID", attempt.id],
  ]);
  return `${words}\n${dial}\n${traceLadder(attempt, columns ?? USUAL_WIDTH)}`;
}

function repeated(attempt: AttemptJson): readonly (readonly [string, string])[] {
  if (attempt.count === 1) return [];
  const last = attempt.lastTimes.map(instant).join(", ");
  return [
    ["Refused alike", `${times(attempt)}, first ${instant(attempt.firstAt)}`],
    ["Last times", last],
  ];
}

/** The trace as a ladder, so that a gap in the dial and who was silent are seen at once. */
function traceLadder({ trace, clientAddress }: AttemptJson, width: number): string {
  if (trace.length === 0) return "";
  const ladder = new LadderText({ width, fields: false });
  return ladder.head(clientAddress, "pacd") + trace.map((line) => ladder.row(traceRow(line))).join("");
}

const HELP = `
Examples:
  pacctl attempt list --user anna
  pacctl attempt show ID
`;
