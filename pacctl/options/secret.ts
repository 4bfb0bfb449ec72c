import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import { fromStdin } from "./password-options.ts";

/**
 * A password from standard input, or typed at the terminal unseen. Throws usage where there is neither, or
 * nothing was typed.
 */
export async function secretOf(
  io: Io,
  { passwordStdin }: { readonly passwordStdin?: boolean },
  question = "Password: ",
): Promise<string> {
  if (passwordStdin === true) return fromStdin(io);
  if (io.askHidden === undefined)
    throw new AppError("usage", "There is no terminal to ask at: give the password with --password-stdin.");
  const typed = await io.askHidden(question);
  if (typed === undefined || typed === "") throw new AppError("usage", "No password was typed.");
  return typed;
}
