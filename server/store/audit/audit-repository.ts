import type { AuditRow, Db } from "../database.ts";
import { historyKey } from "../name-keys.ts";
import { isText, pager } from "../paging.ts";
import type { AuditFilter, AuditLog, AuditRecord, AuditResult, AuditValues } from "./audit-types.ts";
import type { WaitingRecord, WaitingRecords } from "./waiting-records.ts";
import { keyOf } from "./write-audit.ts";

type Placed = Pick<WaitingRecord, "seq" | "record">;

/** By time, and of one moment by the place: what comes later is never before what was seen. */
const placeOf = ({ seq, record }: Placed): string => `${record.at} ${String(seq).padStart(16, "0")}`;

const pages = pager("audit", isPlace, placeOf);

/** What was put on record, as it stands in memory where that is not written yet. */
export function auditRepository(db: Db, waiting: WaitingRecords): Pick<AuditLog, "find" | "list"> {
  return {
    async find(id) {
      const held = waiting.all().find(({ record }) => record.id === id);
      if (held !== undefined) return held.record;
      const row = await db.selectFrom("audit").selectAll().where("id", "=", id).executeTakeFirst();
      return row && recordOf(row).record;
    },

    async list(page) {
      const after = pages.after(page);
      const rows = await filtered(db, page, after)
        .limit(page.limit + 1)
        .execute();
      const stored = rows.map(recordOf);
      const held = waiting
        .all()
        .filter((one) => fits(one.record, page) && (after === undefined || placeOf(one) < after));
      const newer = new Set(held.map(({ seq }) => seq));
      const all = [...held, ...stored.filter(({ seq }) => !newer.has(seq))].sort((a, b) =>
        placeOf(a) < placeOf(b) ? 1 : -1,
      );
      return pages.cut(all, page, ({ record }) => record);
    },
  };
}

/** The query of a list, newest first, without a limit. */
export function filtered(db: Db, filter: AuditFilter, after?: string) {
  const { actor, target, user, since, until, idPrefix } = filter;
  let query = db.selectFrom("audit").selectAll().orderBy("at", "desc").orderBy("seq", "desc");
  for (const [column, name] of COLUMNS) {
    const wanted = filter[name];
    if (wanted !== undefined) query = query.where(column, "=", wanted);
  }
  if (actor !== undefined) query = query.where("actorKey", "=", historyKey(actor));
  if (target !== undefined) query = query.where("targetKey", "=", historyKey(target));
  if (user !== undefined)
    query = query.where(({ and, or, eb }) =>
      and([
        eb("targetKind", "in", USER_KINDS),
        or([
          eb("targetKey", "=", historyKey(user.name)),
          ...(user.id === undefined ? [] : [eb("targetId", "=", user.id)]),
        ]),
      ]),
    );
  if (since !== undefined) query = query.where("at", ">=", since);
  if (until !== undefined) query = query.where("at", "<", until);
  // No letter comes after "~" in an ID.
  if (idPrefix !== undefined) query = query.where("id", ">=", idPrefix).where("id", "<", `${idPrefix}~`);
  if (after !== undefined) {
    const [at, seq] = after.split(" ") as [string, string];
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple("at", "seq"), "<", tuple(at, Number(seq))));
  }
  return query;
}

/** Does a record in memory fit what is asked for? */
function fits(record: AuditRecord, filter: AuditFilter): boolean {
  const { actor, target, user, since, until, idPrefix } = filter;
  const targetKey = keyOf(record.target.name);
  return (
    COLUMNS.every(([, name]) => filter[name] === undefined || VALUES[name](record) === filter[name]) &&
    (actor === undefined || keyOf(record.actor.name) === historyKey(actor)) &&
    (target === undefined || targetKey === historyKey(target)) &&
    (user === undefined ||
      (USER_KINDS.includes(record.target.kind) &&
        (targetKey === historyKey(user.name) || (user.id !== undefined && record.target.id === user.id)))) &&
    (since === undefined || record.at >= since) &&
    (until === undefined || record.at < until) &&
    (idPrefix === undefined || record.id.startsWith(idPrefix))
  );
}

/** What is done to a user, and to the sessions of one, whose records have the user's name. */
const USER_KINDS = ["user", "session"];

const COLUMNS = [
  ["actorKind", "actorKind"],
  ["action", "action"],
  ["targetKind", "targetKind"],
  ["targetId", "targetId"],
  ["result", "result"],
  ["address", "address"],
  ["requestId", "requestId"],
] as const;

const VALUES: Readonly<Record<(typeof COLUMNS)[number][1], (record: AuditRecord) => string | null>> = {
  actorKind: ({ actor }) => actor.kind,
  action: ({ action }) => action,
  targetKind: ({ target }) => target.kind,
  targetId: ({ target }) => target.id,
  result: ({ result }) => result,
  address: ({ from }) => from.address,
  requestId: ({ requestId }) => requestId,
};

function isPlace(value: unknown): value is string {
  return isText(value) && /^\S{1,30} \d{16}$/.test(value);
}

/** A row as it is shown. */
export function recordOf(row: AuditRow): Placed {
  return {
    seq: row.seq,
    record: {
      id: row.id,
      at: row.at,
      lastAt: row.lastAt,
      count: row.count,
      actor: {
        kind: row.actorKind as AuditRecord["actor"]["kind"],
        name: row.actor,
        id: row.actorId,
        role: row.role,
      },
      from: { address: row.address, pid: row.pid },
      requestId: row.requestId,
      action: row.action,
      target: { kind: row.targetKind, name: row.target, id: row.targetId },
      before: valuesOf(row.before),
      after: valuesOf(row.after),
      effects: valuesOf(row.effects),
      result: row.result as AuditResult,
      status: row.status,
      code: row.code,
    },
  };
}

const valuesOf = (text: string | null): AuditValues | null =>
  text === null ? null : (JSON.parse(text) as AuditValues);
