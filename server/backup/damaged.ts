import { AppError } from "../errors/app-error.ts";

/** backup-damaged: `what` was seen. */
export const damaged = (what: string): AppError =>
  new AppError(
    "backup-damaged",
    `The backup is damaged: ${what}. Copy it again from where it was made, or take an older one.`,
  );

/** backup-damaged: it is not damaged, but something else. */
export const noBackup = (): AppError =>
  new AppError("backup-damaged", "This is no backup of pacd: nothing in it says so.");
