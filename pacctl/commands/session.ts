import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { wholeId } from "../ids.ts";
import type { Io } from "../io.ts";
import { addHistoryFilter, type SessionFilterOptions, sessionFilter } from "../options/session-filter.ts";
import { listText } from "../print/answer.ts";
import { type Column, momentColumn } from "../print/columns.ts";
import { bytes, duration, since } from "../print/quantities.ts";
import { sessionText } from "../print/session.ts";
import { several } from "../several.ts";
import type { Connect } from "../terminal.ts";
import type { QueryOf, Schemas } from "../typed-api.ts";
import { addSessionEnd } from "./session-end.ts";
import { addSessionHistoryCommands } from "./session-history.ts";
import { watch } from "./session-watch.ts";

type SessionJson = Schemas["Session"];
type SessionSort = NonNullable<QueryOf<"/sessions">["sort"]>;

interface ListOptions extends SessionFilterOptions {
  readonly sort?: SessionSort;
  readonly limit: string;
  readonly all?: true;
  readonly watch?: true;
}

/** `pacctl session …`: who is connected. */
export function addSessionCommands(pacctl: Command, connect: Connect, io: Pick<Io, "now">): void {
  const session = pacctl
    .command("session")
    .description("who is connected, and who was")
    .addHelpText("after", HELP);

  addHistoryFilter(
    session.command("list").description("list the sessions that are up, or those that were"),
    io.now,
  )
    .option(
      "--sort <key>",
      "connectedAt, durationSeconds, user, rxBytes and others; - in front: the largest first",
    )
    .option("--limit <count>", "at most so many of those that were, up to 1000", "100")
    .option("--all", "all of them, however many that are")
    .option("--watch", "paint the list anew each second, until Ctrl-C")
    .action(async ({ all, limit, sort, watch: again, ...options }: ListOptions, command: Command) => {
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000)
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      const { io, ask, list, output } = await connect(command);
      const filter = { ...sessionFilter(options), sort };
      const live = filter.state === undefined || filter.state === "live";
      const asked = live && command.getOptionValueSource("limit") === "default" ? undefined : Number(limit);
      const columns = live ? SESSION_COLUMNS : PAST_COLUMNS;
      const get = (cursor?: string) =>
        ask("GET", "/sessions", { query: { ...filter, limit: asked, cursor } });
      if (again === true)
        return await watch(io, output, async () => {
          const { items } = await get();
          return listText(items, columns, AROUND, output, { ...io.screen, now: io.now() });
        });
      let page = await get();
      const items = [...page.items];
      while (all === true && page.next !== undefined) {
        page = await get(page.next);
        items.push(...page.items);
      }
      list(items, columns, {
        page: { ...page, items },
        ...(live ? AROUND : { empty: "No such session is on record.\n" }),
        after: page.next === undefined ? "" : "There are more: --limit COUNT, or --all\n",
      });
    });

  addSessionHistoryCommands(session, connect, io);

  session
    .command("show <id...>")
    .description("show a session or several, also such that have ended; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { io, ask } = terminal;
      const get = async (id: string) =>
        ask("GET", "/sessions/{id}", { path: { id: await wholeId(ask, "session", id) } });
      await several(terminal, ids, get, (one) => sessionText(one, io.now()), "\n");
    });

  session
    .command("disconnect <id...>")
    .description("disconnect clients, which may dial again; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { ask } = terminal;
      const end = async (id: string) =>
        ask("DELETE", "/sessions/{id}", { path: { id: await wholeId(ask, "session", id, "live") } });
      await several(terminal, ids, end, (_, id) => `Disconnected session ${id}.\n`);
    });

  addSessionEnd(session, connect);
}

const AROUND = { empty: "Nobody is connected.\n" };

const idle = (session: SessionJson, now: Date) =>
  session.lastActivity === null ? "-" : since(session.lastActivity, now);

const octets = (key: string, title: string, of: (one: SessionJson) => number): Column<SessionJson> => ({
  key,
  title,
  value: (one) => bytes(of(one)),
  exact: of,
  whole: true,
  spare: true,
});

export const SESSION_COLUMNS: readonly Column<SessionJson>[] = [
  { key: "id", title: "ID", value: (one) => one.id, exact: (one) => one.id, id: true },
  { key: "user", title: "USER", value: (one) => one.user },
  { key: "client", title: "CLIENT", value: (one) => one.clientAddress, whole: true },
  { key: "address", title: "ADDRESS", value: (one) => one.assignedAddress, whole: true },
  {
    key: "connected",
    title: "CONNECTED",
    value: (one) => duration(one.durationSeconds),
    exact: (one) => one.connectedAt,
    whole: true,
  },
  octets("received", "RECEIVED", (one) => one.rxBytes),
  octets("sent", "SENT", (one) => one.txBytes),
  {
    key: "idle",
    title: "IDLE",
    value: idle,
    exact: (one) => one.lastActivity,
    whole: true,
    spare: true,
  },
  { key: "encryption", title: "ENCRYPTION", value: (one) => one.encryption, wide: true },
  { key: "user-id", title: "USER ID", value: (one) => one.userId, id: true, wide: true },
  { key: "attempt", title: "ATTEMPT", value: (one) => one.attemptId, id: true, wide: true },
];

/** Of sessions that are over, when they were and why they ended. */
export const PAST_COLUMNS: readonly Column<SessionJson>[] = [
  ...SESSION_COLUMNS.filter(({ key }) => ["id", "user", "client", "address"].includes(key)),
  momentColumn("from", "FROM", (one) => one.connectedAt),
  {
    key: "lasted",
    title: "LASTED",
    value: (one) => duration(one.durationSeconds),
    exact: (one) => one.durationSeconds,
    whole: true,
    spare: true,
  },
  { key: "ended", title: "ENDED", value: (one) => one.endReason ?? "still up", last: true },
  ...SESSION_COLUMNS.filter(({ key }) => ["received", "sent"].includes(key)),
  momentColumn("until", "UNTIL", (one) => one.disconnectedAt, { wide: true }),
  { key: "pool", title: "POOL", value: (one) => one.pool ?? "-", wide: true },
  { key: "group", title: "GROUP", value: (one) => one.group ?? "-", wide: true },
  ...SESSION_COLUMNS.filter(({ key }) => ["encryption", "user-id", "attempt"].includes(key)),
];

const HELP = `
Examples:
  pacctl session list --user anna
  pacctl session list --watch
  pacctl session show ID
  pacctl session list --address 10.77.3.7 --at 'tuesday 10:00'
  pacctl session totals --since 7d
  pacctl session export sessions.csv --since 2026-01-01
  pacctl session disconnect ID
`;
