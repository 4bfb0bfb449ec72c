import { sql } from "kysely";
import type { Db } from "../database.ts";
import { historyKey } from "../name-keys.ts";
import type { AuditRecord } from "./audit-types.ts";

/** Writes them all or none. Writing the same again changes nothing but how many it counts. */
export async function writeAudit(
  db: Db,
  records: readonly { readonly seq: number; readonly record: AuditRecord }[],
): Promise<void> {
  const rows = records.map(({ seq, record: { actor, from, target, ...record } }) => ({
    ...record,
    seq,
    actorKind: actor.kind,
    actor: actor.name,
    actorKey: keyOf(actor.name),
    actorId: actor.id,
    role: actor.role,
    address: from.address,
    pid: from.pid,
    targetKind: target.kind,
    target: target.name,
    targetKey: keyOf(target.name),
    targetId: target.id,
  }));
  await sql`INSERT INTO audit (
      seq, id, at, last_at, count, actor_kind, actor, actor_key, actor_id, role, address, pid, request_id, action,
      target_kind, target, target_key, target_id, before, after, effects, result, status, code
    ) SELECT
      value ->> 'seq', value ->> 'id', value ->> 'at', value ->> 'lastAt', value ->> 'count', value ->> 'actorKind',
      value ->> 'actor', value ->> 'actorKey', value ->> 'actorId', value ->> 'role', value ->> 'address',
      value ->> 'pid', value ->> 'requestId', value ->> 'action', value ->> 'targetKind', value ->> 'target',
      value ->> 'targetKey', value ->> 'targetId', nullif(value -> 'before', 'null'),
      nullif(value -> 'after', 'null'), nullif(value -> 'effects', 'null'), value ->> 'result',
      value ->> 'status', value ->> 'code'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, count = excluded.count`.execute(db);
}

export const keyOf = (name: string | null): string | null => (name === null ? null : historyKey(name));
