import { Readable } from "node:stream";
import { guarded } from "../schemas/answers.ts";
import { BackupFile } from "../schemas/backup.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/backups`: this server in one file, made while it serves. */
export function addBackupRoutes(app: App, { backup }: Services): void {
  app.post(
    "/backups",
    {
      config: { role: "admin" },
      schema: {
        tags: ["server"],
        operationId: "createBackup",
        summary: "Make a backup, and hand it out",
        description:
          "Database, secret key, API token and configuration: whoever has the file can log in as anybody. `pacctl backup create` " +
          "encrypts it on the way to the disk. An answer that breaks off is no backup; the checksum at its end tells.",
        response: { 200: BackupFile, ...guarded("backup-running") },
      },
    },
    async (request, reply) => {
      const { length, name, octets, close } = await backup();
      reply.raw.once("close", close);
      request.audited({ target: { kind: "backup", name }, effects: { octets: length } });
      return reply
        .type("application/x-tar")
        .header("content-length", length)
        .header("content-disposition", `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`)
        .send(Readable.from(octets, { objectMode: false }));
    },
  );
}
