import { existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Names carry the process that made them, so that a later run can tell what a killed one left behind. */
const PREFIX = join(tmpdir(), "pacd-bench-");

/** A folder that goes with this process, at the latest with the next run. */
export function temporaryFolder(): string {
  for (const folder of globSync(`${PREFIX}*-*`)) {
    const owner = /^(\d+)-/.exec(folder.slice(PREFIX.length))?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) remove(folder);
  }
  const folder = mkdtempSync(`${PREFIX}${process.pid}-`);
  process.once("exit", () => remove(folder));
  return folder;
}

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
