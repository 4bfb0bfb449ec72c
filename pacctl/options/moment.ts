import { InvalidArgumentError } from "commander";

/** A date, then perhaps a time of day, then perhaps a zone. */
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * `2027-01-01`, `2027-01-01T08:00`, a full ISO 8601 time, or `now`, as ISO 8601 in UTC. Without a zone: that
 * of this host; without a time of day: its first moment. Throws commander's InvalidArgumentError.
 */
export function moment(text: string, now: Date): string {
  if (text === "now") return now.toISOString();
  const [, year, month, day, time = "00:00", zone = ""] = MOMENT.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T${time}${zone.toUpperCase()}`);
  // Date would take a thirtieth of February for the second of March.
  const exists =
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (Number.isNaN(date.getTime()) || !exists) {
    throw new InvalidArgumentError("Write it like 2027-01-01, 2027-01-01T08:00 or 2027-01-01T07:00:00Z.");
  }
  return date.toISOString();
}
