import { AppError } from "../errors/app-error.ts";

/** Is this store-unavailable: the database cannot be used now, by nobody's mistake? */
export const isStoreUnavailable = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === "store-unavailable";

/** Is this store-unavailable because another program holds the lock, which it may give back at any moment? */
export const isLocked = (error: unknown): boolean =>
  isStoreUnavailable(error) && error.details["reason"] === "locked";
