import { resolve } from "node:path";
import type { Command } from "commander";
import { accept } from "../../server/backup/accept.ts";
import { SQLITE, unpackDatabase } from "../../server/backup/bare-database.ts";
import type { Contents } from "../../server/backup/examine.ts";
import type { Manifest } from "../../server/backup/manifest.ts";
import { peeked } from "../../server/backup/passphrase.ts";
import { restore } from "../../server/backup/restore.ts";
import type { Staging } from "../../server/backup/staging.ts";
import { fileOctets, unpack } from "../../server/backup/unpack.ts";
import { loadConfig } from "../../server/config/load-config.ts";
import { installation } from "../../server/installation/installation.ts";
import type { Io } from "../io.ts";
import {
  addPassphraseOptions,
  givenPassphrase,
  type PassphraseOptions,
} from "../options/passphrase-options.ts";
import { holds, madeBy } from "./words.ts";

interface RestoreOptions extends PassphraseOptions {
  readonly to?: string;
  readonly force?: boolean;
}

/** What was laid out; without a manifest it was a database alone. */
interface Laid {
  readonly manifest: Manifest | undefined;
  readonly contents: Contents;
}

const TO = "--to <directory>";
const TO_TEXT = "the state directory; by default the one of this installation's configuration";

/** `pacctl backup restore FILE`: into the state directory of a pacd that does not run. */
export function addBackupRestore(backup: Command, io: Io): void {
  addPassphraseOptions(
    backup
      .command("restore <file>")
      .description("put a backup, or a copy such as pacd.db.before-0006, in place while pacd is stopped")
      .option(TO, TO_TEXT)
      .option("--force", "put the state that is there aside first"),
  ).action(async (file: string, options: RestoreOptions, command: Command) => {
    const directory = stateDirectory(command);
    const clock = { date: io.now };
    const done = await restore({ directory, force: options.force === true, clock }, (staging) =>
      layOut(file, directory, staging, () => givenPassphrase(io, options)),
    );
    const { manifest, contents } = done.unpacked;
    if (command.optsWithGlobals<{ json?: boolean }>().json) {
      const answer = { directory, aside: done.aside ?? null, config: done.config ?? null };
      return io.out(`${JSON.stringify({ ...answer, ...manifest, ...contents }, null, 2)}\n`);
    }
    const from = manifest === undefined ? `A database of schema ${contents.schema}.` : madeBy(manifest);
    io.out(`Restored to ${directory}. ${from}\n${holds(contents)}\n`);
    if (done.aside !== undefined) io.out(`What was there before is in ${done.aside}.\n`);
    if (done.config !== undefined)
      io.out(
        `The configuration, ${manifest?.configFile ?? "of the backup"}, is in ${done.config}: compare it with the one of this host.\n`,
      );
    io.out("Start pacd now.\n");
  });
}

/** `pacctl backup accept`: a database whose log is lost, as it is. */
export function addBackupAccept(backup: Command, io: Io): void {
  backup
    .command("accept")
    .description("take the database that lies in the state directory as it is, though its log is missing")
    .option(TO, TO_TEXT)
    .action(async (_options: object, command: Command) => {
      const directory = stateDirectory(command);
      const { contents, aside } = await accept(directory, { date: io.now });
      if (command.optsWithGlobals<{ json?: boolean }>().json)
        return io.out(`${JSON.stringify({ directory, aside: aside ?? null, ...contents }, null, 2)}\n`);
      io.out(
        `The database in ${directory} is taken as it is.\n${holds(contents)} What came later is lost.\n`,
      );
      if (aside !== undefined) io.out(`The log that does not belong to it is in ${aside}.\n`);
      io.out("Start pacd now.\n");
    });
}

async function layOut(
  file: string,
  directory: string,
  staging: Staging,
  passphrase: () => Promise<string | undefined>,
): Promise<Laid> {
  const [head, pieces] = await peeked(fileOctets(file), SQLITE.length);
  if (Buffer.from(head).toString("latin1") !== SQLITE) return unpack(pieces, staging, passphrase);
  await pieces.return();
  return { manifest: undefined, contents: await unpackDatabase(file, directory, staging) };
}

/** Throws what reading a configuration throws. */
function stateDirectory(command: Command): string {
  const { to, config } = command.optsWithGlobals<{ to?: string; config?: string }>();
  if (to !== undefined) return resolve(to);
  const { configFile, stateDirectory } = installation;
  return loadConfig(config ?? configFile, { defaults: { stateDirectory } }).state.directory;
}
