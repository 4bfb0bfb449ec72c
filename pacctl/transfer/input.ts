import { AppError } from "../../server/errors/app-error.ts";
import type { Input, Io } from "../io.ts";

/**
 * What stands in a file, or on standard input (`-`). Throws import-unreadable, and usage as `readInput` does.
 */
export async function inputOf(io: Pick<Io, "readInput">, path: string, limit: number): Promise<Input> {
  try {
    return await io.readInput(path, limit);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppError("import-unreadable", `${path} cannot be read (${code ?? message}).`);
  }
}
