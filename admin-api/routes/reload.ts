import { guardedBody } from "../schemas/answers.ts";
import { reference } from "../schemas/reference.ts";
import { Reload, ReloadRequest } from "../schemas/reload.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/config:reload`: the configuration file is read again. */
export function addReloadRoute(app: App, { reload }: Pick<Services, "reload">): void {
  app.post(
    // Two colons are one to the router, whose parameters begin with a colon.
    "/config::reload",
    {
      config: { role: "admin" },
      schema: {
        tags: ["server"],
        operationId: "reloadConfig",
        summary: "Read the configuration file again and put it into effect",
        description:
          "All or nothing: where the file is wrong, or the host refuses something of it, nothing is changed, and the " +
          "problem names each fault (`faults`) and what it is (`because`, a code of the start). `dryRun` says what would " +
          "come of it. Sessions go on, but for those whose address is in no pool any more. Where `admin.listen` changes, " +
          "this answer still comes, and the next request goes to the new address.",
        body: ReloadRequest,
        response: { 200: reference(Reload), ...guardedBody("reload-refused") },
      },
    },
    async (request) => {
      const report = await reload(request.body.dryRun === true);
      if (!report.dryRun) request.audited(auditOf(report));
      return {
        ...report,
        changes: report.changes.map(({ key, from, to, counts }) => ({
          key,
          from: plain(from),
          to: plain(to),
          counts,
        })),
        notes: [...report.notes],
      };
    },
  );
}

/** Keys and their values, beside how many sessions it cost. */
function auditOf({ file, changes, sessions }: Awaited<ReturnType<Services["reload"]>>) {
  const values = (side: "from" | "to") =>
    Object.fromEntries(changes.map((change) => [change.key, plain(change[side])]));
  return {
    target: { kind: "config", name: file },
    before: values("from"),
    after: values("to"),
    effects: { sessionsEnded: sessions.ended, changed: changes.length },
  };
}

type Written = Awaited<ReturnType<Services["reload"]>>["changes"][number]["to"];

/** A list of the answer's own; null for what is not there. */
const plain = (value: Written) =>
  value === undefined ? null : typeof value === "object" ? [...value] : value;
