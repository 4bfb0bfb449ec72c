import { type ExpressionBuilder, sql } from "kysely";
import type { PacdEvent } from "../../events/register.ts";
import type { Tables } from "../database.ts";
import { historyKey } from "../name-keys.ts";
import type { EventQuery, KeptEvent } from "./event-types.ts";

/** An event with what it is found by. */
export interface EventRow extends KeptEvent {
  readonly userKey: string | null;
  readonly groupKey: string | null;
  readonly clientAddress: string | null;
  readonly assignedAddress: string | null;
}

export function rowOf({ id, at, type, subject = {}, data }: PacdEvent): EventRow {
  const { user, group, addresses = [] } = subject;
  return {
    id,
    at,
    type,
    data: JSON.stringify(data),
    userKey: user == null ? null : historyKey(user),
    groupKey: group == null ? null : historyKey(group),
    clientAddress: addresses[0] ?? null,
    assignedAddress: addresses[1] ?? null,
  };
}

/** Does a row that is not written yet fit? What was lost fits always: nobody knows what it was. */
export function fits(row: EventRow, { after, from, types, user, address, group }: EventQuery): boolean {
  if (row.id <= after || (from !== undefined && row.at < from)) return false;
  if (row.type === "gap") return true;
  return (
    (types === undefined || types.includes(row.type)) &&
    (user === undefined || row.userKey === historyKey(user)) &&
    (group === undefined || row.groupKey === historyKey(group)) &&
    (address === undefined || row.clientAddress === address || row.assignedAddress === address)
  );
}

/** The same for the database. */
export function fitting(
  of: ExpressionBuilder<Tables, "events">,
  { types, user, address, group }: EventQuery,
) {
  const all = [
    ...(types === undefined ? [] : [of("type", "in", types)]),
    ...(user === undefined ? [] : [of("userKey", "=", historyKey(user))]),
    ...(group === undefined ? [] : [of("groupKey", "=", historyKey(group))]),
    ...(address === undefined
      ? []
      : [of.or([of("clientAddress", "=", address), of("assignedAddress", "=", address)])]),
  ];
  return all.length === 0 ? sql<boolean>`1` : of.or([of("type", "=", "gap"), of.and(all)]);
}
