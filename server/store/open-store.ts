import { sql } from "kysely";
import { ntPasswordHash } from "../crypto/nt-password-hash.ts";
import type { Clock } from "../platform/clock.ts";
import { attemptRepository } from "./attempts.ts";
import { type NameClash, NameClashes } from "./name-clashes.ts";
import { alignNameKeys } from "./name-keys.ts";
import { openDatabase } from "./open-database.ts";
import { recover } from "./recovery.ts";
import { unlockSecretBox } from "./secret-key.ts";
import { sessionRepository } from "./sessions.ts";
import { withStaticAddresses } from "./static-addresses.ts";
import type { Store } from "./store-types.ts";
import { tokenRepository } from "./tokens.ts";
import { userRepository } from "./users.ts";

/** Ours: about 40 MB of traces. */
export const KEEP_ATTEMPTS = 10_000;

export interface StoreOptions {
  /** The state directory; created with mode 0700 where missing. */
  readonly directory: string;
  /** The wall clock, for the times of users and tokens. */
  readonly clock: Pick<Clock, "date">;
  /** Tests may hand in a cheaper one. */
  readonly ntHash?: (password: string) => Uint8Array;
  /** How many dial attempts to remember. */
  readonly keepAttempts?: number;
  /** Told at once, and whenever that changes, which users have names from before that are one now. */
  readonly nameClashes?: (clashes: readonly NameClash[]) => void;
}

/**
 * Opens the store in the state directory: database, migrations, secret key. Closes nothing that an earlier process left
 * open; see `Store.recover`. state-unusable, secret-key-mismatch.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    directory,
    clock,
    ntHash = ntPasswordHash,
    keepAttempts = KEEP_ATTEMPTS,
    nameClashes = () => {},
  } = options;
  const { db, prepared: box } = await openDatabase(directory, async (fresh) => {
    await alignNameKeys(fresh);
    return unlockSecretBox(fresh, directory);
  });
  const clashes = await NameClashes.read(db, nameClashes);
  const users = await withStaticAddresses(db, userRepository({ db, box, ntHash, clock, clashes }));
  return {
    users,
    sessions: sessionRepository(db),
    attempts: attemptRepository(db, keepAttempts),
    tokens: tokenRepository(db, clock),
    recover: (reason, at) => recover(db, reason, at),
    async ping() {
      await sql`SELECT 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
