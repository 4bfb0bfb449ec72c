import type { Readable } from "node:stream";
import { Type } from "typebox";

/** The answer of `POST /backups`. */
export const BackupFile = {
  description: "The backup; docs/backup-format.md says what is in it",
  content: {
    "application/x-tar": {
      schema: Type.Unsafe<Readable>({ type: "string", format: "binary", description: "A tar archive" }),
    },
  },
};
