import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlaceHolder, UserPlaces } from "../../../../server/concentrator/policy/user-places.ts";
import type { Ending } from "../../../../server/concentrator/records/ending.ts";
import type { User } from "../../../../server/store/store-types.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { userWith } from "../users.ts";

/** A dial that can be ended, and that notes who replaced it. */
class Dial implements PlaceHolder {
  readonly from = ipv4(0xc6336407);
  over = false;
  place: number | undefined;
  replacedBy: string[] = [];
  /** How often it was asked whether it is there. */
  asked = 0;
  /** Its client has vanished: asked, it ends and leaves its place there. */
  dead: Places | undefined;
  replace(by: string): void {
    this.replacedBy.push(by);
  }
  async alive(): Promise<boolean> {
    this.asked++;
    if (this.dead !== undefined) this.end(this.dead);
    return this.dead === undefined;
  }
  end(places: Places): void {
    this.over = true;
    places.leave(this);
  }
}

/** The rule of places over a registry that has every dial that ever claimed one. */
class Places {
  readonly #dials = new Map<string, Set<PlaceHolder>>();
  readonly #rule: UserPlaces;
  constructor(most: number) {
    this.#rule = new UserPlaces(() => most, { ofUser: (userId) => [...(this.#dials.get(userId) ?? [])] });
  }
  claim(user: User, dial: PlaceHolder): Promise<Ending | undefined> {
    this.#dials.set(user.id, (this.#dials.get(user.id) ?? new Set()).add(dial));
    return this.#rule.claim(user, dial);
  }
  leave(dial: PlaceHolder): void {
    this.#rule.leave(dial);
  }
}

test("without a limit there is room for everybody", async () => {
  const places = new Places(0);
  for (let i = 0; i < 100; i++) assert.equal(await places.claim(userWith(), new Dial()), undefined);
});

test("a user for whom no number was set has as many places as users.max_sessions says", async () => {
  const places = new Places(2);
  assert.equal(await places.claim(userWith(), new Dial()), undefined);
  assert.equal(await places.claim(userWith(), new Dial()), undefined);
  assert.deepEqual(await places.claim(userWith(), new Dial()), {
    verdict: "too-many-sessions",
    evidence:
      "The user may have 2 sessions at once, as users.max_sessions says, and is connected from 198.51.100.7, 198.51.100.7.",
  });
});

test("a user's own number counts for more than users.max_sessions, also where it is larger", async () => {
  const places = new Places(1);
  const user = userWith({ maxSessions: 3 });
  const outcomes = [];
  for (let i = 0; i < 4; i++) outcomes.push((await places.claim(user, new Dial()))?.verdict);
  assert.deepEqual(outcomes, [undefined, undefined, undefined, "too-many-sessions"]);
});

test("places of one user are none of another's", async () => {
  const places = new Places(0);
  assert.equal(await places.claim(userWith({ maxSessions: 1 }), new Dial()), undefined);
  assert.equal(await places.claim(userWith({ maxSessions: 1 }, "bob"), new Dial()), undefined);
});

test("who has a place keeps it when it asks again", async () => {
  const places = new Places(0);
  const dial = new Dial();
  const user = userWith({ maxSessions: 1 });
  await places.claim(user, dial);
  assert.equal(await places.claim(user, dial), undefined);
  assert.equal((await places.claim(user, new Dial()))?.verdict, "too-many-sessions");
});

test("a place that is left twice is left once", async () => {
  const places = new Places(0);
  const [first, second] = [new Dial(), new Dial()];
  const user = userWith({ maxSessions: 1 });
  await places.claim(user, first);
  first.end(places);
  await places.claim(user, second);
  places.leave(first);
  assert.equal((await places.claim(user, new Dial()))?.verdict, "too-many-sessions");
});

test("two claims in one turn do not both get the last place", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 1 });
  const outcomes = await Promise.all([places.claim(user, new Dial()), places.claim(user, new Dial())]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome?.verdict),
    [undefined, "too-many-sessions"],
  );
});

