import { guarded } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { Status } from "../schemas/status.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/status`: pacd at this moment. */
export function addStatusRoute(app: App, { store, concentrator, version, certificate }: Services): void {
  app.get(
    "/status",
    {
      schema: {
        tags: ["server"],
        operationId: "getStatus",
        summary: "Show what pacd does at this moment",
        description:
          "State of the host, pools and records are looked at when asked. `conditions` says what keeps pacd from doing all it should, and what to do.",
        response: { 200: reference(Status), ...guarded() },
      },
    },
    async () => {
      const status = concentrator.status();
      return {
        ...status,
        pools: [...status.pools],
        listens: [...status.listens],
        conditions: status.conditions.map(({ lasts: _, ...condition }) => condition),
        version,
        users: await store.users.count(),
        certificate: certificate() ?? null,
        lastBackupAt: store.backups.lastAt,
        weakOptions: [...(await concentrator.weakOptions())],
      };
    },
  );
}
