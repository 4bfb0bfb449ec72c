import { AppError } from "../../server/errors/app-error.ts";
import { guarded, noContent } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { Session, SessionId } from "../schemas/session.ts";
import { endedSessionJson, liveSessionJson } from "../schemas/session-json.ts";
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
        params: SessionId,
        response: { 200: reference(Session), ...guarded("session-not-found") },
      },
    },
    async (request) => {
      const { id } = request.params;
      const live = concentrator.session(id);
      if (live !== undefined) return liveSessionJson(live);
      const record = await store.sessions.find(id);
      if (record === undefined) throw noSession(id, "There is no session");
      return endedSessionJson(record);
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
        response: { 204: noContent, ...guarded("session-not-found") },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const live = concentrator.session(id);
      if (!(await concentrator.disconnect(id))) throw noSession(id, "There is no live session");
      const { user = null, clientAddress, assignedAddress } = live ?? {};
      request.audited({
        target: { kind: "session", name: user, id },
        effects: { sessionsEnded: 1, clientAddress, assignedAddress },
      });
      return reply.code(204).send(null);
    },
  );
}

const noSession = (id: string, words: string) =>
  new AppError("session-not-found", `${words} ${JSON.stringify(id)}.`);
