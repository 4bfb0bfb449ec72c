import type { Io, OutputFolder } from "../io.ts";
import { unwritable } from "./decrypted-file.ts";

/** The folder of `--html-dir`. Throws AppError, and so does what is written to it. */
export async function pageFolder(path: string, create: Io["createFolder"]): Promise<OutputFolder> {
  const folder = await create(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  return {
    path,
    write(name, text) {
      try {
        folder.write(name, text);
      } catch (error) {
        throw unwritable(`${path}/${name}`, error);
      }
    },
  };
}
