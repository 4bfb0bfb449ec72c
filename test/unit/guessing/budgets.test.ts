import assert from "node:assert/strict";
import { test } from "node:test";
import { Budgets, type Claim } from "../../../server/guessing/budgets.ts";
import {
  ADDRESS,
  ADDRESS_EXHAUSTED,
  LONGEST_WHERE_KNOWN,
  MAX_PAIRS,
  PAIR,
  USER,
  WAIT_WHERE_EXHAUSTED,
} from "../../../server/guessing/limits.ts";
import { ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { millis } from "../../../server/wire/units.ts";

const HOME = parseIpv4("198.51.100.7")!;
const AWAY = parseIpv4("203.0.113.9")!;

const as = (name: string, address = HOME): Claim => ({ name, userId: `id of ${name}`, address });
const stranger = (name: string, address = HOME): Claim => ({ name, userId: undefined, address });

/** The world of one test: budgets, and a time that the test moves. */
function world() {
  const budgets = new Budgets();
  let now = 0;
  return {
    budgets,
    pass: (duration: number) => {
      now += duration;
    },
    now: () => millis(now),
    /** A guess: was it judged? */
    guess(claim: Claim, known = false): boolean {
      if (budgets.refusal(claim, known, millis(now)) !== undefined) return false;
      budgets.wrong(claim, millis(now));
      return true;
    },
    /** Would a right password be let in? */
    gets: (claim: Claim, known = false) => budgets.refusal(claim, known, millis(now)) === undefined,
  };
}

test("1,000 guesses at one user from one address in 20 s: eight are judged", () => {
  const w = world();
  let judged = 0;
  for (let i = 0; i < 1000; i++, w.pass(20)) if (w.guess(as("alice"))) judged++;
  assert.equal(judged, PAIR.free + 3);
});

test("a day of guesses at one user from one address: about a hundred are judged", () => {
  const w = world();
  let judged = 0;
  for (let i = 0; i < 86_400; i++, w.pass(1000)) if (w.guess(as("alice"))) judged++;
  assert.ok(judged > 90 && judged < 120, String(judged));
});

test("1,000 guesses over as many names from one address in 20 s: about thirty are judged, of names that exist or not", () => {
  for (const who of [as, stranger]) {
    const w = world();
    let judged = 0;
    for (let i = 0; i < 1000; i++, w.pass(20)) if (w.guess(who(`user-${i}`))) judged++;
    assert.equal(judged, ADDRESS.free + 4);
  }
});

test("1,000 guesses at one user from as many addresses: the free ones are judged", () => {
  const w = world();
  let judged = 0;
  for (let i = 0; i < 1000; i++, w.pass(20)) if (w.guess(as("alice", ipv4(0xcb007100 + i * 256)))) judged++;
  assert.equal(judged, USER.free + 1);
});

test("guesses over names from all addresses of a network are slowed as well", () => {
  const w = world();
  let judged = 0;
  for (let i = 0; i < 2560; i++, w.pass(10)) {
    if (w.guess(stranger(`user-${i}`, ipv4((HOME & ~255) + (i % 256))))) judged++;
  }
  assert.ok(judged < 130, String(judged));
});

test("while a thousand addresses guess, the user gets in at an address of theirs at once", () => {
  const w = world();
  for (let i = 0; i < 1000; i++, w.pass(1)) w.guess(as("alice", ipv4(0xcb007100 + i * 256)));
  assert.ok(w.gets(as("alice"), true));
});

test("while a thousand addresses guess for an hour, the user gets in at a new address two minutes after the first dial", () => {
  const w = world();
  let inAfter: number | undefined;
  for (let second = 0; second < 3600; second++, w.pass(1000)) {
    for (let i = 0; i < 20; i++) w.guess(as("alice", ipv4(0xcb000000 + ((second * 20 + i) % 1000) * 256)));
    if (second >= 1800 && second % 10 === 0 && w.gets(as("alice", AWAY))) inAfter ??= second - 1800;
  }
  assert.ok(inAfter !== undefined && inAfter <= USER.longest / 1000, String(inAfter));
});

test("an address that has waited is judged once, and waits again after a wrong log-in", () => {
  const w = world();
  for (let i = 0; i < 100; i++) w.guess(as("alice", ipv4(0xcb007100 + i * 256)));
  assert.equal(w.guess(as("alice")), false);
  w.pass(USER.longest);
  assert.equal(w.guess(as("alice")), true);
  assert.equal(w.guess(as("alice")), false);
  w.pass(PAIR.first);
  assert.equal(w.guess(as("alice")), false, "it waits anew");
});

test("the delay of user and address is fifteen minutes at most, and two where the user has connected from before", () => {
  const w = world();
  const delays = [];
  for (let i = 0; i < 40_000; i++, w.pass(1000)) {
    if (w.guess(as("alice")))
      delays.push((w.budgets.refusal(as("alice"), false, w.now())?.until ?? w.now()) - w.now());
  }
  assert.equal(Math.max(...delays), PAIR.longest);
  while (!w.guess(as("alice"))) w.pass(1000);
  const refused = w.budgets.refusal(as("alice"), true, w.now())!;
  assert.deepEqual([refused.kind, refused.until - w.now()], ["user-address", LONGEST_WHERE_KNOWN]);
  w.pass(LONGEST_WHERE_KNOWN);
  assert.ok(w.gets(as("alice"), true));
});

test("what is refused does not count: whoever goes on dialling does not make it longer", () => {
  const w = world();
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(as("alice"));
  for (let i = 0; i < 49; i++, w.pass(100)) assert.equal(w.guess(as("alice")), false);
  w.pass(100);
  assert.ok(w.gets(as("alice")));
});

test("a right log-in clears what the user's failures at that address cost, and nothing else", () => {
  const w = world();
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(as("alice"));
  w.pass(PAIR.first);
  assert.ok(w.gets(as("alice")));
  w.budgets.right(as("alice"));
  assert.equal(w.budgets.ofUser("id of alice", w.now()).at.length, 0);
  assert.equal(w.budgets.ofUser("id of alice", w.now()).all?.total, PAIR.free + 1);
});

test("guesses at other names from an office keep its users out of nothing, as they have connected from there", () => {
  const w = world();
  for (let i = 0; i < 100; i++, w.pass(2000)) w.guess(stranger(`user-${i}`));
  assert.equal(w.gets(as("new colleague")), false);
  assert.ok(w.gets(as("alice"), true));
});

test("where the names of a whole office are tried from inside it, its users wait half a minute, and no longer", () => {
  const w = world();
  let judged = 0;
  for (let i = 0; i < 400; i++) if (w.guess(as(`colleague-${i}`), true)) judged++;
  assert.equal(judged, ADDRESS_EXHAUSTED + 1);
  assert.equal(w.gets(as("alice"), true), false);
  for (let i = 0; i < WAIT_WHERE_EXHAUSTED; i += 1000, w.pass(1000)) w.guess(as(`colleague-${i}`), true);
  assert.ok(w.gets(as("alice"), true));
});

test("an unknown name is treated as a known one, guess by guess", () => {
  const known = world();
  const unknown = world();
  for (let i = 0; i < 2000; i++) {
    assert.equal(known.guess(as("alice")), unknown.guess(stranger("nobody")), `guess ${i}`);
    known.pass(777);
    unknown.pass(777);
  }
});

// Else who guesses would learn from it whether a name is somebody's: a user has one budget in all spellings.
test("a name that nobody has is one name in all its spellings", () => {
  const spellings = ["Ren\u00e9", "rene\u0301", "REN\u00c9", "\uff32\uff45\uff4e\u00e9"];
  const w = world();
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(stranger(spellings[i % spellings.length]!));
  assert.equal(w.guess(stranger("RENE\u0301")), false);
});

test("what begins to refuse is told once, with who and from where", () => {
  const w = world();
  const began = [];
  for (let i = 0; i < 100; i++, w.pass(1000)) {
    if (w.gets(as("alice"))) began.push(...w.budgets.wrong(as("alice"), w.now()));
  }
  assert.deepEqual(
    began.map(({ kind, name, address, total }) => ({ kind, name, address, total })),
    [{ kind: "user-address", name: "alice", address: "198.51.100.7", total: PAIR.free + 1 }],
  );
});

test("an administrator lifts a user, and every address is judged again", () => {
  const w = world();
  for (let i = 0; i < 1000; i++) w.guess(as("alice", ipv4(0xcb007100 + i * 256)));
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(as("alice"), true);
  assert.equal(w.gets(as("alice"), true), false);
  assert.ok(w.budgets.liftUser("id of alice") > 1);
  assert.ok(w.gets(as("alice"), true));
  assert.ok(w.gets(as("alice", AWAY)));
  assert.equal(w.budgets.liftUser("id of alice"), 0);
  assert.deepEqual(
    w.budgets.lockouts(w.now()).map(({ kind }) => kind),
    [],
  );
});

test("an administrator lifts an address, with all names that were tried there", () => {
  const w = world();
  for (let i = 0; i < 100; i++) w.guess(stranger(`user-${i}`));
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(as("alice"), true);
  assert.deepEqual(
    w.budgets.lockouts(w.now()).map(({ kind, address }) => [kind, address]),
    [
      ["user-address", "198.51.100.7"],
      ["address", "198.51.100.7"],
    ],
  );
  assert.ok(w.budgets.liftAddress(HOME) > 2);
  assert.ok(w.gets(as("alice")));
  assert.deepEqual(w.budgets.lockouts(w.now()), []);
  assert.equal(w.budgets.liftAddress(HOME), 0);
});

test("whoever came up is known from then on", () => {
  const w = world();
  assert.equal(w.budgets.hasComeUp(as("alice")), false);
  w.budgets.cameUp(as("alice"));
  assert.equal(w.budgets.hasComeUp(as("alice")), true);
  assert.equal(w.budgets.hasComeUp(as("alice", AWAY)), false);
});

test("it matters whether an address is known only where something would be refused", () => {
  const w = world();
  assert.equal(w.budgets.historyMatters(as("alice"), w.now()), false);
  for (let i = 0; i < PAIR.free; i++) w.guess(as("alice"));
  assert.equal(w.budgets.historyMatters(as("alice"), w.now()), false);
  w.guess(as("alice"));
  assert.equal(w.budgets.historyMatters(as("alice"), w.now()), true);
  assert.equal(w.budgets.historyMatters(as("bob"), w.now()), false);
});

test("memory is bounded, and a flood of names and addresses washes away nothing that refuses", () => {
  const w = world();
  for (let i = 0; i < PAIR.free + 1; i++) w.guess(as("alice"));
  for (let i = 0; i < 40_000; i++) w.budgets.wrong(as(`u${i}`, ipv4(0x0b000000 + i * 256)), w.now());
  assert.equal(w.gets(as("alice")), false);
  assert.ok(w.budgets.size < 4 * MAX_PAIRS + 40_000, String(w.budgets.size));
});
