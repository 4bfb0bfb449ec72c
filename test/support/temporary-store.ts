import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { systemClock } from "../../server/platform/clock.ts";
import { openStore, type StoreOptions } from "../../server/store/open-store.ts";
import type { Store } from "../../server/store/store-types.ts";

/** The wall clock of store tests; it stands still. */
export const NOON = "2026-01-02T12:00:00.000Z";

/** The machine's clock, but for the date, which is noon. */
export const NOON_CLOCK = { ...systemClock, date: () => new Date(NOON) };

/** Writes reach the page cache, which outlives the process; how they reach the disk has tests of its own. */
const NO_DISK = async () => {};

/** What an opened store tells nobody. */
export const UNHEARD = {
  log: { debug() {}, info() {}, warn() {}, error() {} },
  conditions: { raise() {}, clear() {} },
};

/** A directory of the test's own, gone when the test ends. */
export function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "pacd-test-"));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const openAtNoon = (directory: string, options: Partial<StoreOptions>): Promise<Store> =>
  openStore({ version: "1.2.3", clock: NOON_CLOCK, sync: NO_DISK, ...UNHEARD, ...options, directory });

/** A store on real files, for tests that share it; whoever opens it closes it. Closing it twice is fine. */
export async function openTemporaryStore(
  options: Partial<StoreOptions> = {},
): Promise<{ readonly store: Store; readonly directory: string; readonly close: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "pacd-test-"));
  const store = await openAtNoon(directory, options);
  const close = async () => {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { store, directory, close };
}

/** Opens a store on real files, at noon; closed and gone when the test ends. Closing it earlier is fine. */
export async function temporaryStore(
  t: TestContext,
  options: Partial<StoreOptions> = {},
): Promise<{ readonly store: Store; readonly directory: string }> {
  const directory = options.directory ?? temporaryDirectory(t);
  const store = await openAtNoon(directory, options);
  t.after(() => store.close());
  return { store, directory };
}
