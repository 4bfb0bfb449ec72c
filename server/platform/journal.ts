import { fstatSync } from "node:fs";
import { safeLine } from "../wire/safe-line.ts";
import { isSystemError, loadAddon } from "./native/addon.ts";

/** Where journald takes entries (systemd.io/JOURNAL_NATIVE_PROTOCOL). */
const SOCKET = "/run/systemd/journal/socket";

const IDENTIFIER = "pacd";

/** pino's levels as those of syslog(3): debug, info, warning, error, critical. */
const PRIORITIES = [
  [60, 2],
  [50, 3],
  [40, 4],
  [30, 6],
] as const;
const DEBUG = 7;

/** Ours: octets of a field that an entry keeps. What a stranger sent is shorter, and so is a stack. */
const MAX_FIELD = 64 * 1024;

/** Ours: of a value in the sentence that people read. */
const MAX_SHOWN = 200;

const NO_DESCRIPTOR = new Uint32Array(0);

/** What stands in the sentence already, or is the entry's own. */
const NOT_SHOWN: ReadonlySet<string> = new Set(["level", "time", "msg", "err", "reqId"]);

/**
 * Does the descriptor lead to the journal? `told` is JOURNAL_STREAM (systemd.exec(5)): device and inode of
 * what systemd made it.
 */
export function leadsToJournal(descriptor: number, told: string | undefined): boolean {
  if (told === undefined) return false;
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    return told === `${dev}:${ino}`;
  } catch {
    return false; // closed
  }
}

/**
 * Log lines (pino's JSON) as entries of the journal, with a priority, a sentence for people and a field for
 * each value: PACD_USER, PACD_CLIENT and so on. An entry that the journal does not take at once is lost,
 * since pacd must not wait for it; the next one that it takes says how many were.
 */
export class JournalDestination {
  readonly #socket: string;
  #lost = 0;

  constructor(socket = SOCKET) {
    this.#socket = socket;
  }

  /** One line. Never throws for what the journal does. */
  write(line: string): void {
    const entry = journalFields(JSON.parse(line) as Record<string, unknown>);
    if (this.#lost > 0) {
      const text = `${this.#lost} entries were lost, since the journal did not take them`;
      if (this.#send(journalFields({ level: 40, msg: text }))) this.#lost = 0;
    }
    if (!this.#send(entry)) this.#lost += 1;
  }

  #send(fields: ReadonlyMap<string, string>): boolean {
    const octets = encodeEntry(fields);
    try {
      try {
        loadAddon().sendDatagram(this.#socket, octets, NO_DESCRIPTOR, 0);
      } catch (error) {
        if (!isSystemError(error) || error.code !== "EMSGSIZE") throw error;
        loadAddon().sendSealed(this.#socket, octets);
      }
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return false;
    }
  }
}

/** The fields of a line's entry. */
export function journalFields(line: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const { level, msg, err } = line as { level?: number; msg?: string; err?: Record<string, unknown> };
  const values = Object.entries(line).filter(([key, value]) => !NOT_SHOWN.has(key) && value !== undefined);
  const shown = values.map(([key, value]) => `${key}=${shortened(asText(value))}`);
  const cause = err === undefined ? "" : `: ${asText(err["message"])}`;
  const text = `${msg ?? ""}${cause}${shown.length > 0 ? ` [${shown.join(" ")}]` : ""}`;
  const fields = new Map<string, string>([
    ["MESSAGE", safeLine(text)],
    ["PRIORITY", `${PRIORITIES.find(([from]) => (level ?? 0) >= from)?.[1] ?? DEBUG}`],
    ["SYSLOG_IDENTIFIER", IDENTIFIER],
  ]);
  const add = (key: string, value: unknown): void => {
    const name = fieldName(key);
    if (name !== undefined) fields.set(name, asText(value).slice(0, MAX_FIELD));
  };
  for (const [key, value] of values) add(key, value);
  if (line["reqId"] !== undefined) add("request", line["reqId"]);
  for (const [key, value] of Object.entries(err ?? {})) add(`error ${key}`, value);
  return fields;
}

/** `rxBytes` is PACD_RX_BYTES. The journal takes 64 characters of A to Z, 0 to 9 and "_". */
function fieldName(key: string): string | undefined {
  const name = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, "_");
  return name === "" ? undefined : `PACD_${name}`.slice(0, 64);
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)) ?? "";

const shortened = (text: string): string => {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return /^[^\s"[\]]+$/.test(short) ? short : JSON.stringify(short);
};

/** NAME=value, or where the value has line breaks its length before it. */
export function encodeEntry(fields: ReadonlyMap<string, string>): Uint8Array {
  const parts: Buffer[] = [];
  for (const [name, value] of fields) {
    const octets = Buffer.from(value);
    if (octets.includes(0x0a)) {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(octets.length));
      parts.push(Buffer.from(`${name}\n`), length);
    } else parts.push(Buffer.from(`${name}=`));
    parts.push(octets, Buffer.from("\n"));
  }
  return Buffer.concat(parts);
}
