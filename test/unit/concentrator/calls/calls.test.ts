import assert from "node:assert/strict";
import { test } from "node:test";
import { Calls, type RegisteredCall } from "../../../../server/concentrator/calls/calls.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";

const call = (callId: number, user?: string): RegisteredCall => ({
  callId: toCallId(callId),
  record: { sessionId: `session ${callId}` },
  user: user === undefined ? undefined : { id: user },
});

function registry(...calls: RegisteredCall[]): Calls<RegisteredCall> {
  const all = new Calls<RegisteredCall>();
  for (const one of calls) all.add(one);
  return all;
}

test("a call is found by its ID from when it is added until it is removed", () => {
  const one = call(7);
  const calls = registry(one, call(8));
  assert.deepEqual([calls.find(toCallId(7)), calls.has(toCallId(7)), calls.size], [one, true, 2]);
  calls.remove(one);
  assert.deepEqual([calls.find(toCallId(7)), calls.has(toCallId(7)), calls.size], [undefined, false, 1]);
});

test("a call that is removed a second time takes no other call of the same ID with it", () => {
  const [former, latter] = [call(7), call(7)];
  const calls = registry(former);
  calls.remove(former);
  calls.add(latter);
  calls.remove(former);
  assert.equal(calls.find(toCallId(7)), latter);
});

test("a session is found while it is up, and its call also behind that", () => {
  const one = call(7);
  const calls = registry(one);
  assert.equal(calls.session("session 7"), undefined);
  calls.sessionUp(one);
  assert.deepEqual([calls.session("session 7"), calls.sessionCount], [one, 1]);
  calls.sessionOver(one);
  assert.deepEqual([calls.session("session 7"), calls.sessionCount], [undefined, 0]);
  assert.equal(calls.find(toCallId(7)), one);
});

test("sessions are listed in the order in which they came up, calls in that in which they began", () => {
  const [one, two, three] = [call(1), call(2), call(3)];
  const calls = registry(one, two, three);
  for (const up of [three, one]) calls.sessionUp(up);
  assert.deepEqual(calls.sessions(), [three, one]);
  assert.deepEqual(calls.all(), [one, two, three]);
});

test("a user's calls are those on which the user has logged in, up or not, each once", () => {
  const [one, two, other, nobody] = [call(1, "a"), call(2, "a"), call(3, "b"), call(4)];
  const calls = registry(one, two, other, nobody);
  assert.deepEqual(calls.ofUser("a"), []);
  for (const loggedIn of [two, one, other, nobody, two]) calls.loggedIn(loggedIn);
  assert.deepEqual(calls.ofUser("a"), [two, one]);
  calls.sessionUp(one);
  calls.sessionOver(one);
  assert.deepEqual(calls.ofUser("a"), [two, one]);
  calls.remove(two);
  assert.deepEqual(calls.ofUser("a"), [one]);
});

test("who logs in on a call that is over meanwhile leaves nothing behind", () => {
  const one = call(1, "a");
  const calls = registry(one);
  calls.remove(one);
  calls.loggedIn(one);
  assert.deepEqual(calls.ofUser("a"), []);
});

test("the list of a user's calls is one of that moment", () => {
  const [one, two] = [call(1, "a"), call(2, "a")];
  const calls = registry(one, two);
  for (const each of [one, two]) calls.loggedIn(each);
  for (const each of calls.ofUser("a")) calls.remove(each);
  assert.deepEqual([calls.size, calls.ofUser("a")], [0, []]);
});
