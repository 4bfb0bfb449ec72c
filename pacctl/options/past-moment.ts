import { InvalidArgumentError } from "commander";
import { lengthOfTime } from "./length-of-time.ts";
import { moment } from "./moment.ts";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** So long ago. */
const RELATIVE = /^\d{1,9}[dhms](?: ?\d{1,9}[dhms])*$/;

/** A day by its name, then perhaps a time of day. */
const NAMED = /^(today|yesterday|[a-z]{3,9})(?: (\d\d?):(\d\d))?$/i;

/**
 * A moment that has been: `2h` before now, `tuesday 10:00` (the last one, today included where that is over),
 * `yesterday`, or what `moment` takes. In the time zone of this host. Throws commander's
 * InvalidArgumentError.
 */
export function pastMoment(text: string, now: Date): string {
  if (RELATIVE.test(text)) return new Date(now.getTime() - lengthOfTime(text) * 1000).toISOString();
  const [, name, hours = "0", minutes = "0"] = NAMED.exec(text) ?? [];
  const back = name === undefined ? undefined : daysBack(name.toLowerCase(), now);
  if (back !== undefined && Number(hours) < 24 && Number(minutes) < 60) {
    const at = (days: number) =>
      new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, Number(hours), Number(minutes));
    const found = at(back);
    return (
      found > now && DAYS.some((day) => day.startsWith(name!.toLowerCase())) ? at(back + 7) : found
    ).toISOString();
  }
  try {
    return moment(text, now);
  } catch {
    throw new InvalidArgumentError(
      "Write it like 2h or 1d12h (so long ago), tuesday 10:00, yesterday, 2026-11-24 or 2026-11-24T10:00.",
    );
  }
}

/** How many days ago a day of that name began; undefined: it is none. */
function daysBack(name: string, now: Date): number | undefined {
  if (name === "today") return 0;
  if (name === "yesterday") return 1;
  const day = DAYS.findIndex((one) => one.startsWith(name));
  return day === -1 ? undefined : (now.getDay() - day + 7) % 7;
}
