import { readFileSync } from "node:fs";

/**
 * Users and groups of this host, as its own two files have them: asking a directory service could hold the
 * event loop for as long as that takes.
 */
const PASSWD = "/etc/passwd";
const GROUP = "/etc/group";

/** The name of a user; "uid 1234" where the host's own file has none. */
export const userName = (uid: number, file = PASSWD): string =>
  lines(file).find(([, , id]) => id === String(uid))?.[0] ?? `uid ${uid}`;

/** The number of a group, by name or by number; undefined where there is none. */
export function groupId(name: string, file = GROUP): number | undefined {
  if (/^\d{1,9}$/.test(name)) return Number(name);
  const [, , id] = lines(file).find(([first]) => first === name) ?? [];
  return id === undefined ? undefined : Number(id);
}

function lines(file: string): readonly (readonly string[])[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}
