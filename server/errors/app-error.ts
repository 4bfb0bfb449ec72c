import type { ErrorCode } from "./register.ts";

/**
 * The operator erred: a stable code, and one clear sentence. Becomes an HTTP problem document, a CLI exit or
 * the line with which a start is refused. Hostile bytes and our own bugs are never AppErrors.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra members for the problem document, for example the offending field. Never a secret. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}
