import type { AppError } from "../server/errors/app-error.ts";
import { ERRORS, type ErrorCode } from "../server/errors/register.ts";
import { ApiRefusal } from "./api-client.ts";

/** Exit codes, on which scripts may rely: docs/pacctl.md has the table. */
export const EXIT = {
  ok: 0,
  /** What nobody foresaw; also the word of commands that judge: a dial failed, a configuration differs. */
  unexpected: 1,
  usage: 2,
  unreachable: 3,
  notAllowed: 4,
  notFound: 5,
  conflict: 6,
  invalid: 7,
  timeOut: 8,
  partly: 9,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Codes whose status does not say it, or that no server answers with. */
const BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  usage: EXIT.usage,
  "server-unreachable": EXIT.unreachable,
  "timed-out": EXIT.timeOut,
  "no-token": EXIT.notAllowed,
  "partly-done": EXIT.partly,
  "ambiguous-id": EXIT.conflict,
  // It counts for the running server, and is not yet in the database.
  "not-yet-written": EXIT.partly,
  // pacctl has waited as long as it may.
  "rate-limited": EXIT.timeOut,
  "tls-needed": EXIT.unreachable,
  // Files that were named.
  "capture-unreadable": EXIT.usage,
  "import-unreadable": EXIT.usage,
  "backup-damaged": EXIT.usage,
  "backup-passphrase": EXIT.usage,
  "backup-too-new": EXIT.invalid,
  "state-exists": EXIT.conflict,
  "state-in-use": EXIT.conflict,
  "tls-pair-exists": EXIT.conflict,
};

const BY_STATUS: Readonly<Record<number, ExitCode>> = {
  400: EXIT.invalid,
  401: EXIT.notAllowed,
  403: EXIT.notAllowed,
  404: EXIT.notFound,
  408: EXIT.timeOut,
  409: EXIT.conflict,
  410: EXIT.notFound,
  412: EXIT.conflict,
  413: EXIT.invalid,
  415: EXIT.invalid,
  422: EXIT.invalid,
  428: EXIT.conflict,
  429: EXIT.timeOut,
  503: EXIT.unreachable,
  504: EXIT.timeOut,
};

/** With which code pacctl ends after an error of this code. A server that is newer has codes of its own. */
export function exitCodeFor(code: string, status?: number): ExitCode {
  const known = BY_CODE[code as ErrorCode];
  if (known !== undefined) return known;
  if (code.startsWith("config-")) return EXIT.usage;
  const answered = status ?? ERRORS[code as ErrorCode]?.status;
  return BY_STATUS[answered ?? 0] ?? EXIT.unexpected;
}

/** The same of an error that was thrown. */
export function exitCodeOf(error: AppError | ApiRefusal): ExitCode {
  const said = error.details["exitCode"] as ExitCode | undefined;
  return said ?? exitCodeFor(error.code, error instanceof ApiRefusal ? error.status : undefined);
}
