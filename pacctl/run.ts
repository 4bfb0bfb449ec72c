import { Command, CommanderError } from "commander";
import { AppError } from "../server/errors/app-error.ts";
import { addAliases } from "./aliases.ts";
import { ApiRefusal } from "./api-client.ts";
import { addAdministratorCommands, addTokenCommands } from "./commands/administration.ts";
import { addApplyCommand } from "./commands/apply.ts";
import { addAttemptCommands } from "./commands/attempt.ts";
import { addAuditCommands } from "./commands/audit.ts";
import { addBackupCommands } from "./commands/backup.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addConfigCommands, ConfigDiffers } from "./commands/config.ts";
import { addDecodeCommand } from "./commands/decode.ts";
import { CaptureBroken } from "./commands/decode-reading.ts";
import { addDialCommand, DialFailed } from "./commands/dial.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addGroupCommands } from "./commands/group.ts";
import { addHelpCommand } from "./commands/help.ts";
import { addLockoutCommands } from "./commands/lockout.ts";
import { addLogInCommands } from "./commands/log-in.ts";
import { addReloadCommand } from "./commands/reload.ts";
import { addSessionCommands } from "./commands/session.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addTlsCommands } from "./commands/tls.ts";
import { addUserCommands } from "./commands/user.ts";
import { addWebhookCommands, WebhookTestFailed } from "./commands/webhook.ts";
import { pacctlValues } from "./completion/pacctl-values.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { addOutputOptions, asksForJson } from "./options/output.ts";
import { errorPrinter } from "./print/errors.ts";
import { connector } from "./terminal.ts";

/**
 * Runs pacctl with the arguments after its name, and returns the exit code. Throws only for mistakes of ours.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const errors = errorPrinter(io, asksForJson(argv));
  try {
    await pacctlProgram(io, errors).parseAsync([...argv], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : errors.usage();
    if (NOT_AS_HOPED.some((kind) => error instanceof kind)) return EXIT.unexpected;
    if (error instanceof CaptureBroken) return EXIT.usage;
    if (!(error instanceof AppError || error instanceof ApiRefusal)) throw error;
    return errors.print(error);
  }
}

/** What was seen is printed already. */
const NOT_AS_HOPED = [DialFailed, ConfigDiffers, WebhookTestFailed];

/** All commands of pacctl, for those who run them, and for those who describe them. */
export function pacctlProgram(io: Io, errors = errorPrinter(io, false)): Command {
  const pacctl = new Command("pacctl")
    .description(
      "Manages the users, sessions and dials of a pacd server, dials any PPTP server to try it out, and explains captures.",
    )
    .version(io.version);
  addOutputOptions(pacctl);
  pacctl
    .option("--url <url>", "where pacd answers, on whichever host")
    .option("--ca <file>", "believe the server that one of these certificates (PEM) is of, or has signed")
    .option("--socket <path>", "ask the pacd of this host at this Unix socket, without a token")
    .option("--token-file <file>", "read the API token from this file")
    .option(
      "--timeout <time>",
      "how long an answer may take, like 2m, waits that pacd asks for included; 30s",
    )
    .option("--config <file>", "find the pacd of this host that runs with this configuration")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: io.out, writeErr: errors.words, outputError: errors.said })
    .exitOverride()
    .addHelpText("after", HELP);
  const connect = connector(io);
  addUserCommands(pacctl, connect, io);
  addGroupCommands(pacctl, connect, io.now);
  addApplyCommand(pacctl, connect, io);
  addSessionCommands(pacctl, connect, io);
  addAttemptCommands(pacctl, connect, io);
  addEventsCommand(pacctl, connect, io);
  addWebhookCommands(pacctl, connect);
  addLockoutCommands(pacctl, connect);
  addAdministratorCommands(pacctl, connect);
  addTokenCommands(pacctl, connect, io.now);
  addLogInCommands(pacctl, io);
  addAuditCommands(pacctl, connect, io.now);
  addStatusCommand(pacctl, connect);
  addReloadCommand(pacctl, connect);
  addBackupCommands(pacctl, connect, io);
  addDialCommand(pacctl, io);
  addDecodeCommand(pacctl, io);
  addConfigCommands(pacctl, connect, io);
  addTlsCommands(pacctl, io);
  addCompletionCommand(pacctl, io, pacctlValues);
  addHelpCommand(pacctl);
  addAliases(pacctl);
  return pacctl;
}

const HELP = `
Examples:
  pacctl user add anna
  pacctl session list
  pacctl attempt list --user anna
  pacctl help user add
  pacctl dial vpn.example.com --user anna --password-stdin <password.txt
  pacctl decode dial.pcapng

Which pacd: the one of this host, at its socket and without a token where that
lets this user in, otherwise by what it leaves in its state directory; or --url.

Environment:
  PACD_URL    as --url
  PACD_CA     as --ca
  PACD_TOKEN  the API token; unless it is given, that of \`pacctl log-in\`, or the
              one in the file admin-token of the pacd of this host

Exit codes:
  0  done
  1  a dial or the test of a web hook failed, a configuration is wrong or
     differs, or what nobody foresaw
  2  wrong usage, or a file that is broken
  3  pacd was not reached         4  not allowed, or no token
  5  there is no such thing       6  it conflicts with what is there
  7  what was given is not valid  8  no answer in time
  9  done for some of several names
`;
