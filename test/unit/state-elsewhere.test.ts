import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isStateInUse, lockStateDirectory } from "../../server/platform/state-lock.ts";
import { foundElsewhere, type StateSeams } from "../../server/state-elsewhere.ts";
import { usersIn } from "../../server/store/files/users-in.ts";
import { needs } from "../support/needs.ts";
import { temporaryDirectory, temporaryStore } from "../support/temporary-store.ts";

const changed = new Date("2026-01-02T12:34:56Z");

/** A host on which these directories hold databases with so many users. */
function host(databases: Record<string, number | undefined>, inUse: readonly string[] = []): StateSeams {
  return {
    defaults: ["/opt/pacd/var", "/var/lib/pacd"],
    hasDatabase: (directory) => directory in databases,
    usersIn: (directory) => (directory in databases ? { users: databases[directory], changed } : undefined),
    isInUse: (directory) => inUse.includes(directory),
    owner: "0:0",
  };
}

const NOTHING = { refused: false, lines: [] };

test("users in the clone's directory, and a start with a configuration file: refused, with the commands", () => {
  assert.deepEqual(foundElsewhere("/var/lib/pacd", host({ "/opt/pacd/var": 214 })), {
    refused: true,
    lines: [
      "The state directory /var/lib/pacd has no database yet, and /opt/pacd/var has a database with 214 users, last written to at 2026-01-02 12:34 UTC. pacd does not start, for nobody could log in.",
      "To move it here: mkdir -p /var/lib/pacd && cp -a /opt/pacd/var/. /var/lib/pacd/ && chown -R 0:0 /var/lib/pacd",
      'To use it where it is: have directory = "/opt/pacd/var" under [state] in the file of --config',
      "To begin anew, without these users: mv /opt/pacd/var /opt/pacd/var.old",
    ],
  });
});

test("the reverse is refused as well, also where the database cannot be read", () => {
  const { refused, lines } = foundElsewhere("/opt/pacd/var", host({ "/var/lib/pacd": 1 }));
  assert.equal(refused, true);
  assert.match(lines[0]!, /\/var\/lib\/pacd has a database with 1 user, last/);
  assert.match(lines[2]!, /start with the configuration file that pacd had before \(--config FILE\)$/);
  const unread = foundElsewhere("/opt/pacd/var", host({ "/var/lib/pacd": undefined }));
  assert.match(unread.lines[0]!, /\/var\/lib\/pacd has a database, last/);
});

test("a directory that the configuration names may be meant: a note", () => {
  const { refused, lines } = foundElsewhere("/srv/second", host({ "/var/lib/pacd": 3 }));
  assert.equal(refused, false);
  assert.equal(lines.length, 1);
  assert.match(
    lines[0]!,
    /pacd begins without users\. .* run: rm -r \/srv\/second; mkdir -p \/srv\/second && cp -a /,
  );
});

test("nothing is said of a directory in use, of one without users, or where there is a database", () => {
  assert.deepEqual(foundElsewhere("/var/lib/pacd", host({ "/opt/pacd/var": 3 }, ["/opt/pacd/var"])), NOTHING);
  assert.deepEqual(foundElsewhere("/var/lib/pacd", host({ "/opt/pacd/var": 0 })), NOTHING);
  assert.deepEqual(
    foundElsewhere("/var/lib/pacd", host({ "/opt/pacd/var": 3, "/var/lib/pacd": 0 })),
    NOTHING,
  );
  assert.deepEqual(foundElsewhere("/var/lib/pacd", host({})), NOTHING);
});

test("the users of a database are counted, its log included, and nothing in its directory changes", async (t) => {
  const { store, directory } = await temporaryStore(t);
  for (const name of ["anna", "bert"]) await store.users.create({ name, password: "a long one" });
  const before = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "hex")]);
  assert.equal(usersIn(directory)?.users, 2);
  assert.deepEqual(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "hex")]),
    before,
  );
  assert.equal(usersIn(join(directory, "nothing")), undefined);
  symlinkSync("loop", join(directory, "loop"));
  assert.equal(usersIn(join(directory, "loop")), undefined);
});

test("the command that moves a state makes a private directory with all of it", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "a long one" });
  await store.close();
  const moved = join(temporaryDirectory(t), "lib/pacd");
  const owner = `${process.getuid?.()}:${process.getgid?.()}`;
  const seams = { ...host({}), usersIn, defaults: [directory, moved], owner };
  const { lines } = foundElsewhere(moved, seams);
  execFileSync("/bin/sh", ["-c", lines[1]!.replace(/^To move it here: /, "")]);
  const { store: again } = await temporaryStore(t, { directory: moved });
  assert.equal(await again.users.count(), 1);
});

test("whether a process has a state directory is seen, and no lock is made", {
  skip: needs({ addon: true }),
}, (t) => {
  const directory = join(temporaryDirectory(t), "state");
  mkdirSync(directory);
  assert.equal(isStateInUse(directory), false);
  assert.equal(existsSync(join(directory, "pacd.lock")), false);
  const release = lockStateDirectory(directory);
  assert.equal(isStateInUse(directory), true);
  release();
  assert.equal(isStateInUse(directory), false);
});
