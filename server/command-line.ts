import { Command, CommanderError } from "commander";
import { AppError } from "./errors/app-error.ts";
import type { Installation } from "./installation/installation.ts";

/** What an operator asked of `pacd`. */
export type Request =
  | { readonly do: "config"; readonly what: ConfigRequest; readonly configFile: string | undefined }
  | { readonly do: "serve" | "check"; readonly configFile: string | undefined }
  /** Help or version was printed: nothing is left to do. The exit code is 2 where help was not asked for. */
  | { readonly do: "nothing"; readonly exitCode: 0 | 2 };

/** What the help says of an installation. */
type Facts = Pick<Installation, "version" | "configFile" | "stateDirectory">;

/** Reads the arguments after the program's name. Throws usage; prints help and version itself. */
export function parseCommandLine(argv: readonly string[], installed: Facts): Request {
  let request: Request = { do: "nothing", exitCode: 0 };
  const program = pacdProgram(installed, (chosen) => {
    request = chosen;
  });
  const config = program.command("config").description("the configuration, without a server");
  for (const [what, description] of CONFIG_COMMANDS) {
    config
      .command(what)
      .description(description)
      .option("--config <file>", `configuration file (TOML); without one, ${withoutFile(installed)}`)
      .action((options: { config?: string }) => {
        request = { do: "config", what, configFile: options.config };
      });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { do: "nothing", exitCode: 0 };
    // Without a command the help is what an operator needs, not an error about it; a service that starts so
    // has failed.
    if (error.code === "commander.help") return { do: "nothing", exitCode: 2 };
    throw new AppError("usage", `${error.message.replace(/^error: /, "")}; see pacd --help.`);
  }
  return request;
}

/**
 * All commands of pacd, for those who run them, and for those who describe them. `choose` hears which one.
 */
export function pacdProgram(installed: Facts, choose: (request: Request) => void): Command {
  const program = new Command("pacd")
    .description("PPTP access concentrator. The admin API's command line is pacctl.")
    .version(installed.version)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showHelpAfterError(false);
  for (const [name, description] of COMMANDS) {
    program
      .command(name)
      .description(description)
      .option("--config <file>", `configuration file (TOML); without one, ${withoutFile(installed)}`)
      .action((options: { config?: string }) => {
        choose({ do: name, configFile: options.config });
      });
  }
  return program;
}

const withoutFile = ({ configFile, stateDirectory }: Facts): string =>
  configFile ?? `built-in defaults with state in ${stateDirectory}`;

const COMMANDS = [
  ["serve", "run in the foreground"],
  ["check", "check configuration and host; changes nothing"],
] as const;

/** What `pacd config` does; `pacctl config` asks the running server the same. */
const CONFIG_COMMANDS = [
  ["show", "every key with its value, and where that comes from"],
  ["check", "is the file right? 1: it is not"],
  ["diff", "what the file says otherwise than the built-in defaults; 1: something"],
] as const;

export type ConfigRequest = (typeof CONFIG_COMMANDS)[number][0];
