import assert from "node:assert/strict";
import { test } from "node:test";
import { SessionWatch } from "../../../../server/concentrator/policy/session-watch.ts";
import type { Ending } from "../../../../server/concentrator/records/ending.ts";
import { NO_COUNTERS } from "../../../../server/data-plane/counters.ts";
import type { TrafficPolicy } from "../../../../server/data-plane/data-plane.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { millis } from "../../../../server/wire/units.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { userWith } from "../users.ts";

/** A call whose user has logged in, and what its watch did. */
function watched(user = userWith()) {
  const clock = new VirtualClock();
  const ends: Ending[] = [];
  const policies: TrafficPolicy[] = [];
  const faults: unknown[] = [];
  let upAt: number | undefined;
  let last = 0;
  const call = {
    services: {
      clock,
      plane: {
        counters: () => ({ ...NO_COUNTERS, lastActivity: last }),
        setTrafficPolicy: (_callId: number, policy: TrafficPolicy) => void policies.push(policy),
      },
    },
    callId: toCallId(7),
    from: ipv4(0xc6336407),
    record: {
      get lasted() {
        return upAt === undefined ? undefined : millis(clock.now() - upAt);
      },
    },
    loggedIn: () => user,
    end: (ending: Ending) => void ends.push(ending),
  };
  const watch = new SessionWatch(call, (work) => {
    try {
      work();
    } catch (error) {
      faults.push(error);
    }
  });
  return {
    clock,
    watch,
    ends,
    policies,
    faults,
    up() {
      upAt = clock.now();
      watch.begin();
    },
    use() {
      last = clock.date().getTime();
    },
    become(other: typeof user) {
      user = other;
    },
  };
}

test("a session ends when it has lasted as long as it may, and is checked no more", async () => {
  const { clock, ends, up } = watched(userWith({ sessionTimeout: 60 }));
  up();
  await clock.advance(59_999);
  assert.deepEqual(ends, []);
  await clock.advance(1);
  assert.deepEqual(
    ends.map(({ verdict }) => verdict),
    ["session-timeout"],
  );
  assert.equal(clock.pending(), 0);
});

test("a session that is used does not end for being idle", async () => {
  const { clock, ends, up, use } = watched(userWith({ idleTimeout: 60 }));
  up();
  for (let i = 0; i < 5; i++) {
    await clock.advance(50_000);
    use();
  }
  assert.deepEqual(ends, []);
  await clock.advance(60_000);
  assert.deepEqual(
    ends.map(({ verdict }) => verdict),
    ["idle-timeout"],
  );
});

test("a session that is up again goes on being as old and as idle as it was", async () => {
  const { clock, ends, up, watch } = watched(userWith({ idleTimeout: 60 }));
  up();
  await clock.advance(50_000);
  watch.begin();
  await clock.advance(10_000);
  assert.equal(ends.length, 1);
});

test("a user without limits is not checked, and one whose call is over no more", async () => {
  const free = watched();
  free.up();
  assert.equal(free.clock.pending(), 0);
  const limited = watched(userWith({ sessionTimeout: 60 }));
  limited.up();
  limited.watch.stop();
  assert.equal(limited.clock.pending(), 0);
});

test("a changed policy reaches the data plane of a session that is up, and ends what it forbids", () => {
  const { ends, policies, up, watch, become } = watched();
  up();
  become(userWith({ rateUp: 1000 }));
  watch.changed();
  assert.deepEqual([policies.map(({ rateUp }) => rateUp), ends], [[1000], []]);
  become(userWith({ enabled: false }));
  watch.changed();
  assert.deepEqual(
    ends.map(({ verdict }) => verdict),
    ["user-disabled"],
  );
});

test("a dial that has not come up is held against a changed policy alone", () => {
  const { ends, policies, watch, become } = watched();
  become(userWith({ sessionTimeout: 1 }));
  watch.changed();
  assert.deepEqual([policies, ends], [[], []]);
  become(userWith({ enabled: false }));
  watch.changed();
  assert.equal(ends.length, 1);
});

test("what goes wrong while it is checked ends this call, and nothing is thrown", () => {
  const { faults, watch } = watched();
  watch.check();
  assert.equal(faults.length, 1);
});
