import type { Command } from "commander";
import { faultsOf } from "../../server/config/faults.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import { changesText, faultsText, shownConfigText } from "../print/config.ts";
import { printable } from "../print/printable.ts";
import type { Connect, Terminal } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type CheckJson = Schemas["ConfigCheck"];

/** It was printed that something is wrong, or that something differs. */
export class ConfigDiffers extends Error {}

/** `pacctl config …`: what counts now, and what would come of a file. */
export function addConfigCommands(
  pacctl: Command,
  connect: Connect,
  io: Pick<Io, "readFile" | "out" | "err">,
): void {
  const config = pacctl
    .command("config")
    .description("the configuration with which pacd runs, and what would come of another")
    .addHelpText("after", HELP);

  config
    .command("show")
    .description("every key with its value, and where that comes from")
    .action(async (_options: object, command: Command) => {
      const { ask, show } = await connect(command);
      show(await ask("GET", "/config"), shownConfigText);
    });

  config
    .command("check [file]")
    .description("have pacd look at a file of this host, or at its own, and change nothing; 1: it is wrong")
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      const checked = await connect(command)
        .then((terminal) => check(terminal, io, file))
        .catch((error) => checkHere(error, io, file));
      const { faults } = checked;
      const name = file ?? checked.file;
      const right = name === null ? "pacd runs with its built-in defaults.\n" : `${name} is right.\n`;
      const text = faults.length > 0 ? faultsText(faults, name ?? "") : right;
      io.out(json === true ? `${JSON.stringify(checked, null, 2)}\n` : text);
      if (faults.length > 0) throw new ConfigDiffers();
    });

  config
    .command("diff [file]")
    .description("what a file of this host, or pacd's own, says otherwise than what runs; 1: something")
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const terminal = await connect(command);
      const checked = await check(terminal, io, file);
      const name = file ?? checked.file ?? "built-in defaults";
      terminal.show(checked, ({ faults, changes }) =>
        faults.length > 0 ? faultsText(faults, name) : changesText(changes, name),
      );
      if (checked.faults.length + checked.changes.length > 0) throw new ConfigDiffers();
    });
}

async function check(
  { ask }: Terminal,
  io: Pick<Io, "readFile">,
  file: string | undefined,
): Promise<CheckJson> {
  const body = file === undefined ? {} : { toml: await read(io, file) };
  return ask("POST", "/config:check", { body });
}

/** Without a server the document itself can be looked at all the same; that is said. */
async function checkHere(
  error: unknown,
  io: Pick<Io, "readFile" | "err">,
  file: string | undefined,
): Promise<CheckJson> {
  const unreachable =
    error instanceof AppError && (error.code === "server-unreachable" || error.code === "no-token");
  if (!unreachable || file === undefined) throw error;
  const toml = await read(io, file);
  io.err(`pacctl: No pacd was asked, the file alone was looked at: ${printable(error.message)}\n`);
  try {
    parseConfig(toml, file);
    return { file, faults: [], changes: [] };
  } catch (refused) {
    if (!(refused instanceof AppError)) throw refused;
    return { file, faults: [...faultsOf(refused)], changes: [] };
  }
}

async function read(io: Pick<Io, "readFile">, path: string): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (error) {
    throw new AppError("config-unreadable", `${path}: cannot be read: ${(error as Error).message}`);
  }
}

const HELP = `
Without a server: pacd config show|check|diff --config FILE; its diff is against the built-in defaults.

Exit codes of check and diff: 0 right, or no difference; 1 wrong, or a difference.

Examples:
  pacctl config show
  pacctl config check /etc/pacd/pacd.toml.new
  pacctl config diff
`;
