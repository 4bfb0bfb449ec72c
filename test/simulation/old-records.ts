import assert from "node:assert/strict";
import { Retention } from "../../server/store/retention/retention.ts";
import type { World } from "./world.ts";

export const HOUR = 3_600_000;

/**
 * A session that was over three days ago, and its dial, beside one that is up; the answer counts the old ones
 * that are left.
 */
export async function oldRecords({
  world,
  running,
  dial,
}: {
  readonly world: World;
  readonly running: { readonly config: World["config"] };
  dial(): Promise<unknown>;
}) {
  let audit = 1;
  new Retention({
    clock: world.clock,
    log: { info() {}, warn() {}, error() {} },
    tables: [
      ...world.store.forgettable,
      { kind: "audit", forget: async (before) => (audit > 0 && before >= ENDED ? audit-- : 0) },
    ],
    days: (kind) => running.config.records[`${kind}Days`],
    forgot() {},
  });
  await dial();
  const { records } = world.store;
  records.begin({ id: "old", startedAt: ENDED, clientAddress: "198.51.100.99" });
  records.open({
    id: "old",
    attemptId: "old",
    userId: "u",
    user: "u",
    clientAddress: "198.51.100.99",
    assignedAddress: "10.77.0.99",
    encryption: "none",
    mtu: 1400,
    connectedAt: ENDED,
  });
  records.close("old", {
    at: ENDED,
    reason: "link-lost",
    rxBytes: 0,
    txBytes: 0,
    rxPackets: 0,
    txPackets: 0,
  });
  records.update("old", { endedAt: ENDED, sessionId: "old", verdict: "link-lost" });
  await world.settle();
  return async () => {
    // Who is up stays, whatever is forgotten.
    assert.equal(world.concentrator.sessionCount, 1);
    return {
      sessions: (await world.store.sessions.find("old")) === undefined ? 0 : 1,
      attempts: (await world.store.attempts.find("old")) === undefined ? 0 : 1,
      audit,
    };
  };
}

const ENDED = "2029-12-29T00:00:00.000Z";
