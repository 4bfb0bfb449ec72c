import { type BackupSource, backupTaker } from "../../server/backup/take.ts";
import type { Store } from "../../server/store/store-types.ts";
import { concat } from "../../server/wire/bytes.ts";
import { NOON_CLOCK } from "./temporary-store.ts";

/** What the running server of a test is made a backup of. */
export const sourceOf = (
  store: Store,
  directory: string,
  change: Partial<BackupSource> = {},
): BackupSource => ({
  store,
  directory,
  configFile: undefined,
  files: () => [],
  version: "1.2.3",
  host: "vpn1",
  clock: NOON_CLOCK,
  ...change,
});

/** A whole backup in memory. */
export async function backupOf(store: Store, directory: string, change: Partial<BackupSource> = {}) {
  const { octets, length } = await backupTaker(sourceOf(store, directory, change))();
  const pieces: Uint8Array[] = [];
  for await (const some of octets) pieces.push(some);
  const all = concat(...pieces);
  if (all.length !== length) throw new Error(`${all.length} octets, not ${length}`);
  return all;
}

/** Octets in pieces of some size. */
export async function* inPieces(octets: Uint8Array, size = 1000): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}
