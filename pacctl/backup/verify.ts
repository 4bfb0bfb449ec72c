import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { ownerOf, Staging, unwritable } from "../../server/backup/staging.ts";
import { fileOctets, unpack } from "../../server/backup/unpack.ts";
import type { Io } from "../io.ts";
import {
  addPassphraseOptions,
  givenPassphrase,
  type PassphraseOptions,
} from "../options/passphrase-options.ts";
import { holds, madeBy } from "./words.ts";

/** `pacctl backup verify FILE`: needs no server. */
export function addBackupVerify(backup: Command, io: Io): void {
  addPassphraseOptions(
    backup.command("verify <file>").description("check a backup from end to end, its database and its key"),
  ).action(async (file: string, options: PassphraseOptions, command: Command) => {
    const { json } = command.optsWithGlobals<{ json?: boolean }>();
    const { manifest, contents } = await inTemporaryFolder((staging) =>
      unpack(fileOctets(file), staging, () => givenPassphrase(io, options)),
    );
    if (json) return io.out(`${JSON.stringify({ file, ...manifest, ...contents }, null, 2)}\n`);
    io.out(`${file} is whole, and its key fits its database.\n${madeBy(manifest)}\n${holds(contents)}\n`);
  });
}

/** The database is opened there; nothing of it stays. TMPDIR says where. */
async function inTemporaryFolder<T>(work: (staging: Staging) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pacd-verify-"));
  try {
    return await work(new Staging(join(folder, "backup"), ownerOf(folder)));
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
