import type { SessionChoice } from "../../server/concentrator/session-choice.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { guarded } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { EndedSessions, EndQuery } from "../schemas/session-ends.ts";
import { liveSessionJson } from "../schemas/session-json.ts";
import type { App, Services } from "../services.ts";

/** `DELETE /api/v1/sessions`: several at once. */
export function addSessionEndRoutes(app: App, { concentrator }: Services): void {
  app.delete(
    "/sessions",
    {
      schema: {
        tags: ["sessions"],
        operationId: "endSessions",
        summary: "Disconnect all clients that are meant",
        description:
          "Of user, userId, address and group all that are given must be so; all=true means every session. Without any of them nothing is ended. The clients may dial again; disable a user to prevent that.",
        querystring: EndQuery,
        response: { 200: reference(EndedSessions), ...guarded("filter-required", "invalid-address") },
      },
    },
    async (request) => {
      const { message, dryRun: dry, all, ...some } = request.query;
      const dryRun = dry === "true";
      if (all === undefined && Object.keys(some).length === 0)
        throw new AppError(
          "filter-required",
          "Say which sessions are meant: by user, userId, address or group, or all=true.",
        );
      if (some.address !== undefined && parseIpv4(some.address) === undefined) {
        const said = `${JSON.stringify(some.address)} is not an IPv4 address such as 203.0.113.7.`;
        throw new AppError("invalid-address", said, { field: "address" });
      }
      const choice: SessionChoice = { ...some, ...(all === undefined ? {} : { all: true }) };
      const sessions = dryRun ? concentrator.chosen(choice) : await concentrator.endSessions(choice, message);
      if (dryRun || sessions.length === 0) request.unaudited();
      // Each of them: whose it was is asked for later.
      else
        for (const { id, user: name } of sessions)
          request.audited({
            target: { kind: "session", name, id },
            effects: { endedTogether: sessions.length, ...request.query },
          });
      return { count: sessions.length, dryRun, items: sessions.map(liveSessionJson) };
    },
  );
}
