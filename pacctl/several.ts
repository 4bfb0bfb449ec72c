import { AppError } from "../server/errors/app-error.ts";
import { ApiRefusal } from "./api-client.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { severalText } from "./print/answer.ts";
import { errorJson, errorLines } from "./print/errors.ts";
import type { Terminal } from "./terminal.ts";

/** After these no other name fares better. */
const ENDS_ALL: ReadonlySet<number> = new Set([EXIT.usage, EXIT.unreachable, EXIT.notAllowed, EXIT.timeOut]);

/**
 * Does the same for several names, one after the other, and prints each answer with `show`. One that fails
 * is told, and the next one follows. Throws partly-done where some worked and some did not; what failed first
 * where none worked.
 */
export async function several<T>(
  terminal: Pick<Terminal, "io" | "output" | "show">,
  names: readonly string[],
  task: (name: string) => Promise<T>,
  text: (answer: T, name: string) => string,
  between = "",
): Promise<void> {
  if (names.length === 1) {
    terminal.show(await task(names[0]!), (answer) => text(answer, names[0]!));
    return;
  }
  const { format } = terminal.output;
  const asData = format === "json" || format === "yaml" || format === "csv" ? format : undefined;
  const done: T[] = [];
  const failed: { readonly name: string; readonly error: AppError | ApiRefusal }[] = [];
  for (const name of names) {
    try {
      const answer = await task(name);
      if (asData === undefined)
        terminal.show(answer, () => (done.length === 0 ? "" : between) + text(answer, name));
      done.push(answer);
    } catch (error) {
      if (!(error instanceof AppError || error instanceof ApiRefusal)) throw error;
      if (ENDS_ALL.has(exitCodeOf(error)) && done.length + failed.length === 0) throw error;
      if (format !== "json") terminal.io.err(errorLines(error));
      failed.push({ name, error });
      if (ENDS_ALL.has(exitCodeOf(error))) break;
    }
  }
  const answers = done.filter((answer) => answer !== undefined);
  if (asData !== undefined) terminal.io.out(severalText(answers, asData));
  if (failed.length > 0) throw outcome(names.length, done.length, failed);
}

function outcome(
  asked: number,
  done: number,
  failed: readonly { readonly name: string; readonly error: AppError | ApiRefusal }[],
): AppError {
  const errors = failed.map(({ name, error }) => ({ name, ...errorJson(error) }));
  const codes = new Set(failed.map(({ error }) => exitCodeOf(error)));
  const said =
    done === 0 ? `None of ${asked} was done.` : `${done} of ${asked} ${done === 1 ? "was" : "were"} done.`;
  // Of those that all failed alike, scripts get to know how.
  const alike = done === 0 && codes.size === 1;
  return new AppError("partly-done", said, { errors, ...(alike ? { exitCode: [...codes][0] } : {}) });
}
