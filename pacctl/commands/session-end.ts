import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { wholeId } from "../ids.ts";
import { several } from "../several.ts";
import type { Connect, Terminal } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type Answer = Schemas["EndedSessions"];

interface EndOptions {
  readonly user?: string;
  readonly userId?: string;
  readonly address?: string;
  readonly group?: string;
  readonly all?: true;
  readonly message?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `pacctl session end`: one session, or all that are meant. */
export function addSessionEnd(session: Command, connect: Connect): void {
  session
    .command("end [ids...]")
    .description("disconnect clients; they may dial again")
    .option("--user <name>", "all sessions of this user, in whatever spelling")
    .option("--user-id <id>", "all sessions of the user with this ID")
    .option("--address <address>", "all sessions from this client address, or with it inside the tunnel")
    .option("--group <name>", "all sessions of the users of this group")
    .option("--all", "every session")
    .option("--message <text>", "why: it goes to pacd's log, and to the record of each session")
    .option("--dry-run", "show which sessions would be ended, and end none")
    .option("--yes", "several at once, without being asked for it on a terminal")
    .addHelpText("after", HELP)
    .action(async (ids: readonly string[], options: EndOptions, command: Command) => {
      const { message, dryRun, yes, all, ...some } = options;
      const choice = { ...some, ...(all === undefined ? {} : { all: "true" as const }) };
      const chosen = Object.keys(choice).length > 0;
      if (ids.length > 0 === chosen) throw new AppError("usage", WHICH);
      const terminal = await connect(command);
      if (ids.length > 0) return await endOnes(terminal, ids, { message, dryRun });
      const { ask, show, io } = terminal;
      const end = (dry: boolean) =>
        ask("DELETE", "/sessions", { query: { ...choice, message, dryRun: dry ? "true" : undefined } });
      if (dryRun !== true && yes !== true && io.screen.columns !== undefined) {
        const { count } = await end(true);
        if (count > 1) throw new AppError("usage", `${count} sessions would be ended: ${ASK_AGAIN}`);
      }
      show(await end(dryRun === true), answerText);
    });
}

/** Sessions by ID, one after the other. */
function endOnes(
  terminal: Terminal,
  ids: readonly string[],
  { message, dryRun }: Pick<EndOptions, "message" | "dryRun">,
): Promise<void> {
  const { ask } = terminal;
  const path = async (id: string) => ({ id: await wholeId(ask, "session", id, "live") });
  const end = async (id: string) =>
    ask("DELETE", "/sessions/{id}", { path: await path(id), query: { message } });
  const look = async (id: string): Promise<Answer> => {
    const one = await ask("GET", "/sessions/{id}", { path: await path(id) });
    const items = one.state === "live" ? [one] : [];
    return { count: items.length, dryRun: true, items };
  };
  return dryRun === true
    ? several(terminal, ids, look, answerText)
    : several(terminal, ids, end, (_nothing, id) => `Ended session ${id}.\n`);
}

function answerText({ count, dryRun, items }: Answer): string {
  const verb = dryRun ? "would be ended" : "ended";
  const lines = items.map(
    ({ id, user, clientAddress, assignedAddress }) =>
      `  ${id}  ${user}, ${assignedAddress} from ${clientAddress}\n`,
  );
  return `${count === 0 ? "No session" : `${count} session${count === 1 ? "" : "s"}`} ${verb}${count === 0 ? "." : ":"}\n${lines.join("")}`;
}

const WHICH = "Name sessions by their IDs, or say which by --user, --user-id, --address, --group or --all.";

const ASK_AGAIN = "say --yes as well to end them, or --dry-run to see which.";

const HELP = `
Examples:
  pacctl session end ID
  pacctl session end --user anna --message "the laptop was stolen"
  pacctl session end --all --dry-run
`;
