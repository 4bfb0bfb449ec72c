import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench, NOW } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { openSession, putSession } from "../../support/records.ts";

let b: Bench;

/** A session that has ended, with 1,000 octets a way for each hour. */
const ended = (id: string, connectedAt: string, disconnectedAt: string, change: object = {}) => ({
  ...openSession(id),
  groupId: null,
  groupName: null,
  pool: "tunnel.pool",
  connectedAt,
  disconnectedAt,
  endReason: "client-hung-up",
  rxBytes: Math.round((Date.parse(disconnectedAt) - Date.parse(connectedAt)) / 3600),
  txBytes: 10,
  rxPackets: 3,
  txPackets: 4,
  ...change,
});

before(async () => {
  b = await bench();
  const old = [
    ended("monday", "2026-02-23T08:00:00.000Z", "2026-02-23T17:00:00.000Z", { assignedAddress: "10.77.3.7" }),
    ended("tuesday", "2026-02-24T09:00:00.000Z", "2026-02-24T11:00:00.000Z", {
      assignedAddress: "10.77.3.7",
      user: "Bert",
      userId: "user-2",
      clientAddress: "203.0.113.9",
      pool: "guests",
      groupId: "g1",
      groupName: "Sales",
    }),
    ended("week", "2026-02-22T00:00:00.000Z", "2026-02-27T00:00:00.000Z", {
      assignedAddress: "10.77.3.8",
      encryption: "none",
      endReason: "link-lost",
    }),
  ];
  for (const one of old) putSession(b.store, one);
  await b.store.records.settled();
  // Not written yet, and up.
  putSession(
    b.store,
    ended("=late", "2026-03-01T08:00:00.000Z", "2026-03-01T09:00:00.000Z", { user: '=cmd|"x"!A1' }),
  );
  b.concentrator.live.push(liveSession({ id: "up", connectedAt: "2026-03-01T09:58:30.000Z" }));
});
after(() => b.app.close());

const get = (query: string) => b.call("GET", `/api/v1/sessions${query}`);
const ids = async (query: string) =>
  (await get(query)).json().items.map(({ id }: { id: string }) => id) as string[];

for (const [query, expected] of [
  ["", ["up"]],
  ["?state=live", ["up"]],
  ["?state=ended", ["=late", "tuesday", "monday", "week"]],
  ["?state=all", ["up", "=late", "tuesday", "monday", "week"]],
  ["?state=all&sort=connectedAt", ["week", "monday", "tuesday", "=late", "up"]],
  ["?state=all&sort=-durationSeconds", ["week", "monday", "tuesday", "=late", "up"]],
  ["?state=ended&sort=-rxBytes&limit=2", ["week", "monday"]],
  ["?state=ended&sort=user", ["=late", "monday", "week", "tuesday"]],
  ["?state=all&user=BERT", ["tuesday"]],
  ["?state=all&userId=user-2", ["tuesday"]],
  ["?state=all&assignedAddress=10.77.3.7&at=2026-02-24T10:00:00Z", ["tuesday"]],
  ["?state=all&assignedAddress=10.77.3.7&at=2026-02-24T11:00:00Z", []],
  ["?state=all&assignedAddress=10.77.3.7", ["tuesday", "monday"]],
  ["?state=all&at=2026-02-23T09:00:00%2B01:00", ["monday", "week"]],
  ["?state=all&at=2026-02-26T10:00:00Z", ["week"]],
  ["?state=all&address=203.0.113.9", ["tuesday"]],
  ["?state=all&address=203.0.113.0/24", ["up", "tuesday"]],
  ["?state=all&clientAddress=203.0.112.0/20&state=all".replace("&state=all", ""), ["up", "tuesday"]],
  ["?state=ended&address=10.77.2.0/23", ["tuesday", "monday", "week"]],
  ["?state=all&pool=guests", ["tuesday"]],
  ["?state=all&group=Sales", ["tuesday"]],
  ["?state=all&encryption=weak", ["week"]],
  ["?state=ended&encryption=strong", ["=late", "tuesday", "monday"]],
  ["?state=all&endReason=link-lost", ["week"]],
  ["?state=all&since=2026-02-25T00:00:00Z", ["up", "=late", "week"]],
  ["?state=all&until=2026-02-24T00:00:00Z", ["monday", "week"]],
  ["?state=all&idPrefix=mo", ["monday"]],
] as const)
  test(`GET /sessions${query} lists ${expected.join(", ") || "nobody"}`, async () => {
    assert.deepEqual(await ids(query), expected);
  });

