import type { Contents } from "../../server/backup/examine.ts";
import type { Manifest } from "../../server/backup/manifest.ts";
import { instant } from "../print/quantities.ts";

/** Who made a backup, when and of what, in a line. */
export const madeBy = ({ pacd, host, at, schema }: Manifest): string =>
  `Made by pacd ${pacd} on ${host} at ${instant(at)}, schema ${schema}.`;

/** What a database holds, in a line. */
export function holds({ users, sessions, attempts, lastDialAt }: Contents): string {
  const last = lastDialAt === null ? "" : `, the last at ${instant(lastDialAt)}`;
  return `It holds ${some(users, "user")}, ${some(sessions, "session")} and ${some(attempts, "dial")}${last}.`;
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
