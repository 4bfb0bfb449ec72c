import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputFolder } from "./io.ts";

/** What is in captures is for their owner alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A folder for files of ours alone. Throws as `node:fs` does, and where something is in it already. */
export async function createFolder(path: string): Promise<OutputFolder> {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
  if (readdirSync(path).length > 0) throw new Error("the folder is not empty");
  return {
    path,
    write(name, text) {
      writeFileSync(join(path, name), text, { mode: FILE_MODE, flag: "wx" });
    },
  };
}
