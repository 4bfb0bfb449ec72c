import { AppError } from "../../server/errors/app-error.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { guarded } from "../schemas/answers.ts";
import { Attempt, AttemptId, AttemptSummary, attemptJson, summaryJson } from "../schemas/attempt.ts";
import { AttemptQuery, listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/attempts`: every dial, and why it ended as it did. */
export function addAttemptRoutes(app: App, { store, verdicts }: Services): void {
  const tags = ["attempts"];

  app.get(
    "/attempts",
    {
      schema: {
        tags,
        operationId: "listAttempts",
        summary: "List dials, newest first, without their traces",
        querystring: AttemptQuery,
        response: { 200: listOf(AttemptSummary, "One page of dials"), ...guarded("invalid-address") },
      },
    },
    async (request) => {
      const { user, address } = request.query;
      if (address !== undefined && parseIpv4(address) === undefined) {
        const said = `${JSON.stringify(address)} is not an IPv4 address such as 203.0.113.7.`;
        throw new AppError("invalid-address", said, { field: "address" });
      }
      const filter = {
        ...(user === undefined ? {} : { user }),
        ...(address === undefined ? {} : { address }),
      };
      const { items, next } = await store.attempts.list({ ...pageOf(request.query), ...filter });
      return {
        items: items.map((item) => summaryJson(item, verdicts)),
        ...(next === undefined ? {} : { next }),
      };
    },
  );

  app.get(
    "/attempts/:id",
    {
      schema: {
        tags,
        operationId: "getAttempt",
        summary: "Show a dial with its trace and verdict",
        params: AttemptId,
        response: { 200: reference(Attempt), ...guarded("attempt-not-found") },
      },
    },
    async (request) => {
      const { id } = request.params;
      const attempt = await store.attempts.find(id);
      if (attempt === undefined)
        throw new AppError("attempt-not-found", `There is no attempt ${JSON.stringify(id)}.`);
      return attemptJson(attempt, verdicts);
    },
  );
}
