import type { Command } from "commander";
import type { Static } from "typebox";
import type { Attempt, AttemptSummary } from "../../admin-api/schemas/attempt.ts";
import { LadderText } from "../../ladder/text/ladder-text.ts";
import { traceRow } from "../../ladder/trace-row.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { duration, instant } from "../print/quantities.ts";
import { facts, table } from "../print/table.ts";
import { type Connect, query } from "../terminal.ts";

type Summary = Static<typeof AttemptSummary>;
type AttemptJson = Static<typeof Attempt>;

interface ListOptions {
  readonly user?: string;
  readonly userId?: string;
  readonly address?: string;
  readonly limit: string;
}

/** `pacctl attempt …`: every dial, and why it ended as it did. */
export function addAttemptCommands(pacctl: Command, connect: Connect): void {
  const attempt = pacctl
    .command("attempt")
    .description("dials: why somebody cannot connect")
    .addHelpText("after", HELP);

  attempt
    .command("list")
    .description("list dials, newest first")
    .option("--user <name>", "dials under this name only, in whatever spelling")
    .option("--user-id <id>", "dials of the user with this ID only, whatever the name was then")
    .option("--address <address>", "dials from this client address only")
    .option("--limit <count>", "at most so many, up to 1000", "50")
    .action(async ({ user, userId, address, limit }: ListOptions, command: Command) => {
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000) {
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      }
      const { api, io, show } = await connect(command);
      const path = `/attempts${query({ user, userId, address, limit })}`;
      const page = await api<{ items: readonly Summary[]; next?: string }>("GET", path);
      show(
        page,
        () =>
          attemptTable(page.items, io.now()) +
          (page.next === undefined ? "" : "There are more: --limit COUNT\n"),
      );
    });

  attempt
    .command("show <id>")
    .description("explain a dial: the verdict, then the dial as a ladder")
    .action(async (id: string, _options: object, command: Command) => {
      const { api, io, show } = await connect(command);
      const attempt = await api<AttemptJson>("GET", `/attempts/${encodeURIComponent(id)}`);
      show(attempt, () => explanation(attempt, io.now(), io.screen.columns ?? 100));
    });
}

const attemptTable = (attempts: readonly Summary[], now: Date) =>
  attempts.length === 0
    ? "No dial is on record.\n"
    : table(
        ["ID", "STARTED", "CLIENT", "USER", "SET-UP", "UP FOR", "VERDICT"],
        attempts.map((one) => [
          one.id,
          instant(one.startedAt),
          one.clientAddress,
          sentName(one.user),
          setUp(one),
          upFor(one, now),
          one.count === 1 ? one.verdict.code : `${one.verdict.code} ${times(one)}`,
        ]),
      );

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

const setUp = ({ setupMs }: Summary) => (setupMs === null ? "-" : `${Math.round(setupMs)} ms`);

function explanation(attempt: AttemptJson, now: Date, width: number): string {
  const { verdict } = attempt;
  const errors = verdict.windowsErrors.join(" or ");
  const ended = attempt.setupMs !== null && attempt.endedAt !== null;
  const words = facts([
    ...(ended ? [["Dial", `It came up; the session ended ${upFor(attempt, now)} later.`] as const] : []),
    ["Verdict", `${verdict.cause} (${verdict.code})`],
    ["Evidence", verdict.evidence === "" ? "-" : verdict.evidence],
    ...(errors === "" ? [] : [["Windows shows", `error ${errors}`] as const]),
    ["What to do", verdict.remedy],
  ]);
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
  return `${words}\n${dial}\n${traceLadder(attempt, width)}`;
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
