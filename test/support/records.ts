import type { AttemptRecord, Records, SessionRecord, Store } from "../../server/store/store-types.ts";
import { NOON } from "./temporary-store.ts";

export type OpenSession = Parameters<Records["open"]>[0];

/** What is known of a session at its end alone. */
export const NOT_SAID = { lastActivity: null, computerName: null, clientKind: null, link: null };

/** An accounting record as it is when the session opens. */
export const openSession = (id: string, more: Partial<OpenSession> = {}): OpenSession => ({
  id,
  attemptId: `attempt-of-${id}`,
  userId: "user-1",
  user: "anna",
  clientAddress: "192.0.2.1",
  assignedAddress: "10.77.0.10",
  encryption: "mppe-128-stateless",
  mtu: 1400,
  connectedAt: NOON,
  pool: "tunnel.pool",
  groupId: null,
  groupName: null,
  ...more,
});

/** Puts a dial on record, as the concentrator does: at its beginning, and when there is more to say. */
export function putAttempt(
  { records }: Store,
  { id, startedAt, clientAddress, count: _, firstAt: _first, lastTimes: _times, ...rest }: AttemptRecord,
): void {
  records.begin({ id, startedAt, clientAddress });
  records.update(id, rest);
}

/** Puts a session on record that has ended. */
export function putSession(
  { records }: Store,
  record: Omit<SessionRecord, keyof typeof NOT_SAID> &
    Partial<Pick<SessionRecord, keyof typeof NOT_SAID>> & { disconnectedAt: string },
): void {
  const { disconnectedAt: at, endReason, rxBytes, txBytes, rxPackets, txPackets, ...more } = record;
  const { lastActivity, computerName, clientKind, link, ...opened } = { ...NOT_SAID, ...more };
  const end = { lastActivity, computerName, clientKind, link, at, reason: endReason ?? "" };
  records.open(opened);
  records.close(record.id, { rxBytes, txBytes, rxPackets, txPackets, ...end });
}

/** Counters past 2^32, since a session that lasts gets there. */
export const COUNTERS = { rxBytes: 5_000_000_000, txBytes: 2 ** 53 - 1, rxPackets: 7, txPackets: 0 };
export const ZERO = { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };
