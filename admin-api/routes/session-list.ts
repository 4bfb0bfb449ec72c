import { AppError } from "../../server/errors/app-error.ts";
import { answerList, sendJson } from "../history/answers.ts";
import { SESSION_FIELDS, TOTAL_FIELDS } from "../history/forms.ts";
import { LiveSessions } from "../history/live-sessions.ts";
import { formOf, sessionFilter, sessionQuestion, totalsBy } from "../history/questions.ts";
import { SessionList } from "../history/session-list.ts";
import { daysBetween, TotalsList } from "../history/totals-list.ts";
import { DEFAULT_PAGE, MAX_TOTAL_DAYS } from "../limits.ts";
import { guarded } from "../schemas/answers.ts";
import { listOrStream, SessionQuery, SessionTotal, TotalsQuery } from "../schemas/history.ts";
import { listOf } from "../schemas/page.ts";
import { Session } from "../schemas/session.ts";
import type { App, Services } from "../services.ts";

/** In ms. */
const DAY = 86_400_000;

/** Days that are added up where the request does not say since when. */
const DAYS_BEFORE = 31;

/** `/api/v1/sessions` and what is made of many of them: who is connected, who was, and how much that was. */
export function addSessionListRoutes(app: App, services: Services): void {
  const { store, concentrator, history, monotonic, now } = services;
  const tags = ["sessions"];
  const live = new LiveSessions(concentrator, { now: monotonic });
  const parts = { live, sessions: store.sessions, history };

  // Whoever has changed something sees it in the next list.
  app.addHook("onSend", async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") live.forget();
  });

  app.get(
    "/sessions",
    {
      schema: {
        tags,
        operationId: "listSessions",
        summary: "List sessions: those that are up, that have ended, or both",
        description:
          "Sessions that are up come all in one answer, oldest first, unless a limit is given; all others in pages, latest first. " +
          "Counters of sessions that are up are a second old at most; which sessions are up is that of the moment of the answer. docs/history.md has examples.",
        querystring: SessionQuery,
        response: { 200: listOrStream(listOf(Session, "One page")), ...guarded("invalid-address") },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const form = formOf(request, query.format);
      const question = await sessionQuestion(query, store.groups);
      if (
        form === "json" &&
        Object.keys(query).every((name) => name === "state") &&
        question.state === "live"
      ) {
        const page = await live.page();
        reply.raw.once("close", () => page.giveBack());
        return sendJson(reply, page.octets);
      }
      const list = new SessionList(parts, question, form);
      const all = form !== "json" || (question.state === "live" && query.cursor === undefined);
      return answerList(reply, (after, most) => list.page(after, most), {
        list: `sessions ${question.sort} ${question.descending ? "down" : "up"}`,
        form,
        limit: query.limit ?? (all ? undefined : DEFAULT_PAGE),
        cursor: query.cursor,
        columns: SESSION_FIELDS,
      });
    },
  );

  app.get(
    "/sessions/totals",
    {
      schema: {
        tags,
        operationId: "sumSessions",
        summary: "Add up what sessions did, per user and day",
        description:
          "What is up counts with what it has done so far. What passed through a session that was up on two days is divided by time: " +
          "so much of it belongs to a day as the session was up on it; the session itself counts on the day that it began. Days are those of the server's time zone.",
        querystring: TotalsQuery,
        response: { 200: listOrStream(listOf(SessionTotal, "One page")), ...guarded("invalid-address") },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const form = formOf(request, query.format);
      const { days, keys } = totalsBy(query.by);
      const { since, until, ...filter } = await sessionFilter(query, store.groups);
      const to = until === undefined ? now() : new Date(until);
      const from = since === undefined ? new Date(to.getTime() - DAYS_BEFORE * DAY) : new Date(since);
      if (to.getTime() - from.getTime() > MAX_TOTAL_DAYS * DAY)
        throw new AppError("invalid-request", `since must lie within ${MAX_TOTAL_DAYS} days before until.`, {
          field: "since",
        });
      const inMemory = store.sessions.inMemory().map(({ record }) => record);
      const question = { filter, by: keys, inMemory, now: now().toISOString() };
      const one = { day: null, from: from.toISOString(), to: to.toISOString() };
      const windows = days ? daysBetween(from, to) : [one];
      const list = new TotalsList(history, question, windows, form);
      return answerList(reply, (after, most) => list.page(after, most), {
        list: `totals ${days ? "day" : ""} ${keys.join(" ")}`,
        form,
        limit: query.limit ?? (form === "json" ? DEFAULT_PAGE : undefined),
        cursor: query.cursor,
        columns: TOTAL_FIELDS,
      });
    },
  );
}
