import { pino } from "pino";

/** What the rooms need of a logger; pino's shape. Never pass a secret or a client's raw octets. */
export interface Logger {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** JSON lines on standard error, so that standard output stays for what a person reads. */
export function createLogger(level: string) {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["req.headers.authorization"] },
    pino.destination({ dest: 2, sync: true }),
  );
}
