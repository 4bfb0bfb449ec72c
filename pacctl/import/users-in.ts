import { type Adoption, adopted } from "./adopted.ts";
import { withoutDuplicates } from "./duplicates.ts";
import { accelSecrets, pppdSecrets } from "./formats/chap-secrets.ts";
import { csvUsers } from "./formats/csv.ts";
import { type FileFormat, foundFormat } from "./formats/found-format.ts";
import { mpdSecret } from "./formats/mpd-secret.ts";
import { routerSecrets } from "./formats/routeros.ts";
import type { Parsed } from "./import-types.ts";
import { type Encoding, textOf } from "./text.ts";

/** How a file is to be read. */
export interface Reading extends Adoption {
  readonly format?: FileFormat | undefined;
  readonly encoding?: Encoding | undefined;
  /** Of files of secrets: lines for this server and for any. */
  readonly server?: string | undefined;
  /** Of RouterOS: secrets of other services too. */
  readonly allServices?: boolean;
  readonly now: Date;
}

/** What a file holds. */
export interface UsersInFile extends Parsed {
  readonly format: FileFormat;
  /** By what the format was found; undefined: it was said. */
  readonly since: string | undefined;
}

const PARSERS: Readonly<Record<FileFormat, (text: string, reading: Reading) => Parsed>> = {
  csv: csvUsers,
  "chap-secrets": pppdSecrets,
  "accel-ppp": accelSecrets,
  routeros: routerSecrets,
  mpd: mpdSecret,
};

/** The users in a file, each once, and what of it is not taken over. Throws import-unreadable. */
export function usersIn(octets: Uint8Array, reading: Reading): UsersInFile {
  const text = textOf(octets, reading.encoding);
  const { format, since } =
    reading.format === undefined ? foundFormat(text) : { format: reading.format, since: undefined };
  const { users, remarks } = adopted(PARSERS[format](text, reading), reading);
  const once = withoutDuplicates(users);
  const all = [...remarks, ...once.remarks].toSorted((a, b) => a.line - b.line);
  return { users: once.users, remarks: all, format, since };
}
