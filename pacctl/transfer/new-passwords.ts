import { generatePassword } from "../../admin-api/users/generated-password.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { guarded } from "../import/csv-columns.ts";
import type { Io, PrivateFile } from "../io.ts";
import { csvCell } from "../print/columns.ts";

/**
 * Passwords for users who come without one. They are on the disk before a request has them, so that a
 * connection that breaks loses none; the file is CSV, which `pacctl user import` reads.
 */
export class NewPasswords {
  readonly #file: PrivateFile | undefined;

  /** Undefined: nobody needs one. Throws usage where the file cannot be made, or is there. */
  constructor(io: Pick<Io, "createPrivate">, path: string | undefined) {
    this.#file = path === undefined ? undefined : created(io, path);
    this.#file?.append("name,password\n");
  }

  /** One for each of them. */
  readonly generate = (users: readonly { readonly name: string }[]): readonly string[] => {
    const passwords = users.map(() => generatePassword());
    if (passwords.length > 0)
      this.#file!.append(
        users.map(({ name }, at) => `${csvCell(guarded(name))},${passwords[at]}\n`).join(""),
      );
    return passwords;
  };

  close(): void {
    this.#file?.close();
  }
}

function created(io: Pick<Io, "createPrivate">, path: string): PrivateFile {
  try {
    return io.createPrivate(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppError(
      "usage",
      code === "EEXIST"
        ? `${path} is there already, and nothing was done: name a new file for the passwords.`
        : `${path} cannot be made (${code ?? message}), and nothing was done: name another file for the passwords.`,
    );
  }
}
