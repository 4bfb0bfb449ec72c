import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveSessions } from "../../../admin-api/history/live-sessions.ts";
import type { LentPage } from "../../../admin-api/history/shared-page.ts";
import { SNAPSHOT_SLICE } from "../../../admin-api/limits.ts";
import type { LiveSession, SessionView } from "../../../server/concentrator/calls/live-session.ts";
import { millis } from "../../../server/wire/units.ts";
import { liveSession, lookAt } from "../../support/fake-concentrator.ts";

/** So many sessions, and a clock and counters that a test moves. */
function stage(count: number) {
  const live = new Map<string, LiveSession>();
  for (let n = 0; n < count; n++) live.set(`s${n}`, liveSession({ id: `s${n}`, rxBytes: n }));
  const place = { live, looks: 0, now: 0 };
  const views = new Map<string, SessionView>();
  const viewOf = (id: string): SessionView => {
    const look = () => {
      place.looks++;
      const session = live.get(id);
      return session === undefined ? undefined : lookAt(session);
    };
    const view = views.get(id) ?? { look };
    views.set(id, view);
    return view;
  };
  const clock = { now: () => millis(place.now) };
  const sessions = new LiveSessions({ views: () => [...live.keys()].map(viewOf) }, clock);
  const ids = (page: LentPage) => itemsOf(page).map(({ id }: { id: string }) => id);
  return Object.assign(place, { sessions, ids });
}

const itemsOf = (page: LentPage) => JSON.parse(page.octets.toString("utf8")).items;

test("no session is an empty page", async () => {
  const { sessions } = stage(0);
  assert.equal((await sessions.page()).octets.toString(), '{"items":[]}');
});

test("whoever asks within a second shares one look and one page", async () => {
  const place = stage(3);
  const pages = await Promise.all([place.sessions.page(), place.sessions.page()]);
  place.now = 999;
  pages.push(await place.sessions.page());
  assert.equal(place.looks, 3);
  assert.equal(new Set(pages.map(({ octets }) => octets)).size, 1);
  place.now = 1000;
  assert.deepEqual(place.ids(await place.sessions.page()), ["s0", "s1", "s2"]);
  assert.equal(place.looks, 6);
});

test("who comes up is in the next answer, and who is gone in none, whatever the time", async () => {
  const place = stage(2);
  await place.sessions.page();
  place.live.set("new", liveSession({ id: "new" }));
  place.live.delete("s0");
  assert.deepEqual(place.ids(await place.sessions.page()), ["s1", "new"]);
  assert.equal(place.looks, 3);
});

test("many are looked at in turns of the event loop", async () => {
  const place = stage(SNAPSHOT_SLICE * 2 + 1);
  const asked = place.sessions.page();
  assert.equal(place.looks, SNAPSHOT_SLICE);
  await asked;
  assert.equal(place.looks, SNAPSHOT_SLICE * 2 + 1);
});

test("what an administrator changes while they are looked at is seen by who asked before and after", async () => {
  const place = stage(SNAPSHOT_SLICE + 1);
  const before = place.sessions.page();
  place.live.set("s0", liveSession({ id: "s0", user: "renamed" }));
  place.sessions.forget();
  const after = place.sessions.page();
  for (const page of [await before, await after]) assert.equal(itemsOf(page)[0].user, "renamed");
});

test("a page that somebody still reads is not written over", async () => {
  const place = stage(2);
  const slow = await place.sessions.page();
  const text = slow.octets.toString("utf8");
  place.now = 1000;
  place.live.set("s0", liveSession({ id: "s0", rxBytes: 12_345 }));
  const next = await place.sessions.page();
  assert.equal(slow.octets.toString("utf8"), text);
  assert.notEqual(next.octets.toString("utf8"), text);
  slow.giveBack();
  next.giveBack();
});

test("the memory of a page that was given back is used again, unless it is far too large", async () => {
  const place = stage(100);
  const first = await place.sessions.page();
  first.giveBack();
  place.now = 1000;
  const second = await place.sessions.page();
  assert.equal(second.octets.buffer, first.octets.buffer);
  second.giveBack();
  for (let n = 1; n < 100; n++) place.live.delete(`s${n}`);
  const third = await place.sessions.page();
  assert.notEqual(third.octets.buffer, first.octets.buffer);
  assert.deepEqual(place.ids(third), ["s0"]);
});

test("a session that ends while others are looked at is not shown", async () => {
  const place = stage(SNAPSHOT_SLICE + 2);
  const asked = place.sessions.page();
  place.live.delete("s1");
  place.live.delete(`s${SNAPSHOT_SLICE}`);
  const ids = place.ids(await asked);
  assert.equal(ids.length, SNAPSHOT_SLICE);
  assert.deepEqual(ids, [...place.live.keys()]);
});
