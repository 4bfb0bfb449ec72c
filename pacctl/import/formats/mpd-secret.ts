import { fileLines } from "../file-lines.ts";
import { Findings, type Parsed } from "../import-types.ts";
import { OctetText } from "../octet-text.ts";
import { oneAddress } from "./one-address.ts";
import { NOT_CLOSED } from "./pppd-words.ts";

/**
 * mpd.secret of mpd 3 to 5 (user manual, 3.2.3): name, password, and perhaps an address or a network. Words
 * may be quoted, with the escapes of C in them.
 */
export function mpdSecret(text: string): Parsed {
  const findings = new Findings();
  for (const { line, text: one } of fileLines(text, findings)) {
    if (/^\s*#/.test(one)) continue;
    const words = mpdWords(one);
    if (words === undefined) {
      findings.lost(line, NOT_CLOSED);
      continue;
    }
    const [name = "", password, address, ...more] = words;
    if (name === "*" || name === "") findings.lost(line, "is for any user, not for one: left out");
    else if (password === undefined) findings.lost(line, "has a name and no password: left out");
    else {
      if (more.length > 0) findings.part(line, "what stands behind the address is not taken over");
      const byProgram = password.startsWith("!");
      if (byProgram) findings.part(line, "the password comes from a program, which is not run");
      findings.users.push({
        line,
        name,
        ...(byProgram || password === "" ? {} : { password }),
        fields: address === undefined ? {} : oneAddress(line, [address], findings),
      });
    }
  }
  return findings;
}

const SINGLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const GAP = /\s*/y;
const QUOTED = /"((?:\\[\s\S]|[^"\\])*)"/y;
const BARE = /\S+/y;
const PIECES = /\\(?:([0-7]{1,3})|x([0-9a-f]{1,2})|([\s\S]))|([^\\]+)/giu;

/** The words of a line; undefined: a quotation does not end. */
export function mpdWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const take = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(line);
  };
  for (let at = take(GAP, 0)![0].length; at < line.length; at += take(GAP, at)![0].length) {
    const quoted = take(QUOTED, at);
    if (quoted !== null) {
      words.push(unescaped(quoted[1]!));
      at += quoted[0].length;
    } else if (line[at] === '"') return undefined;
    else {
      words.push(take(BARE, at)![0]);
      at += words.at(-1)!.length;
    }
  }
  return words;
}

function unescaped(text: string): string {
  const made = new OctetText();
  for (const [, octal, hexadecimal, other, plain] of text.matchAll(PIECES)) {
    if (octal !== undefined) made.octet(Number.parseInt(octal, 8));
    else if (hexadecimal !== undefined) made.octet(Number.parseInt(hexadecimal, 16));
    else made.add(plain ?? SINGLE[other!] ?? other!);
  }
  return made.toString();
}
