import { dirname, join } from "node:path";
import type { Store } from "./store/store-types.ts";

/** What the greeting says of a database that got a new schema: where what it was is, for the way back. */
export function upgradeNotes(upgrade: Store["upgrade"]): readonly string[] {
  if (upgrade === undefined) return [];
  const { from, to, copy, users } = upgrade;
  const notes = [
    `The database was brought from schema ${from} to ${to}. What it was is kept in ${copy}; docs/operations.md, "Upgrade", has the way back.`,
  ];
  if (users === 0)
    notes.push(
      `It holds no user. If it should, it was copied from a running pacd without pacd.db-wal: stop this one, copy both files again into ${dirname(copy)}, and remove ${join(dirname(copy), "pacd.db-shm")}.`,
    );
  return notes;
}
