/** TZ as pacd was started with it; undefined: the host's own time zone holds. */
const GIVEN = process.env["TZ"];

/**
 * Takes over the time zone that the host has now: Node looks at it when it starts, and again only where TZ
 * changes. Takes 50 µs. Where pacd was started with TZ, that holds.
 */
export function rereadTimeZone(): void {
  if (GIVEN === undefined) delete process.env["TZ"];
}
