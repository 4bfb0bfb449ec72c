import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MAX_DIGITS,
  MOMENT_LENGTH,
  putMoment,
  putNumber,
  putOctets,
} from "../../../admin-api/history/octets.ts";
import { SessionOctets } from "../../../admin-api/history/session-octets.ts";
import { liveSessionJson } from "../../../admin-api/schemas/session-json.ts";
import { liveSession as together } from "../../../server/concentrator/calls/live-session.ts";
import { liveSession, lookAt } from "../../support/fake-concentrator.ts";
import { fc } from "../../support/fc.ts";

const text = (put: (into: Uint8Array) => number): string => {
  const into = new Uint8Array(64);
  return Buffer.from(into.subarray(0, put(into))).toString("latin1");
};

const EDGES = [0, 9, 10, 99, 100, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 10 ** 15, Number.MAX_SAFE_INTEGER];

test("numbers are written as JSON has them, each power of ten included", () => {
  const powers = Array.from({ length: 16 }, (_, n) => [10 ** n - 1, 10 ** n]).flat();
  for (const number of [...EDGES, ...powers.filter(Number.isSafeInteger)])
    assert.equal(
      text((into) => putNumber(into, 0, number)),
      JSON.stringify(number),
    );
  assert.equal(`${Number.MAX_SAFE_INTEGER}`.length, MAX_DIGITS);
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      (number) => text((into) => putNumber(into, 0, number)) === JSON.stringify(number),
    ),
  );
});

test("moments are written as JSON has them, in whatever order they come", () => {
  const moment = fc.integer({ min: 1, max: Date.parse("9999-12-31T23:59:59.999Z") });
  fc.assert(
    fc.property(moment, (millis) => {
      const written = text((into) => putMoment(into, 0, millis));
      return written.length === MOMENT_LENGTH && written === new Date(millis).toISOString();
    }),
  );
});

test("octets are copied to their place", () => {
  assert.equal(
    text((into) => putOctets(into, putNumber(into, 0, 7), Buffer.from("ab"))),
    "7ab",
  );
});

test("the octets of a session are its JSON, whatever changes between two looks", () => {
  const octets = new SessionOctets();
  const written = () => Buffer.from(octets.octets).toString("utf8");
  const name = fc.string({ unit: "binary", maxLength: 20 });
  const changes = fc.record({
    user: fc.oneof(name, fc.constant("anna")),
    groupName: fc.option(name),
    rxBytes: fc.maxSafeNat(),
    txBytes: fc.maxSafeNat(),
    rxPackets: fc.maxSafeNat(),
    txPackets: fc.nat(),
    durationSeconds: fc.nat(),
    lastActivity: fc.option(fc.nat().map((seconds) => new Date(1000 + seconds * 1000).toISOString())),
  });
  fc.assert(
    fc.property(changes, (change) => {
      const look = lookAt(liveSession(change));
      octets.write(look);
      // Facts that are the same object are not written again.
      octets.write({ ...look, durationSeconds: look.durationSeconds + 1 });
      octets.write(look);
      return written() === JSON.stringify(liveSessionJson(together(look)));
    }),
  );
});

test("other facts of the same length are seen", () => {
  const octets = new SessionOctets();
  for (const user of ["anna", "bert"]) {
    octets.write(lookAt(liveSession({ user })));
    assert.equal(JSON.parse(Buffer.from(octets.octets).toString("utf8")).user, user);
  }
});

test("all figures at their longest fit behind the facts", () => {
  const octets = new SessionOctets();
  const most = Number.MAX_SAFE_INTEGER;
  const counters = { rxBytes: most, txBytes: most, rxPackets: most, txPackets: most };
  const last = "9999-12-31T23:59:59.999Z";
  const look = lookAt(liveSession({ ...counters, durationSeconds: most, lastActivity: last }));
  octets.write(look);
  const shown = JSON.parse(Buffer.from(octets.octets).toString("utf8"));
  assert.deepEqual(shown, liveSessionJson(together(look)));
});
