import { ladderHtml } from "../../ladder/html/ladder-html.ts";
import { STYLE_POLICY } from "../../ladder/html/style.ts";
import { ladderText } from "../../ladder/text/ladder-text.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { answerList } from "../history/answers.ts";
import { AttemptList } from "../history/attempt-list.ts";
import { ATTEMPT_FIELDS } from "../history/forms.ts";
import { attemptFilter, formOf } from "../history/questions.ts";
import { DEFAULT_PAGE } from "../limits.ts";
import { guarded, inFormats } from "../schemas/answers.ts";
import { Attempt, AttemptId, AttemptSummary, attemptJson } from "../schemas/attempt.ts";
import { attemptLadder } from "../schemas/attempt-ladder.ts";
import { AttemptQuery, listOrStream } from "../schemas/history.ts";
import { AttemptFormat, listOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

/** Characters of a line of a ladder as text: nothing is known of the terminal that it will be read on. */
const LADDER_WIDTH = 100;

/** A page from this server is nobody's picture, and leads nowhere. */
const FRAMED_BY_NOBODY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** `/api/v1/attempts`: every dial, and why it ended as it did. */
export function addAttemptRoutes(app: App, { store, verdicts, history }: Services): void {
  const tags = ["attempts"];

  app.get(
    "/attempts",
    {
      schema: {
        tags,
        operationId: "listAttempts",
        summary: "List dials, newest first, without their traces",
        description:
          "Several dials that were refused alike are one entry, which stands where the latest of them does.",
        querystring: AttemptQuery,
        response: {
          200: listOrStream(listOf(AttemptSummary, "One page of dials")),
          ...guarded("invalid-address"),
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const form = formOf(request, query.format);
      const parts = { attempts: store.attempts, history, verdicts };
      const list = new AttemptList(parts, attemptFilter(query), form);
      return answerList(reply, (after, most) => list.page(after, most), {
        list: "attempts",
        form,
        limit: query.limit ?? (form === "json" ? DEFAULT_PAGE : undefined),
        cursor: query.cursor,
        columns: ATTEMPT_FIELDS,
      });
    },
  );

  app.get(
    "/attempts/:id",
    {
      schema: {
        tags,
        operationId: "getAttempt",
        summary: "Show a dial with its trace and verdict",
        description:
          "As JSON, or drawn as a ladder: a line for each message that client and server sent, and why the dial ended as it did.",
        params: AttemptId,
        querystring: AttemptFormat,
        response: { 200: inFormats(reference(Attempt)), ...guarded("attempt-not-found") },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await store.attempts.find(id);
      if (attempt === undefined)
        throw new AppError(
          "attempt-not-found",
          `There is no attempt ${JSON.stringify(id)}: it is forgotten, or one of several that were refused alike, of which the latest is listed.`,
        );
      const json = attemptJson(attempt, verdicts);
      const { format = "json" } = request.query;
      if (format === "json") return json;
      const ladder = attemptLadder(json);
      if (format === "text")
        return reply
          .type("text/plain; charset=utf-8")
          .send(ladderText(ladder, { width: LADDER_WIDTH, fields: false }));
      reply.header("content-security-policy", `${STYLE_POLICY}; ${FRAMED_BY_NOBODY}`);
      return reply.type("text/html; charset=utf-8").send(ladderHtml(ladder));
    },
  );
}
