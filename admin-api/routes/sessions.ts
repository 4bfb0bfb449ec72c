import { AppError } from "../../server/errors/app-error.ts";
import { guarded, noContent } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { SessionId } from "../schemas/session.ts";
import { SessionDetails } from "../schemas/session-details.ts";
import { endedDetailsJson, liveDetailsJson } from "../schemas/session-details-json.ts";
import { EndOneQuery } from "../schemas/session-ends.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/sessions/{id}`: one session. */
export function addSessionRoutes(app: App, { store, concentrator }: Services): void {
  const tags = ["sessions"];

  app.get(
    "/sessions/:id",
    {
      schema: {
        tags,
        operationId: "getSession",
        summary: "Show a session, also one that has ended",
        description: "All that is known of it; docs/live-sessions.md says what each figure can tell.",
        params: SessionId,
        response: { 200: reference(SessionDetails), ...guarded("session-not-found") },
      },
    },
    async (request) => {
      const { id } = request.params;
      const live = concentrator.session(id);
      const insight = concentrator.insight(id);
      if (live !== undefined && insight !== undefined) return liveDetailsJson(live, insight);
      const record = await store.sessions.find(id);
      if (record === undefined) throw noSession(id, "There is no session");
      return endedDetailsJson(record);
    },
  );

  app.delete(
    "/sessions/:id",
    {
      schema: {
        tags,
        operationId: "disconnectSession",
        summary: "Disconnect the client",
        description: "The client may dial again; disable the user to prevent that.",
        params: SessionId,
        querystring: EndOneQuery,
        response: { 204: noContent, ...guarded("session-not-found") },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const live = concentrator.session(id);
      if (!(await concentrator.disconnect(id, request.query.message)))
        throw noSession(id, "There is no live session");
      const { user = null, clientAddress, assignedAddress } = live ?? {};
      request.audited({
        target: { kind: "session", name: user, id },
        effects: { sessionsEnded: 1, clientAddress, assignedAddress, ...request.query },
      });
      return reply.code(204).send(null);
    },
  );
}

const noSession = (id: string, words: string) =>
  new AppError("session-not-found", `${words} ${JSON.stringify(id)}.`);
