import type { Store } from "./store/store-types.ts";

/** What the greeting says of a database that got a new schema: where what it was is, for the way back. */
export const upgradeNotes = (upgrade: Store["upgrade"]): readonly string[] =>
  upgrade === undefined
    ? []
    : [
        `The database was brought from schema ${upgrade.from} to ${upgrade.to}. What it was is kept in ${upgrade.copy}; docs/operations.md, "Upgrade", has the way back.`,
      ];
