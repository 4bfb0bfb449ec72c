import type { Command } from "commander";
import type { Static } from "typebox";
import type { Session } from "../../admin-api/schemas/session.ts";
import { wholeId } from "../ids.ts";
import { listText } from "../print/answer.ts";
import type { Column } from "../print/columns.ts";
import { bytes, duration, since } from "../print/quantities.ts";
import { type SessionDetailsJson, sessionText } from "../print/session.ts";
import { several } from "../several.ts";
import { type Connect, query } from "../terminal.ts";
import { addSessionEnd } from "./session-end.ts";
import { watch } from "./session-watch.ts";

type SessionJson = Static<typeof Session>;

/** `pacctl session …`: who is connected. */
export function addSessionCommands(pacctl: Command, connect: Connect): void {
  const session = pacctl.command("session").description("who is connected").addHelpText("after", HELP);

  session
    .command("list")
    .description("list the sessions that are up")
    .option("--user <name>", "sessions of this user only, in whatever spelling")
    .option("--user-id <id>", "sessions of the user with this ID only")
    .option("--watch", "paint the list anew each second, until Ctrl-C")
    .action(async ({ user, userId, watch: again }: ListOptions, command: Command) => {
      const { io, api, list, output } = await connect(command);
      const get = () => api<{ items: readonly SessionJson[] }>("GET", `/sessions${query({ user, userId })}`);
      if (again === true)
        return await watch(io, output, async () => {
          const { items } = await get();
          return listText(items, SESSION_COLUMNS, AROUND, output, { ...io.screen, now: io.now() });
        });
      const page = await get();
      list(page.items, SESSION_COLUMNS, { ...AROUND, page });
    });

  session
    .command("show <id...>")
    .description("show a session or several, also such that have ended; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { io, api } = terminal;
      const get = async (id: string) =>
        api<SessionDetailsJson>("GET", pathOf(await wholeId(api, "session", id)));
      await several(terminal, ids, get, (one) => sessionText(one, io.now()), "\n");
    });

  session
    .command("disconnect <id...>")
    .description("disconnect clients, which may dial again; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { api } = terminal;
      const end = async (id: string) =>
        api<undefined>("DELETE", pathOf(await wholeId(api, "session", id, "live")));
      await several(terminal, ids, end, (_, id) => `Disconnected session ${id}.\n`);
    });

  addSessionEnd(session, connect);
}

interface ListOptions {
  readonly user?: string;
  readonly userId?: string;
  readonly watch?: true;
}

const AROUND = { empty: "Nobody is connected.\n" };

const pathOf = (id: string) => `/sessions/${encodeURIComponent(id)}`;

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

const SESSION_COLUMNS: readonly Column<SessionJson>[] = [
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

const HELP = `
Examples:
  pacctl session list --user anna
  pacctl session list --watch
  pacctl session show ID
`;
