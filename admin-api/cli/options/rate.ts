import { InvalidArgumentError } from "commander";

/** Powers of a thousand, as those who sell lines count. */
const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };

/** `10M`, `1.5M`, `512k`, or plain bits a second. Throws commander's InvalidArgumentError. */
export function rate(text: string): number {
  const [, count, unit = ""] = /^(\d{1,12}(?:\.\d{1,9})?)([kmg]?)$/i.exec(text) ?? [];
  const bits = Number(count) * FACTORS[unit.toLowerCase()]!;
  if (count === undefined || !Number.isInteger(Math.round(bits * 1e3) / 1e3)) {
    throw new InvalidArgumentError("Write it in bits a second, like 10M, 1.5M or 512k.");
  }
  return Math.round(bits);
}
