import { InvalidArgumentError } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { lengthOfTime } from "./length-of-time.ts";

/** Ours: who waits longer has forgotten it. In seconds. */
const MOST = 86_400;

/** `30s`, `2m`, or seconds alone, in milliseconds. Throws usage. */
export function timeLimit(text: string): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : written(text);
  if (seconds === undefined || seconds < 1 || seconds > MOST)
    throw new AppError("usage", "--timeout is a time from 1s to 24h, like 30s or 2m.");
  return seconds * 1000;
}

function written(text: string): number | undefined {
  try {
    return lengthOfTime(text);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return undefined;
    throw error;
  }
}
