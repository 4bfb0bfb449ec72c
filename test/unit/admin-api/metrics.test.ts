import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { millis } from "../../../server/wire/units.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { fakeStatus, liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
  b.concentrator.live.push(liveSession());
});
after(() => b.app.close());

const scrape = async () => (await b.call("GET", "/metrics")).body.split("\n");

test("the concentrator's figures are there, under their names", async () => {
  const lines = await scrape();
  for (const line of [
    'pacd_info{version="1.2.3"} 1',
    "pacd_sessions 1",
    "pacd_control_connections 2",
    'pacd_addresses{state="free"} 990',
    'pacd_addresses{state="used"} 7',
    'pacd_addresses{state="reserved"} 3',
    'pacd_pool_addresses{pool="tunnel.pool",state="free"} 891',
    'pacd_pool_addresses{pool="tunnel.pool",state="used"} 6',
    'pacd_pool_addresses{pool="tunnel.pool",state="reserved"} 3',
    'pacd_pool_addresses{pool="guests",state="free"} 99',
    'pacd_dials_total{result="connected"} 5',
    'pacd_dials_total{result="failed"} 3',
    'pacd_log_in_failures_total{result="wrong"} 3',
    'pacd_log_in_failures_total{result="unjudged"} 2',
    'pacd_lockouts{kind="user-address"} 1',
    'pacd_lockouts{kind="network"} 0',
    'pacd_verdicts_total{verdict="bad-credentials"} 3',
    'pacd_drops_total{reason="mppe-late"} 7',
    'pacd_drops_total{reason="gre-truncated"} 0',
    'pacd_control_faults_total{fault="bad-cookie"} 1',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.ok(lines.some((line) => line.startsWith("process_resident_memory_bytes ")));
});

test("two scrapes without a dial between them show the same counters, and a dial moves them", async () => {
  assert.ok((await scrape()).includes('pacd_dials_total{result="connected"} 5'));
  b.concentrator.current = { ...fakeStatus(), dials: { started: 10, connected: 6, failed: 3 } };
  assert.ok((await scrape()).includes('pacd_dials_total{result="connected"} 6'));
});

test("each condition that holds is 1, and gone when it is over", async () => {
  const at = { since: "2026-03-01T09:59:00.000Z", lasts: millis(1), sentence: "", ready: false };
  const conditions = [{ code: "pool-exhausted", subject: "guests", ...at } as const];
  b.concentrator.current = { ...fakeStatus(), conditions };
  assert.ok((await scrape()).includes('pacd_condition{code="pool-exhausted",subject="guests"} 1'));
  b.concentrator.current = fakeStatus();
  assert.ok(!(await scrape()).some((line) => line.startsWith("pacd_condition{")));
});

test("HTTP requests are counted by route pattern: unknown paths and methods add no series", async () => {
  await b.call("GET", "/api/v1/users/one");
  await b.call("GET", "/api/v1/users/two");
  await b.app.inject("/random-1");
  await b.app.inject({ method: "DELETE", url: "/random-2" });
  const lines = await scrape();
  assert.ok(
    lines.includes('pacd_http_requests_total{method="GET",route="/api/v1/users/:name",status="404"} 2'),
  );
  assert.ok(lines.includes('pacd_http_requests_total{method="unknown",route="unknown",status="404"} 2'));
  assert.ok(!lines.some((line) => line.includes("random")));
});

test("two apps in one process count for themselves", async () => {
  const other = await bench();
  assert.ok((await other.call("GET", "/metrics")).body.includes("pacd_sessions 0"));
  await other.app.close();
});
