import assert from "node:assert/strict";
import { test } from "node:test";
import { logIn } from "../../../../server/concentrator/log-in/log-in.ts";
import type { LogInDial } from "../../../../server/concentrator/log-in/log-in-dial.ts";
import { UsersRevision } from "../../../../server/concentrator/log-in/users-revision.ts";
import { WrongLogIns } from "../../../../server/concentrator/log-in/wrong-log-ins.ts";
import { ntPasswordHash } from "../../../../server/crypto/nt-password-hash.ts";
import type { User, UserSecrets } from "../../../../server/store/store-types.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { userWith } from "../users.ts";

const PAP = { method: "pap", name: Buffer.from("alice"), password: Buffer.from("secret") } as const;

const secretsOf = (user: User, password = "secret"): UserSecrets => ({
  user,
  ntHashes: [ntPasswordHash(password)],
  password: undefined,
});

/**
 * A dial that somebody logs in on. `reads`: what each read of the secrets finds, the last one again and
 * again; `meanwhile` happens while each of them is under way.
 */
function dial(reads: readonly (UserSecrets | undefined)[], meanwhile: (read: number) => void = () => {}) {
  const clock = new VirtualClock();
  const usersRevision = new UsersRevision();
  const names: string[] = [];
  let belongsTo: string | undefined;
  let count = 0;
  let user: User | undefined;
  const log = { warn() {} };
  const here: LogInDial = {
    services: {
      clock,
      log,
      usersRevision,
      users: {
        async credentials(name) {
          names.push(name);
          const found = reads[Math.min(count, reads.length - 1)];
          meanwhile(++count);
          return found;
        },
        sharing: () => undefined,
        setPassword: () => Promise.reject(new Error("nobody changes a password here")),
      },
      places: { claim: () => Promise.resolve(undefined) },
      wrongLogIns: new WrongLogIns({
        clock,
        log,
        sessions: { hasBeenFrom: () => Promise.resolve(false) },
        slowed() {},
      }),
      passwordRule: { minLength: 1, maxAgeDays: 0 },
    },
    record: {
      nameSent() {},
      nameBelongsTo: (userId) => {
        belongsTo = userId;
      },
      loggedInBy() {},
      note() {},
    },
    get user() {
      return user;
    },
    setUser: (loggedIn) => {
      user = loggedIn;
    },
    from: ipv4(0xc6336407),
    over: false,
    place: undefined,
    alive: () => Promise.resolve(true),
    replace() {},
  };
  return { here, usersRevision, reads: () => names.length, belongsTo: () => belongsTo };
}

test("who proves the password is the user of the dial", async () => {
  const { here, reads, belongsTo } = dial([secretsOf(userWith())]);
  const { outcome, reason } = await logIn(here, PAP);
  assert.deepEqual([outcome.ok, reason], [true, undefined]);
  assert.deepEqual([here.user?.name, belongsTo(), reads()], ["alice", "id of alice", 1]);
});

test("a change that comes while the secrets are read makes the log-in read them again", async () => {
  const disabled = userWith({ enabled: false });
  const one = dial([secretsOf(userWith()), secretsOf(disabled)], (read) => {
    if (read === 1) one.usersRevision.changed();
  });
  const { outcome, reason } = await logIn(one.here, PAP);
  assert.deepEqual([outcome.ok, reason?.verdict, one.reads()], [false, "user-disabled", 2]);
  assert.equal(one.here.user, undefined);
});

test("so does one while nobody of that name is found, who may have come to be meanwhile", async () => {
  const one = dial([undefined, secretsOf(userWith())], (read) => {
    if (read === 1) one.usersRevision.changed();
  });
  assert.equal((await logIn(one.here, PAP)).outcome.ok, true);
  assert.deepEqual([one.here.user?.name, one.belongsTo()], ["alice", "id of alice"]);
});

test("changes that go on coming are all waited for", async () => {
  const one = dial([secretsOf(userWith())], (read) => {
    if (read < 5) one.usersRevision.changed();
  });
  assert.equal((await logIn(one.here, PAP)).outcome.ok, true);
  assert.equal(one.reads(), 5);
});

test("a name that nobody has, a wrong password and a disabled user are told the same", async () => {
  const outcomes = [];
  const verdicts = [];
  for (const found of [
    undefined,
    secretsOf(userWith(), "another"),
    secretsOf(userWith({ enabled: false })),
  ]) {
    const { outcome, reason } = await logIn(dial([found]).here, PAP);
    outcomes.push(outcome);
    verdicts.push(reason?.verdict);
  }
  assert.deepEqual(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size, 1);
  assert.deepEqual(verdicts, ["bad-credentials", "bad-credentials", "user-disabled"]);
});

test("somebody else cannot log in on a call that is a user's", async () => {
  const { here } = dial([secretsOf(userWith({}, "bob"))]);
  here.setUser(userWith());
  const { outcome, reason } = await logIn(here, PAP);
  assert.deepEqual([outcome.ok, reason?.verdict, here.user?.name], [false, "user-changed", "alice"]);
});
