import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import type { Schemas } from "../typed-api.ts";
import { fromStdin } from "./password-options.ts";

type Filter = Schemas["Webhook"]["filter"];

/** What `addFilterOptions` puts among a command's options. */
export interface FilterOptions {
  readonly type?: string;
  readonly user?: string;
  readonly address?: string;
  readonly group?: string;
}

/** Which events a web hook is told of; as those of `pacctl events`. */
export function addFilterOptions(command: Command): Command {
  return command
    .option("--type <types>", "tell it of events of these types only, with commas between them")
    .option("--user <name>", "tell it of events about this user only")
    .option("--address <address>", "tell it of events about this address only, outer or inner")
    .option("--group <name>", "tell it of events about this group only");
}

/** What of a filter was said. The API knows which types there are. */
export const filterIn = ({ type, user, address, group }: FilterOptions): Partial<Filter> => ({
  ...(type === undefined ? {} : { types: type.split(",") as NonNullable<Filter["types"]> }),
  ...(user === undefined ? {} : { user }),
  ...(address === undefined ? {} : { address }),
  ...(group === undefined ? {} : { group }),
});

/** What `addSecretOptions` puts among a command's options. */
export interface SecretOptions {
  readonly secretStdin?: boolean;
  readonly secretFile?: string;
}

/** A secret is never an argument: whoever lists processes would read it. */
export function addSecretOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--secret-stdin", "read the secret from standard input; else pacd makes one").conflicts(
        "secretFile",
      ),
    )
    .option("--secret-file <file>", "read the secret from this file");
}

/** The secret that was given, as a part of a request. Throws usage. */
export async function secretIn(
  io: Io,
  { secretStdin, secretFile }: SecretOptions,
): Promise<{ readonly secret?: string }> {
  if (secretStdin === true) return { secret: await fromStdin(io, "secret") };
  if (secretFile === undefined) return {};
  const text = await io.readFile(secretFile).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("usage", `--secret-file: ${secretFile} cannot be read: ${why}.`);
  });
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") throw new AppError("usage", `--secret-file: ${secretFile} is empty.`);
  return { secret };
}
