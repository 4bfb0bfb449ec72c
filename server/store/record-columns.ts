/** Columns of a session as they are on record, by the names of `SessionRecord`. */
export const SESSION_COLUMNS = [
  "id",
  "attemptId",
  "userId",
  "user",
  "clientAddress",
  "assignedAddress",
  "encryption",
  "mtu",
  "connectedAt",
  "disconnectedAt",
  "endReason",
  "rxBytes",
  "txBytes",
  "rxPackets",
  "txPackets",
  "pool",
  "groupId",
  "groupName",
] as const;

/** Columns of a dial without its trace, by the names of `AttemptSummary`. */
export const ATTEMPT_COLUMNS = [
  "id",
  "startedAt",
  "endedAt",
  "clientAddress",
  "user",
  "userId",
  "sessionId",
  "verdict",
  "evidence",
  "setupMs",
  "count",
  "firstAt",
  "lastTimes",
] as const;
