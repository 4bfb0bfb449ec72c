import { pino } from "pino";
import { JournalDestination, leadsToJournal } from "./journal.ts";
import { loadAddon } from "./native/addon.ts";

/** What the code needs of a logger, in pino's shape. Never pass a secret or a client's raw octets. */
export interface Logger {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** Ours: characters of log that wait for a full disk to have room again. What comes after is lost. */
const MAX_UNWRITTEN = 1 << 20;

const STANDARD_ERROR = 2;

/**
 * The log, on standard error, so that standard output stays for what a person reads. JSON lines; where
 * standard error is the journal, entries of it. A log that cannot be written (a closed terminal, a full disk,
 * a reader that died) is lost; it ends nothing.
 */
export function createLogger(
  level: string,
  descriptor = STANDARD_ERROR,
  journal = leadsToJournal(descriptor, process.env["JOURNAL_STREAM"]),
) {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["req.headers.authorization"] },
    journal && hasAddon() ? new JournalDestination() : lines(descriptor),
  );
}

/** Without it pacd does not serve, and says so in lines that go where standard error goes. */
function hasAddon(): boolean {
  try {
    return loadAddon() !== undefined;
  } catch {
    return false;
  }
}

function lines(descriptor: number) {
  const destination = pino.destination({ dest: descriptor, sync: true, maxLength: MAX_UNWRITTEN });
  destination.on("error", () => {});
  return destination;
}

/**
 * A sentence for whoever reads standard error: a person, or the journal, which takes what stands before it
 * for its priority (sd-daemon(3)).
 */
export const complaint = (
  sentence: string,
  journal = leadsToJournal(STANDARD_ERROR, process.env["JOURNAL_STREAM"]),
): string => `${journal ? "<3>" : ""}pacd: ${sentence}\n`;
