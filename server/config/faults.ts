import type { AppError } from "../errors/app-error.ts";
import type { ErrorCode } from "../errors/register.ts";

/** One thing that is wrong with a document. */
export interface FoundFault {
  /** From 1. */
  readonly line: number;
  /** Null: it is no TOML, or cannot be read. */
  readonly key: string | null;
  readonly code: ErrorCode;
  /** What is wrong, to follow the key. */
  readonly says: string;
}

/** Each fault of a document that was refused; one without a key where it is no TOML, or cannot be read. */
export function faultsOf({ code, message, details }: AppError): readonly FoundFault[] {
  const { faults, line } = details as { faults?: readonly FoundFault[]; line?: number };
  if (faults !== undefined) return faults.map(({ line, key, code, says }) => ({ line, key, code, says }));
  return [{ line: line ?? 1, key: null, code, says: message.replace(/^.*?: (?:column \d+: )?/, "") }];
}
