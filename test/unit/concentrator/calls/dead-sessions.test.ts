import assert from "node:assert/strict";
import { test } from "node:test";
import { DeadSessions } from "../../../../server/concentrator/calls/dead-sessions.ts";
import { DEAD_SESSIONS_EVERY } from "../../../../server/concentrator/calls/limits.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

/** Calls with these places, and which of them were asked whether their clients are there. */
function asked(...places: (number | undefined)[]) {
  const clock = new VirtualClock();
  const questions: (number | undefined)[] = [];
  const answers: ((alive: boolean) => void)[] = [];
  const alive = (place: number | undefined) => {
    questions.push(place);
    return new Promise<boolean>((resolve) => answers.push(resolve));
  };
  const all = () => places.map((place) => ({ place, alive: () => alive(place) }));
  return { clock, questions, answers, dead: new DeadSessions(clock, { all }) };
}

test("those that have a place are asked, all at once, and nobody waits for less than all answers", async () => {
  const { questions, answers, dead } = asked(1, undefined, 3);
  let done = false;
  const cleared = dead.clear().then(() => {
    done = true;
  });
  assert.deepEqual(questions, [1, 3]);
  answers[0]!(true);
  await Promise.resolve();
  assert.equal(done, false);
  answers[1]!(false);
  await cleared;
});

test("whoever comes meanwhile waits for the same answers", async () => {
  const { questions, answers, dead } = asked(1);
  const both = [dead.clear(), dead.clear()];
  assert.deepEqual(questions, [1]);
  answers[0]!(true);
  await Promise.all(both);
});

test("they are asked again no sooner than they may be", async () => {
  const { clock, questions, answers, dead } = asked(1);
  const first = dead.clear();
  answers[0]!(true);
  await first;
  await clock.advance(DEAD_SESSIONS_EVERY - 1);
  await dead.clear();
  assert.equal(questions.length, 1);
  await clock.advance(1);
  void dead.clear();
  assert.equal(questions.length, 2);
});
