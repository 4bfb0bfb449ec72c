import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";

type Asking = Pick<Io, "askHidden">;

async function askedPassword(io: Asking, prompt: string): Promise<string> {
  if (io.askHidden === undefined)
    throw new AppError(
      "usage",
      "Standard input is no terminal at which to ask for the password: give it there with --password-stdin.",
    );
  const typed = await io.askHidden(prompt);
  if (typed === undefined) throw new AppError("usage", "No password was typed; nothing was done.");
  if (typed === "") throw new AppError("usage", "The password is empty; nothing was done.");
  return typed;
}

/** A new password: asked for twice, so that a slip of the finger locks nobody out. Throws usage. */
export async function newPassword(io: Asking): Promise<string> {
  const first = await askedPassword(io, "New password: ");
  if ((await askedPassword(io, "Once more: ")) !== first)
    throw new AppError("usage", "The two passwords differ; nothing was done.");
  return first;
}
