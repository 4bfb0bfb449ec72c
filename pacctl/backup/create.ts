import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  forgetOldBackups,
  isFolder,
  refuseExistingFile,
  writeBackupFile,
} from "../../server/backup/backup-file.ts";
import type { Manifest } from "../../server/backup/manifest.ts";
import { decrypted, encrypted, peeked } from "../../server/backup/passphrase.ts";
import { readArchive } from "../../server/backup/reading.ts";
import { BLOCK, padding, readMemberHeader } from "../../server/backup/tar.ts";
import { fileOctets } from "../../server/backup/unpack.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import {
  addPassphraseOptions,
  newPassphrase,
  type PassphraseOptions,
} from "../options/passphrase-options.ts";
import { bytes } from "../print/quantities.ts";
import type { Connect } from "../terminal.ts";
import { madeBy } from "./words.ts";

interface CreateOptions extends PassphraseOptions {
  readonly keep?: number;
}

/** `pacctl backup create FILE`: of the running server, which may be another host. */
export function addBackupCreate(backup: Command, connect: Connect, io: Io): void {
  addPassphraseOptions(
    backup
      .command("create <file>")
      .description("make a backup of the running server; in a folder it gets a name with host and time"),
  )
    .addOption(
      new Option("--keep <count>", "in a folder: remove all but the newest so many").argParser((text) => {
        if (!/^[1-9]\d{0,4}$/.test(text))
          throw new AppError("usage", `--keep takes a number from 1, not ${text}.`);
        return Number(text);
      }),
    )
    .action(async (path: string, options: CreateOptions, command: Command) => {
      const { keep } = options;
      const folder = isFolder(path);
      if (keep !== undefined && !folder)
        throw new AppError("usage", "--keep goes with a folder, not with a file.");
      if (!folder) refuseExistingFile(path);
      const passphrase = await newPassphrase(io, options);
      const { stream: octets, show } = await connect(command);
      const stream = unbroken(await octets("POST", "/backups"));
      // Its name has host and time of the server, which its first member tells.
      const [file, pieces] = folder ? await named(path, stream, passphrase) : [path, stream];
      let manifest: Manifest | undefined;
      const length = await writeBackupFile(
        file,
        passphrase === undefined ? pieces : await encrypted(pieces, passphrase),
        async (draft) => {
          manifest = await readArchive(
            decrypted(fileOctets(draft), async () => passphrase),
            () => NOWHERE,
          );
        },
      );
      const removed = keep === undefined ? [] : forgetOldBackups(file, keep);
      const encryptedText =
        passphrase === undefined
          ? "It is not encrypted: whoever reads it can log in as any user and as the administrator.\n"
          : "It is encrypted. Without the passphrase nobody can restore it: keep that elsewhere.\n";
      const gone = removed.length === 0 ? "" : `Removed older ones: ${removed.join(", ")}.\n`;
      show(
        { file, length, encrypted: passphrase !== undefined, removed, ...manifest! },
        () =>
          `${file}: ${bytes(length)}, ${manifest!.users} user${manifest!.users === 1 ? "" : "s"}, checked.\n${madeBy(manifest!)}\n${encryptedText}${gone}`,
      );
    });
}

const NOWHERE = { write() {}, end() {} };

/** An answer that breaks off is said to be one. */
async function* unbroken(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* pieces;
  } catch {
    throw new AppError(
      "server-unreachable",
      "The backup broke off on its way: pacd was stopped, or the connection was lost. Nothing was written; try again.",
    );
  }
}

/** The name of a backup in a folder, out of its own first member; and all its octets. */
async function named(folder: string, stream: AsyncIterable<Uint8Array>, passphrase: string | undefined) {
  const [head, all] = await peeked(stream, BLOCK);
  const size = readMemberHeader(head)?.size ?? 0;
  const [start, pieces] = await peeked(all, BLOCK + size + padding(size));
  let told: { host?: unknown; at?: unknown } = {};
  try {
    told = JSON.parse(Buffer.from(start.subarray(BLOCK, BLOCK + size)).toString("utf8"));
  } catch {
    // What came is no backup, which is told when it is read back.
  }
  const host = String(told.host ?? "unknown").replace(/[^\w.-]/g, "_");
  const time = String(told.at ?? "").replace(/[-:]|\.\d+/g, "");
  const name = `pacd-${host}-${time}.tar${passphrase === undefined ? "" : ".age"}`;
  return [join(folder, name), pieces] as const;
}
