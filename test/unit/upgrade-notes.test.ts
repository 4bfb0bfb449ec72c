import assert from "node:assert/strict";
import { test } from "node:test";
import { upgradeNotes } from "../../server/upgrade-notes.ts";

const UPGRADE = {
  from: "0005-sessions-by-address",
  to: "0006-about-the-database",
  copy: "/var/lib/pacd/pacd.db.before-0006",
  users: 3,
};

test("an upgrade says where the database of before is; without one there is nothing to say", () => {
  assert.deepEqual(upgradeNotes(undefined), []);
  const [note, ...others] = upgradeNotes(UPGRADE);
  assert.match(
    note!,
    /from schema 0005-sessions-by-address to 0006-about-the-database\. .*pacd\.db\.before-0006/,
  );
  assert.deepEqual(others, []);
});

test("an upgrade of a database without users says what may be missing: it could not tell by itself", () => {
  const [, note] = upgradeNotes({ ...UPGRADE, users: 0 });
  assert.match(note!, /holds no user\. If it should, it was copied from a running pacd without pacd\.db-wal/);
});
