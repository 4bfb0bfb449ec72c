import { pino } from "pino";

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
 * JSON lines on standard error, so that standard output stays for what a person reads. A log that cannot be
 * written (a closed terminal, a full disk, a reader that died) is lost; it ends nothing.
 */
export function createLogger(level: string, descriptor = STANDARD_ERROR) {
  const destination = pino.destination({ dest: descriptor, sync: true, maxLength: MAX_UNWRITTEN });
  destination.on("error", () => {});
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["req.headers.authorization"] },
    destination,
  );
}
