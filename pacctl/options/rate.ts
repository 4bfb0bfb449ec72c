import { InvalidArgumentError } from "commander";

/** Powers of a thousand, as those who sell lines count. */
const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };

/** The end of a rate as pacctl prints it. */
const SHOWN = / ?([kmg]?)bit\/s$/i;

/**
 * `10M`, `1.5M`, `512k`, plain bits a second, or as it is shown, `10 Mbit/s`. Throws commander's
 * InvalidArgumentError.
 */
export function rate(text: string): number {
  const [, count, unit = ""] = /^(\d{1,12}(?:\.\d{1,9})?)([kmg]?)$/i.exec(text.replace(SHOWN, "$1")) ?? [];
  const bits = Number(count) * FACTORS[unit.toLowerCase()]!;
  if (count === undefined || !Number.isInteger(Math.round(bits * 1e3) / 1e3)) {
    throw new InvalidArgumentError("Write it in bits a second, like 10M, 1.5M or 512k.");
  }
  return Math.round(bits);
}
