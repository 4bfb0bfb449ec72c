import { Command, CommanderError } from "commander";
import { AppError } from "../server/errors/app-error.ts";
import type { ErrorCode } from "../server/errors/register.ts";
import { ApiRefusal } from "./api-client.ts";
import { addAttemptCommands } from "./commands/attempt.ts";
import { addBackupCommands } from "./commands/backup.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addConfigCommands, ConfigDiffers } from "./commands/config.ts";
import { addDecodeCommand } from "./commands/decode.ts";
import { CaptureBroken } from "./commands/decode-reading.ts";
import { addDialCommand, DialFailed } from "./commands/dial.ts";
import { addLockoutCommands } from "./commands/lockout.ts";
import { addReloadCommand } from "./commands/reload.ts";
import { addSessionCommands } from "./commands/session.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addTlsCommands } from "./commands/tls.ts";
import { addUserCommands } from "./commands/user.ts";
import type { Io } from "./io.ts";
import { printable } from "./print/printable.ts";
import { connector } from "./terminal.ts";

/** Exit codes, on which scripts may rely. */
export const EXIT = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** Errors about what was typed, and about files that it names. */
const OF_USAGE = /^(?:usage|capture-unreadable|backup-damaged|backup-passphrase|config-.*)$/;

/** Errors that leave open what the server would have said. */
const UNREACHABLE: ReadonlySet<ErrorCode> = new Set(["server-unreachable", "no-token"]);

/**
 * Runs pacctl with the arguments after its name, and returns the exit code. Throws only for mistakes of ours.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await pacctlProgram(io).parseAsync([...argv], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // Commander has printed its sentence, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof DialFailed || error instanceof ConfigDiffers) return EXIT.refused;
    if (error instanceof CaptureBroken) return EXIT.usage;
    if (!(error instanceof AppError || error instanceof ApiRefusal)) throw error;
    for (const line of error.message.split("\n")) io.err(`pacctl: ${printable(line)}\n`);
    if (error instanceof ApiRefusal) return EXIT.refused;
    if (OF_USAGE.test(error.code)) return EXIT.usage;
    return UNREACHABLE.has(error.code) ? EXIT.unreachable : EXIT.refused;
  }
}

/** All commands of pacctl, for those who run them, and for those who describe them. */
export function pacctlProgram(io: Io): Command {
  const pacctl = new Command("pacctl")
    .description(
      "Manages the users, sessions and dials of a pacd server, dials any PPTP server to try it out, and explains captures.",
    )
    .version(io.version)
    .option("--json", "print the answer as JSON")
    .option("--url <url>", "where pacd answers, on whichever host")
    .option("--ca <file>", "believe the server that one of these certificates (PEM) is of, or has signed")
    .option("--token-file <file>", "read the API token from this file")
    .option("--config <file>", "find the pacd of this host that runs with this configuration")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(asOurs(text)),
    })
    .exitOverride()
    .addHelpText("after", HELP);
  const connect = connector(io);
  addUserCommands(pacctl, connect, io.now);
  addSessionCommands(pacctl, connect);
  addAttemptCommands(pacctl, connect);
  addLockoutCommands(pacctl, connect);
  addStatusCommand(pacctl, connect);
  addReloadCommand(pacctl, connect);
  addBackupCommands(pacctl, connect, io);
  addDialCommand(pacctl, io);
  addDecodeCommand(pacctl, io);
  addConfigCommands(pacctl, connect, io);
  addTlsCommands(pacctl, io);
  addCompletionCommand(pacctl, io);
  return pacctl;
}

/** What was typed where it does not belong may be the NT hash of a password, which goes into no log. */
const HASH = /[0-9a-f]{32}/gi;

function asOurs(text: string): string {
  const shown = text.replace(/^error: /, "pacctl: ");
  if (shown.search(HASH) < 0) return shown;
  const masked = shown.replace(HASH, "(32 hexadecimal digits)").trimEnd();
  return `${masked} An NT hash is read from standard input alone, with --nt-hash.\n`;
}

const HELP = `
Environment:
  PACD_URL    as --url; by default the pacd of this host is found by what it leaves in its state directory
  PACD_CA     as --ca
  PACD_TOKEN  the API token; by default it is read from the file that the pacd of this host wrote

Exit codes: 0 done, 1 pacd refused, the dial failed, or a configuration is wrong or differs, 2 wrong usage or a broken capture, 3 pacd not reached or no token

Examples:
  pacctl user add anna
  pacctl session list
  pacctl attempt list --user anna
  pacctl dial vpn.example.com --user anna --password-stdin <password.txt
  pacctl decode dial.pcapng
`;
