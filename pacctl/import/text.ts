import { AppError } from "../../server/errors/app-error.ts";

/** Ours: some hundred thousand users; what is larger is no list of users. */
export const MAX_IMPORT_OCTETS = 32 * 1024 * 1024;

/** How octets stand for letters. */
export const ENCODINGS = ["utf-8", "latin1"] as const;
export type Encoding = (typeof ENCODINGS)[number];

const BYTE_ORDER_MARK = "\ufeff";

/** Both beginnings of UTF-16, which Windows' "Unicode text" has. */
const UTF16: Readonly<Record<string, string>> = { fffe: "utf-16le", feff: "utf-16be" };

/**
 * The text of a file: UTF-8 unless said, or UTF-16 where it says so itself. Throws import-unreadable with the
 * line at which it is not that, or holds a NUL.
 */
export function textOf(octets: Uint8Array, encoding: Encoding | undefined): string {
  const wide = UTF16[Buffer.from(octets.subarray(0, 2)).toString("hex")];
  const text = decoded(octets, encoding === undefined ? (wide ?? "utf-8") : encoding);
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const nul = plain.indexOf("\0");
  if (nul >= 0)
    throw new AppError(
      "import-unreadable",
      `Line ${lineAt(plain, nul)} holds a NUL: this is no text file with users.`,
    );
  return plain;
}

function decoded(octets: Uint8Array, encoding: string): string {
  // WHATWG's "latin1" is windows-1252, which is what Windows wrote.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(octets);
  } catch {
    throw new AppError(
      "import-unreadable",
      encoding === "utf-8"
        ? `Line ${firstBadLine(octets)} is not UTF-8. Files of old systems often are Latin-1: --encoding latin1 reads them.`
        : `It is not ${encoding.toUpperCase()}.`,
    );
  }
}

/** The line of the first octets that are not UTF-8. */
function firstBadLine(octets: Uint8Array): number {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true }).decode(octets);
  const strict = new TextEncoder().encode(lenient);
  let at = 0;
  while (at < octets.length && octets[at] === strict[at]) at += 1;
  return octets.subarray(0, at).reduce((lines, octet) => lines + (octet === 0x0a ? 1 : 0), 1);
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;
