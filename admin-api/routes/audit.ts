import { AppError } from "../../server/errors/app-error.ts";
import { guarded } from "../schemas/answers.ts";
import { Audit, AuditId, AuditQuery, auditJson } from "../schemas/audit.ts";
import { listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/audit`: who did what. Reading it leaves no record. */
export function addAuditRoutes(app: App, { store }: Pick<Services, "store">): void {
  const tags = ["audit"];

  app.get(
    "/audit",
    {
      schema: {
        tags,
        operationId: "listAudit",
        summary: "List who did what, newest first",
        description:
          "What changed something or was refused, and what pacd did itself. All that is asked for must fit. Refusals alike " +
          "are counted in one record past the first few.",
        querystring: AuditQuery,
        response: { 200: listOf(Audit, "One page of records"), ...guarded() },
      },
    },
    async ({ query }) => {
      const { limit: _limit, cursor: _cursor, user, since, until, ...filter } = query;
      const { items, next } = await store.audit.list({
        ...pageOf(query),
        ...filter,
        ...(user === undefined ? {} : { user: { name: user, id: (await store.users.find(user))?.id } }),
        ...moment("since", since),
        ...moment("until", until),
      });
      return { items: items.map(auditJson), ...(next === undefined ? {} : { next }) };
    },
  );

  app.get(
    "/audit/:id",
    {
      schema: {
        tags,
        operationId: "getAudit",
        summary: "Show a record of the audit log",
        description: "With what was before and after, secrets aside.",
        params: AuditId,
        response: { 200: reference(Audit), ...guarded("audit-not-found") },
      },
    },
    async ({ params: { id } }) => {
      const record = await store.audit.find(id);
      if (record !== undefined) return auditJson(record);
      throw new AppError(
        "audit-not-found",
        `There is no record ${JSON.stringify(id)} in the audit log: it is older than records.audit_days, or the ID is another one's.`,
      );
    },
  );
}

/** RFC 3339 with a day and a time, or a day alone; compared as text, so always in UTC. */
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

function moment<Field extends string>(field: Field, text: string | undefined): { [F in Field]?: string } {
  if (text === undefined) return {};
  const time = MOMENT.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new AppError(
      "invalid-request",
      `The field ${JSON.stringify(field)} of the query string must be a time such as 2026-03-01T10:00:00Z, not ${JSON.stringify(text)}.`,
      { in: "query string", field },
    );
  return { [field]: time.toISOString() } as { [F in Field]?: string };
}
