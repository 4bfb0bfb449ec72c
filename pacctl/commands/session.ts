import type { Command } from "commander";
import type { Static } from "typebox";
import type { Session } from "../../admin-api/schemas/session.ts";
import { bytes, duration, instant, since } from "../print/quantities.ts";
import { facts, table } from "../print/table.ts";
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
      const { io, api, show } = await connect(command);
      const page = await api<{ items: readonly SessionJson[] }>("GET", `/sessions${query({ user, userId })}`);
      show(page, () => sessionTable(page.items, io.now()));
    });

  session
    .command("show <id>")
    .description("show a session, also one that has ended")
    .action(async (id: string, _options: object, command: Command) => {
      const { io, api, show } = await connect(command);
      show(await api<SessionJson>("GET", pathOf(id)), (one) => sessionFacts(one, io.now()));
    });

  session
    .command("disconnect <id>")
    .description("disconnect the client; it may dial again")
    .action(async (id: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      show(await api<undefined>("DELETE", pathOf(id)), () => `Disconnected session ${id}.\n`);
    });
}

const pathOf = (id: string) => `/sessions/${encodeURIComponent(id)}`;

const idle = (session: SessionJson, now: Date) =>
  session.lastActivity === null ? "-" : since(session.lastActivity, now);

/** Weak ones in capitals; what this version does not know stays as it came. */
function encryption(text: string): string {
  if (text === "none") return "NONE: everything passes in clear";
  const [, bits, mode] = /^mppe-(128|56|40)-(stateless|stateful)$/.exec(text) ?? [];
  if (bits === undefined) return text;
  const words = `MPPE with ${bits} bits, ${mode}`;
  return bits === "128" && mode === "stateless" ? words : `${words} (WEAK)`;
}

const sessionTable = (sessions: readonly SessionJson[], now: Date) =>
  sessions.length === 0
    ? "Nobody is connected.\n"
    : table(
        ["ID", "USER", "CLIENT", "ADDRESS", "CONNECTED", "RECEIVED", "SENT", "IDLE"],
        sessions.map((one) => [
          one.id,
          one.user,
          one.clientAddress,
          one.assignedAddress,
          duration(one.durationSeconds),
          bytes(one.rxBytes),
          bytes(one.txBytes),
          idle(one, now),
        ]),
      );

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
