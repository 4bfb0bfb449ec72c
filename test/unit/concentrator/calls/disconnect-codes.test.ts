import assert from "node:assert/strict";
import { test } from "node:test";
import {
  callStatistics,
  disconnectCodes,
  terminateReason,
} from "../../../../server/concentrator/calls/disconnect-codes.ts";
import { seconds } from "../../../../server/wire/units.ts";
import { VERDICTS, type VerdictCode } from "../../../../verdicts/register.ts";

const CODES = Object.keys(VERDICTS) as VerdictCode[];

test("the statistics are one line of ASCII that fits its field", () => {
  const counters = {
    rxBytes: 1234,
    rxPackets: 12,
    txBytes: 56,
    txPackets: 7,
    drops: 3,
    lastActivity: 1,
    heard: true,
    elsewhere: undefined,
  };
  assert.equal(
    callStatistics(counters, seconds(65.4)),
    "in 1234 bytes 12 packets, out 56 bytes 7 packets, 65 s, drops 3",
  );
  const most = {
    rxBytes: 1e15,
    rxPackets: 1e12,
    txBytes: 1e15,
    txPackets: 1e12,
    drops: 1e9,
    lastActivity: 1,
    heard: true,
    elsewhere: undefined,
  };
  assert.ok(callStatistics(most, seconds(1e8)).length <= 128);
});

test("a refused log-in has one result code, whatever the reason", () => {
  for (const verdict of CODES) {
    assert.deepEqual(
      disconnectCodes({ verdict, evidence: "" }, { code: "auth-refused" }),
      { result: 1 },
      verdict,
    );
  }
});

test("what is decided here is an administrative shut-down, a mistake of ours a general error, the rest a lost carrier", () => {
  const of = (verdict: VerdictCode) => disconnectCodes({ verdict, evidence: "" }).result;
  assert.deepEqual(
    (["replaced", "outside-hours", "internal-error", "link-lost", "client-hung-up"] as const).map(of),
    [3, 3, 2, 1, 1],
  );
});

test("a place or an address that is missing is a general error for want of resources", () => {
  for (const verdict of ["no-address", "server-full"] as const)
    assert.deepEqual(disconnectCodes({ verdict, evidence: "" }), { result: 2, error: 4 });
});

test("every reason fits a Terminate-Request and holds no evidence", () => {
  for (const verdict of CODES) {
    const text = terminateReason({ verdict, evidence: "secret" });
    assert.match(text, /^[ -~]{1,80}$/);
    assert.ok(!text.includes("secret"));
  }
});
