import type { AppError } from "../../../server/errors/app-error.ts";

/** Why this host makes no tunnel: in the words of pacctl, where the sentence that there is speaks of pacd. */
export const hostSentence = (error: AppError): string =>
  error.code === "host-no-raw-socket" ? "The kernel refuses pacctl a raw socket for GRE." : error.message;
