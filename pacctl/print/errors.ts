import type { AppError } from "../../server/errors/app-error.ts";
import type { ApiRefusal } from "../api-client.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { printable } from "./printable.ts";

/** Says on standard error what went wrong: in words, or as JSON for a program. */
export interface ErrorPrinter {
  /** An error, which ends pacctl with the code that is returned. */
  print(error: AppError | ApiRefusal): ExitCode;
  /** Words of commander beside the errors, such as the help of a command that was not finished. */
  readonly words: (text: string) => void;
  /** What commander has to say about the words that were typed. */
  readonly said: (text: string) => void;
  /** The command line was not understood; commander has said why. */
  usage(): ExitCode;
}

export function errorPrinter(io: Pick<Io, "err">, json: boolean): ErrorPrinter {
  return json ? jsonErrors(io) : plainErrors(io);
}

const plainErrors = ({ err }: Pick<Io, "err">): ErrorPrinter => ({
  print(error) {
    err(errorLines(error));
    return exitCodeOf(error);
  },
  words: err,
  said: (text) => err(asOurs(text)),
  usage: () => EXIT.usage,
});

function jsonErrors({ err }: Pick<Io, "err">): ErrorPrinter {
  let said = "A command is missing; --help lists them.";
  const write = (error: object) => err(`${JSON.stringify({ error }, null, 2)}\n`);
  return {
    print(error) {
      write(errorJson(error));
      return exitCodeOf(error);
    },
    words: () => {},
    said: (text) => {
      said = asOurs(text).replace(/^pacctl: /, "");
    },
    usage() {
      write({ code: "usage", detail: said.trim(), exitCode: EXIT.usage });
      return EXIT.usage;
    },
  };
}

/** An error in words; what it quotes cannot steer a terminal. */
export const errorLines = (error: Error): string =>
  error.message
    .split("\n")
    .map((line) => `pacctl: ${printable(line)}\n`)
    .join("");

/** An error for programs, as docs/pacctl.md has it. */
export function errorJson(error: AppError | ApiRefusal): object {
  const { code, message, details } = error;
  return {
    code,
    detail: message,
    ...details,
    ...("status" in error ? { status: error.status } : {}),
    exitCode: exitCodeOf(error),
  };
}

/** What was typed where it does not belong may be the NT hash of a password, which goes into no log. */
const HASH = /[0-9a-f]{32}/gi;

function asOurs(text: string): string {
  const shown = text.replace(/^error: /, "pacctl: ");
  if (shown.search(HASH) < 0) return shown;
  const masked = shown.replace(HASH, "(32 hexadecimal digits)").trimEnd();
  return `${masked} An NT hash is read from standard input alone, with --nt-hash.\n`;
}
