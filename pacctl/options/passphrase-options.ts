import { type Command, Option } from "commander";
import { MIN_PASSPHRASE } from "../../server/backup/passphrase.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import { fromStdin } from "./password-options.ts";

/** What `addPassphraseOptions` puts among a command's options. */
export interface PassphraseOptions {
  readonly passphraseStdin?: boolean;
  readonly passphraseFile?: string;
}

/** Never as an argument: every user of the host sees those. */
export const addPassphraseOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--passphrase-file <file>", "read the passphrase from this file").conflicts(
        "passphraseStdin",
      ),
    )
    .addOption(new Option("--passphrase-stdin", "read the passphrase from standard input"));

/** Undefined where none was given. Throws usage. */
export async function givenPassphrase(io: Io, options: PassphraseOptions): Promise<string | undefined> {
  const { passphraseStdin, passphraseFile } = options;
  if (passphraseStdin === true) return fromStdin(io, "passphrase");
  if (passphraseFile === undefined) return undefined;
  const text = await io.readFile(passphraseFile).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("usage", `--passphrase-file: ${passphraseFile} cannot be read: ${why}.`);
  });
  const passphrase = text.replace(/\r?\n$/, "");
  if (passphrase === "") throw new AppError("usage", `--passphrase-file: ${passphraseFile} is empty.`);
  return passphrase;
}

/** The same for a backup that is to be made: one that is soon guessed is refused. */
export async function newPassphrase(io: Io, options: PassphraseOptions): Promise<string | undefined> {
  const passphrase = await givenPassphrase(io, options);
  if (passphrase !== undefined && [...passphrase].length < MIN_PASSPHRASE)
    throw new AppError(
      "usage",
      `The passphrase is too short: a backup can be tried at leisure, so it must have ${MIN_PASSPHRASE} characters or more.`,
    );
  return passphrase;
}
