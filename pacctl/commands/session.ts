import type { Command } from "commander";
import type { Static } from "typebox";
import type { Session } from "../../admin-api/schemas/session.ts";
import { wholeId } from "../ids.ts";
import type { Column } from "../print/columns.ts";
import { bytes, duration, instant, since } from "../print/quantities.ts";
import { facts } from "../print/table.ts";
import { several } from "../several.ts";
import { type Connect, query } from "../terminal.ts";

type SessionJson = Static<typeof Session>;

/** `pacctl session …`: who is connected. */
export function addSessionCommands(pacctl: Command, connect: Connect): void {
  const session = pacctl.command("session").description("who is connected").addHelpText("after", HELP);

  session
    .command("list")
    .description("list the sessions that are up")
    .option("--user <name>", "sessions of this user only, in whatever spelling")
    .option("--user-id <id>", "sessions of the user with this ID only")
    .action(async ({ user, userId }: { user?: string; userId?: string }, command: Command) => {
      const { api, list } = await connect(command);
      const page = await api<{ items: readonly SessionJson[] }>("GET", `/sessions${query({ user, userId })}`);
      list(page.items, SESSION_COLUMNS, { page, empty: "Nobody is connected.\n" });
    });

  session
    .command("show <id...>")
    .description("show a session or several, also such that have ended; of an ID its beginning will do")
    .action(async (ids: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const { io, api } = terminal;
      const get = async (id: string) => api<SessionJson>("GET", pathOf(await wholeId(api, "session", id)));
      await several(terminal, ids, get, (one) => sessionFacts(one, io.now()), "\n");
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
}

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

/** Weak ones in capitals; what this version does not know stays as it came. */
function encryption(text: string): string {
  if (text === "none") return "NONE: everything passes in clear";
  const [, bits, mode] = /^mppe-(128|56|40)-(stateless|stateful)$/.exec(text) ?? [];
  if (bits === undefined) return text;
  const words = `MPPE with ${bits} bits, ${mode}`;
  return bits === "128" && mode === "stateless" ? words : `${words} (WEAK)`;
}

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

const sessionFacts = (session: SessionJson, now: Date) =>
  facts([
    ["User", session.user],
    ["User ID", session.userId],
    ["State", session.state],
    ["Client", session.clientAddress],
    ["Address", session.assignedAddress],
    ["Connected", instant(session.connectedAt)],
    ...(session.state === "live"
      ? ([["Idle for", idle(session, now)]] as const)
      : ([
          ["Disconnected", session.disconnectedAt === null ? "-" : instant(session.disconnectedAt)],
          ["Reason", session.endReason ?? "-"],
        ] as const)),
    ["Encryption", encryption(session.encryption)],
    ["MTU", String(session.mtu)],
    ["Received", `${bytes(session.rxBytes)} in ${session.rxPackets} packets`],
    ["Sent", `${bytes(session.txBytes)} in ${session.txPackets} packets`],
    ["Attempt", session.attemptId],
    ["ID", session.id],
  ]);

const HELP = `
Examples:
  pacctl session list --user anna
  pacctl session disconnect ID
`;
