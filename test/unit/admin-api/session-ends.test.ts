import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const end = async (query: string) => {
  const response = await b.call("DELETE", `/api/v1/sessions${query}`);
  return { status: response.statusCode, answer: response.json() };
};

const three = () =>
  b.concentrator.live.splice(
    0,
    9,
    liveSession(),
    liveSession({ id: "s2", user: "bert", userId: "u2", assignedAddress: "10.77.0.11" }),
    liveSession({ id: "s3", user: "ANNA", clientAddress: "198.51.100.9", assignedAddress: "10.77.0.12" }),
  );

const left = () => b.concentrator.live.map(({ id }) => id);

for (const query of ["", "?dryRun=true", "?message=why"])
  test(`"${query}" says nobody: nothing is ended`, async () => {
    three();
    const { status, answer } = await end(query);
    assert.deepEqual([status, answer.code], [422, "filter-required"]);
    assert.deepEqual(left(), ["s1", "s2", "s3"]);
  });

for (const [query, ended] of [
  ["?user=Anna", ["s1", "s3"]],
  ["?userId=u2", ["s2"]],
  ["?address=203.0.113.7", ["s1", "s2"]],
  ["?address=10.77.0.11", ["s2"]],
  ["?user=anna&address=198.51.100.9", ["s3"]],
  ["?group=sales", []],
  ["?all=true", ["s1", "s2", "s3"]],
  ["?all=true&user=bert", ["s2"]],
] as const)
  test(`"${query}" ends ${ended.length === 0 ? "nobody" : ended.join(", ")}, and a dry run says so before`, async () => {
    three();
    const dry = await end(`${query}&dryRun=true`);
    assert.deepEqual([dry.status, dry.answer.count, dry.answer.dryRun], [200, ended.length, true]);
    assert.deepEqual(left(), ["s1", "s2", "s3"]);
    const { status, answer } = await end(query);
    assert.deepEqual([status, answer.count, answer.dryRun], [200, ended.length, false]);
    assert.deepEqual(
      answer.items.map(({ id }: { id: string }) => id),
      ended,
    );
    assert.deepEqual(
      left(),
      ["s1", "s2", "s3"].filter((id) => !(ended as readonly string[]).includes(id)),
    );
  });

for (const [query, field] of [
  ["?all=yes", "all"],
  ["?all=true&dryRun=perhaps", "dryRun"],
  ["?adress=10.77.0.11", "adress"],
  ["?all=true&message=", "message"],
  [`?all=true&message=${encodeURIComponent("two\nlines")}`, "message"],
  [`?all=true&message=${encodeURIComponent("\u001b[2J")}`, "message"],
  [`?all=true&message=${"x".repeat(201)}`, "message"],
] as const)
  test(`"${query.slice(0, 40)}" is refused, naming ${field}, and nothing is ended`, async () => {
    three();
    const { status, answer } = await end(query);
    assert.deepEqual([status, answer.code, answer.field], [400, "invalid-request", field]);
    assert.deepEqual(left(), ["s1", "s2", "s3"]);
  });

test("an address that is none is refused", async () => {
  const { status, answer } = await end("?address=10.77.0.256");
  assert.deepEqual([status, answer.code, answer.field], [400, "invalid-address", "address"]);
});

test("one session takes a message, and no other parameter", async () => {
  three();
  const refused = await b.call("DELETE", "/api/v1/sessions/s1?mesage=why");
  assert.equal(refused.statusCode, 400);
  const done = await b.call("DELETE", "/api/v1/sessions/s1?message=why");
  assert.equal(done.statusCode, 204);
  assert.deepEqual(left(), ["s2", "s3"]);
});