test("with a limit that was lowered as many go as are too many, the oldest first", async () => {
  const places = new Places(0);
  const dials = [new Dial(), new Dial(), new Dial()];
  for (const dial of dials) await places.claim(userWith(), dial);
  const claimed = places.claim(userWith({ maxSessions: 2, whenExceeded: "replace" }), new Dial());
  await new Promise(setImmediate);
  assert.deepEqual(
    dials.map(({ replacedBy }) => replacedBy.length),
    [1, 1, 0],
  );
  dials[0]!.end(places);
  dials[1]!.end(places);
  assert.equal(await claimed, undefined);
});

test("before a dial is refused, each of those that are up is asked once whether it is there", async () => {
  const places = new Places(0);
  const dials = [new Dial(), new Dial()];
  const user = userWith({ maxSessions: 2 });
  for (const dial of dials) await places.claim(user, dial);
  assert.equal((await places.claim(user, new Dial()))?.verdict, "too-many-sessions");
  assert.deepEqual(
    dials.map(({ asked }) => asked),
    [1, 1],
  );
});

test("a session that is dead makes room, be it the oldest or not, and whether one more is denied or replaces", async () => {
  for (const whenExceeded of ["deny", "replace"] as const) {
    const places = new Places(0);
    const [living, dead] = [new Dial(), new Dial()];
    const user = userWith({ maxSessions: 2, whenExceeded });
    for (const dial of [living, dead]) await places.claim(user, dial);
    dead.dead = places;
    assert.equal(await places.claim(user, new Dial()), undefined);
    assert.deepEqual([living.over, living.replacedBy.length], [false, 0]);
  }
});

test("the only session that one more replaces is not asked: it goes in any case", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 1, whenExceeded: "replace" });
  const first = new Dial();
  await places.claim(user, first);
  void places.claim(user, new Dial());
  assert.deepEqual([first.asked, first.replacedBy.length], [0, 1]);
});

test("a dial that has the place before the next one asks is told to go", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 1, whenExceeded: "replace" });
  const [first, second, third] = [new Dial(), new Dial(), new Dial()];
  await places.claim(user, first);
  const waiting = places.claim(user, second);
  first.end(places);
  assert.equal(await waiting, undefined);
  const next = places.claim(user, third);
  assert.equal(second.replacedBy.length, 1);
  second.end(places);
  assert.equal(await next, undefined);
});

test("a dial that ended while it waited takes no place", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 1, whenExceeded: "replace" });
  const [first, second] = [new Dial(), new Dial()];
  await places.claim(user, first);
  const waiting = places.claim(user, second);
  second.end(places);
  first.end(places);
  await waiting;
  assert.equal(await places.claim(userWith({ maxSessions: 1 }), new Dial()), undefined);
});

test("of those that wait for a place the last gets it, and the others are told at once", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 1, whenExceeded: "replace" });
  const first = new Dial();
  await places.claim(user, first);
  const waiting = Array.from({ length: 5 }, () => places.claim(user, new Dial()));
  for (const claim of waiting.slice(0, -1))
    assert.deepEqual(await claim, {
      verdict: "replaced",
      evidence: "The user dialled again, from 198.51.100.7.",
    });
  first.end(places);
  assert.equal(await waiting.at(-1), undefined);
});

test("as many wait as there are places", async () => {
  const places = new Places(0);
  const user = userWith({ maxSessions: 2, whenExceeded: "replace" });
  const held = [new Dial(), new Dial()];
  for (const dial of held) await places.claim(user, dial);
  const waiting = [1, 2, 3].map(() => places.claim(user, new Dial()));
  assert.equal((await waiting[0])?.verdict, "replaced");
  for (const dial of held) dial.end(places);
  assert.deepEqual(await Promise.all(waiting.slice(1)), [undefined, undefined]);
});

test("the oldest is the one that has had its place longest, whichever logged in first", async () => {
  const places = new Places(0);
  const two = userWith({ maxSessions: 2, whenExceeded: "replace" });
  const held = [new Dial(), new Dial()];
  for (const dial of held) await places.claim(two, dial);
  const [early, late] = [new Dial(), new Dial()];
  const waiting = places.claim(two, early);
  await places.claim(userWith({ maxSessions: 3 }), late);
  for (const dial of held) dial.end(places);
  assert.equal(await waiting, undefined);
  void places.claim(two, new Dial());
  await new Promise(setImmediate);
  assert.deepEqual([early.replacedBy.length, late.replacedBy.length], [0, 1]);
});
