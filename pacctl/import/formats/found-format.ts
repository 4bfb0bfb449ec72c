import { AppError } from "../../../server/errors/app-error.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { Findings } from "../import-types.ts";
import { knownColumns } from "./csv.ts";
import { pppdLines } from "./pppd-words.ts";

/** What `--format` takes. */
export const FORMATS = ["csv", "chap-secrets", "accel-ppp", "routeros", "mpd"] as const;
export type FileFormat = (typeof FORMATS)[number];

/** What it is called in a sentence. */
export const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  csv: "CSV",
  "chap-secrets": "chap-secrets of pppd",
  "accel-ppp": "chap-secrets of accel-ppp",
  routeros: "an export of RouterOS",
  mpd: "mpd.secret",
};

/** A format, and by what it was found: to follow "since". */
export interface FoundFormat {
  readonly format: FileFormat;
  readonly since: string;
}

/** Which format a text is in. Throws import-unreadable where it could be two, or none. */
export function foundFormat(text: string): FoundFormat {
  if (/^[ \t]*\/?ppp[ /]+secret\b/m.test(text) || /^[ \t]*\/ppp$/m.test(text))
    return { format: "routeros", since: "it has the section /ppp secret" };
  if (/^[ \t]*add (?:.*\s)?name=/m.test(text))
    return { format: "routeros", since: "its lines begin with add and have name=" };
  if (knownColumns(text) > 0) return { format: "csv", since: "its first line names columns" };
  if (/^\s*(?:\{|(?:users|groups):)/.test(text))
    throw unclear("It looks like a document of users and groups: pacctl apply -f FILE takes it.");
  return ofSecrets(text);
}

/** Which kind of file of secrets has lines like these; "either" says nothing. */
type Kind = "chap-secrets" | "accel-ppp" | "mpd" | "either" | "neither";

/** One that so many others speak against is a slip in that line. */
const MANY = 10;

function ofSecrets(text: string): FoundFormat {
  // As pppd reads words, which is also how nearly every line of the others reads.
  const kinds = new Map<Kind, number>();
  for (const { words } of pppdLines(text, new Findings())) {
    const kind = kindOf(words);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const count = (kind: Kind) => kinds.get(kind) ?? 0;
  const [accel, chap, mpd] = [count("accel-ppp"), count("chap-secrets") + count("accel-ppp"), count("mpd")];
  if (chap + mpd + count("either") === 0)
    throw unclear(
      `No line of it looks like one of a format that is known: ${FORMATS.join(", ")}. --format says which it is.`,
    );
  if (Math.min(chap, mpd) * MANY > Math.max(chap, mpd))
    throw unclear(
      `${lines(chap)} like chap-secrets and ${lines(mpd)} like mpd.secret: say which with --format.`,
    );
  if (mpd > chap) return { format: "mpd", since: `${lines(mpd)} like it` };
  if (accel > 0)
    return { format: "accel-ppp", since: `${accel} of its lines have a rate behind the address` };
  if (chap > 0) return { format: "chap-secrets", since: `${lines(chap)} like it` };
  return {
    format: "chap-secrets",
    since: "its lines have three words, and the second is no password of mpd",
  };
}

const lines = (count: number): string => (count === 1 ? "1 line reads" : `${count} lines read`);

/** Name, password, address; or client, server, secret, addresses. */
function kindOf(words: readonly string[]): Kind {
  const [, second = "", third = "", fourth, fifth] = words;
  if (words.length < 2) return "neither";
  if (words.length === 2) return "mpd";
  if (second.startsWith("!")) return "mpd";
  if (words.length === 3) {
    if (second === "*") return "chap-secrets";
    return isAddress(third) ? "mpd" : "either";
  }
  if (fifth !== undefined && /^\d{1,8}[/\\:]?\d{0,8}$/.test(fifth) && words.length === 5) return "accel-ppp";
  return second === "*" || /^(?:[*-]|!)/.test(fourth!) || isAddress(fourth!) ? "chap-secrets" : "either";
}

const isAddress = (word: string): boolean => parseIpv4(word.replace(/\/\d{1,2}\+?$/, "")) !== undefined;

const unclear = (says: string): AppError => new AppError("import-unreadable", says);