test("pages follow one another without a gap or a repetition, across what is up, waiting and on record", async () => {
  for (const sort of ["-connectedAt", "connectedAt", "-rxBytes", "user"]) {
    const whole = await ids(`?state=all&sort=${sort}`);
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = (await get(`?state=all&sort=${sort}&limit=2${cursor}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.next === undefined ? "" : `&cursor=${page.next}`;
    } while (cursor !== "");
    assert.deepEqual(seen, whole, sort);
    assert.equal(seen.length, 5);
  }
});

for (const [query, code, field] of [
  ["?since=yesterday", "invalid-request", "since"],
  ["?at=2026-02-30T10:00:00Z", "invalid-request", "at"],
  ["?assignedAddress=10.77.3", "invalid-address", "assignedAddress"],
  ["?address=10.77.3.7/24", "invalid-address", "address"],
  ["?sort=colour", "invalid-request", "sort"],
  ["?encryption=some", "invalid-request", "encryption"],
  ["?cursor=x", "invalid-request", "cursor"],
  ["/totals?by=hour", "invalid-request", "by"],
  ["/totals?since=1990-01-01T00:00:00Z", "invalid-request", "since"],
] as const)
  test(`${query} is refused as ${code}, and names ${field}`, async () => {
    const answer = await get(query);
    assert.deepEqual([answer.statusCode, answer.json().code, answer.json().field], [400, code, field]);
  });

test("a cursor of another order is refused", async () => {
  const { next } = (await get("?state=all&limit=1")).json();
  assert.equal((await get(`?state=all&limit=1&sort=user&cursor=${next}`)).json().field, "cursor");
});

test("a session that was disconnected is in the next list no more, though the list is a second old at most", async () => {
  b.concentrator.live.push(liveSession({ id: "going" }), liveSession({ id: "changing" }));
  assert.deepEqual(await ids(""), ["up", "going", "changing"]);
  await b.call("DELETE", "/api/v1/sessions/going");
  assert.deepEqual(await ids(""), ["up", "changing"]);
  // What ends by itself as well; and counters are looked at once a second.
  b.concentrator.live.splice(1, 1);
  assert.deepEqual(await ids(""), ["up"]);
});

test("an export as CSV has a heading, the quotes of RFC 4180, and no formula", async () => {
  for (const answer of [
    await get("?state=all&format=csv"),
    await b.app.inject({
      url: "/api/v1/sessions?state=all",
      headers: { accept: "text/csv", authorization: "Bearer test-token-of-the-administrator" },
    }),
  ]) {
    assert.equal(answer.headers["content-type"], "text/csv; charset=utf-8; header=present");
    const lines = answer.body.split("\r\n");
    assert.equal(lines.length, 7);
    assert.match(lines[0]!, /^id,state,user,userId,group,/);
    assert.match(lines[1]!, /^up,live,anna,/);
    assert.match(lines[2]!, /^'=late,ended,"'=cmd\|""x""!A1",user-1,,,/);
    assert.match(lines[3]!, /^tuesday,ended,Bert,user-2,Sales,g1,203\.0\.113\.9,10\.77\.3\.7,guests,/);
    assert.equal(lines[6], "");
  }
});

test("an export as NDJSON has a line for each, as a page shows it", async () => {
  const answer = await get("?state=all&format=ndjson");
  assert.equal(answer.headers["content-type"], "application/x-ndjson; charset=utf-8");
  const lines = answer.body.split("\n").filter((line) => line !== "");
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    (await get("?state=all")).json().items,
  );
});

test("an export of more than one piece has each session once", async () => {
  const many = await bench();
  after(() => many.app.close());
  const at = (n: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + n * 60_000).toISOString();
  for (let n = 0; n < 1203; n++) putSession(many.store, ended(`s${n}`, at(n), at(n + 5)));
  await many.store.records.settled();
  const { body } = await many.call("GET", "/api/v1/sessions?state=ended&format=ndjson");
  const seen = body
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).id);
  assert.deepEqual(
    seen,
    Array.from({ length: 1203 }, (_, n) => `s${1202 - n}`),
  );
  const some = await many.call("GET", "/api/v1/sessions?state=ended&format=ndjson&limit=501");
  assert.equal(some.body.split("\n").length, 502);
});

test("totals by user and day divide a session over midnight by time, and lose nothing", async () => {
  const query = "/totals?since=2026-02-22T00:00:00Z&until=2026-02-28T00:00:00Z";
  const { items } = (await get(query)).json();
  const days = items.filter(({ userId }: { userId: string }) => userId === "user-1");
  const sum = (key: string) => days.reduce((all: number, one: Record<string, number>) => all + one[key]!, 0);
  // A week's session of five days, and Monday's nine hours.
  assert.deepEqual([sum("sessions"), sum("seconds"), sum("rxBytes")], [2, 129 * 3600, 129_000]);
  const [one] = (await get(`${query}&by=user&userId=user-2`)).json().items;
  assert.deepEqual(one, {
    day: null,
    user: "Bert",
    userId: "user-2",
    group: null,
    groupId: null,
    pool: null,
    sessions: 1,
    seconds: 7200,
    rxBytes: 2000,
    txBytes: 10,
    rxPackets: 3,
    txPackets: 4,
  });
});

test("totals come in pages and as CSV too", async () => {
  const query = "/totals?since=2026-02-22T00:00:00Z&until=2026-02-28T00:00:00Z&by=day,user";
  const whole = (await get(query)).json().items;
  const seen: object[] = [];
  let cursor = "";
  do {
    const page = (await get(`${query}&limit=2${cursor}`)).json();
    seen.push(...page.items);
    cursor = page.next === undefined ? "" : `&cursor=${page.next}`;
  } while (cursor !== "");
  assert.deepEqual(seen, whole);
  const csv = (await get(`${query}&format=csv`)).body.split("\r\n");
  assert.equal(
    csv[0],
    "day,user,userId,group,groupId,pool,sessions,seconds,rxBytes,txBytes,rxPackets,txPackets",
  );
  assert.equal(csv.length, whole.length + 2);
});

test("dials are found by verdict and time, and exported", async () => {
  const { records } = b.store;
  for (const [id, startedAt, verdict] of [
    ["d1", "2026-02-24T08:00:00.000Z", "bad-credentials"],
    ["d2", "2026-02-24T09:00:00.000Z", "no-address"],
  ] as const) {
    records.begin({ id, startedAt, clientAddress: "203.0.113.9" });
    records.update(id, { endedAt: NOW, verdict, user: id });
  }
  const found = async (query: string) =>
    (await b.call("GET", `/api/v1/attempts${query}`)).json().items.map(({ id }: { id: string }) => id);
  for (const when of ["waiting", "written"]) {
    assert.deepEqual(await found("?verdict=no-address"), ["d2"], when);
    assert.deepEqual(await found("?since=2026-02-24T08:30:00Z"), ["d2"], when);
    assert.deepEqual(await found("?until=2026-02-24T08:30:00Z"), ["d1"], when);
    assert.deepEqual(await found("?address=203.0.113.0/24&idPrefix=d"), ["d2", "d1"], when);
    await records.settled();
  }
  const csv = (await b.call("GET", "/api/v1/attempts?format=csv&verdict=no-address")).body;
  assert.match(csv, /^id,startedAt,.*\r\nd2,2026-02-24T09:00:00\.000Z,/);
});
