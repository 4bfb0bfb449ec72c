import type { FailureCode } from "../../../verdicts/register.ts";
import type { FailureReason } from "./failure.ts";

/** Why there is no TCP connection. An error without the kernel's code is our mistake, and is thrown on. */
export function tcpFailure(error: unknown, server: string, port: number): FailureReason {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return [CODES[code] ?? "tcp-unreachable", `Connecting to ${server}:${port}: ${code}.`];
}

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: "name-unknown",
  EAI_AGAIN: "name-unknown",
  ECONNREFUSED: "tcp-refused",
  ETIMEDOUT: "tcp-unanswered",
};
