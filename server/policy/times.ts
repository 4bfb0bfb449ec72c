/** RFC 3339 §5.6, with the seconds left out if need be: date, time of day, zone. */
const TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * A time with its zone as ISO 8601 in UTC with milliseconds: of two such texts the earlier time sorts first.
 * Undefined for what is none, a thirtieth of February, or a year that has not four digits.
 */
export function utcTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  // Date would take a thirtieth of February for the second of March.
  if (new Date(Date.UTC(year!, month! - 1, day!)).getUTCDate() !== day) return undefined;
  const utc = new Date(text.toUpperCase().replace(" ", "T")).toISOString();
  return utc.length === "2026-03-01T08:00:00.000Z".length ? utc : undefined;
}
