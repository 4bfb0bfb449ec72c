import type { Millis } from "./units.ts";

/**
 * A length of time for people, in its two largest units: `0.4 s`, `12.3 s`, `1 min 30 s`, `2 h`, `3 d 4 h`.
 */
export function lengthOfTime(time: Millis): string {
  const whole = Math.floor(time / 1000);
  if (whole < 60) return `${(Math.floor(time / 100) / 10).toFixed(1)} s`;
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
