import { InvalidArgumentError } from "commander";

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/**
 * `8h`, `1h30m`, `1h 30m` or `90s` in seconds. A number alone is refused: who writes 8 for a session means
 * hours, and seconds would end it at once. Throws commander's InvalidArgumentError.
 */
export function lengthOfTime(text: string): number {
  if (!/^\d{1,9}[dhms](?: ?\d{1,9}[dhms])*$/.test(text)) {
    throw new InvalidArgumentError("Write it like 8h, 30m, 90s or 1h30m.");
  }
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([dhms])/g)) seconds += Number(count) * SECONDS[unit!]!;
  return seconds;
}
