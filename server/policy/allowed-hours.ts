import { daysInOrder, formatDays, parseDays } from "./days.ts";
import { type Parsed, quoted, remembering } from "./parsed.ts";

/** Ours: texts in one list. */
export const MAX_ALLOWED_HOURS = 32;

/** Ours: seven days by name, a span of hours and generous spaces; nothing longer is looked at. */
const MAX_TEXT = 80;

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** The same span of minutes on some days of the week. */
export interface AllowedHours {
  /** 0 is Sunday, 6 Saturday, as Date counts; Monday first, without repetition. */
  readonly days: readonly number[];
  /** Minutes of the day, 0 to 1439. */
  readonly from: number;
  /** 1 to 1440; not after `from`: the span ends on the next day. */
  readonly to: number;
}

/** A moment as the clock on the wall and the calendar beside it show it. */
export interface LocalMoment {
  /** 0 is Sunday, 6 Saturday. */
  readonly weekday: number;
  /** 0 to 1439. */
  readonly minuteOfDay: number;
  /** 0 to 59. */
  readonly second: number;
}

/** In the time zone of this host. */
export const localMoment = (date: Date): LocalMoment => ({
  weekday: date.getDay(),
  minuteOfDay: date.getHours() * 60 + date.getMinutes(),
  second: date.getSeconds(),
});

const SPAN = /^(?<fromHour>\d{1,2}):(?<fromMinute>\d\d)-(?<toHour>\d{1,2}):(?<toMinute>\d\d)$/;

/**
 * "mon-fri 08:00-18:00", "sat,sun 10:00-14:00", "22:00-06:00" (each day, into the next one), "mon-fri" (whole
 * days). 24:00 is the end of a day.
 */
export function parseAllowedHours(text: string): Parsed<AllowedHours> {
  const words = text.length > MAX_TEXT ? [] : inWords(text);
  const [daysText, spanText] = words.at(-1)?.includes(":") ? [words.at(-2), words.at(-1)!] : [words[0], ""];
  const expected = (daysText === undefined ? 0 : 1) + (spanText === "" ? 0 : 1);
  const days = daysText === undefined ? daysInOrder([0, 1, 2, 3, 4, 5, 6]) : parseDays(daysText);
  const span = spanText === "" ? { from: 0, to: DAY } : parseSpan(spanText);
  if (words.length === 0 || words.length !== expected || days === undefined || span === undefined)
    return {
      ok: false,
      says: `${quoted(text)} are not hours like "mon-fri 08:00-18:00", "sat,sun", or "22:00-06:00".`,
    };
  if (span.from === span.to)
    return { ok: false, says: `${quoted(text)} ends when it begins; a whole day is 00:00-24:00.` };
  return { ok: true, value: { days, ...span } };
}

const storedHours = remembering(parseAllowedHours);

/** The normal form: days from Monday on, joined where they can be; left out where they say nothing. */
export function formatAllowedHours({ days, from, to }: AllowedHours): string {
  const names = formatDays(days);
  if (from === 0 && to === DAY) return names;
  const span = `${clock(from)}-${clock(to)}`;
  return days.length === 7 ? span : `${names} ${span}`;
}

/**
 * May the user be connected at this moment? An empty list: at any. A text that is none of ours allows
 * nothing.
 */
export const allowsMoment = (hours: readonly string[], moment: LocalMoment): boolean =>
  secondsLeft(hours, moment) !== 0;

/**
 * Seconds until the hours that are open now close; undefined: they never do; 0: they are closed. Windows that
 * touch are one. It counts on the wall clock, so it errs by an hour across a change of summer time: ask again
 * at the end of it, and better each hour.
 */
export function secondsLeft(hours: readonly string[], moment: LocalMoment): number | undefined {
  if (hours.length === 0) return undefined;
  const windows = hours.flatMap((text) => {
    const parsed = storedHours(text);
    return parsed.ok ? [parsed.value] : [];
  });
  const now = moment.weekday * DAY + moment.minuteOfDay;
  let left = 0;
  for (;;) {
    const more = minutesOpen(windows, (now + left) % WEEK);
    if (more === 0) return left === 0 ? 0 : left * 60 - moment.second;
    left += more;
    if (left >= WEEK) return undefined;
  }
}

/** How long any one of the windows stays open that are open at this minute of the week. */
function minutesOpen(windows: readonly AllowedHours[], minute: number): number {
  let longest = 0;
  for (const { days, from, to } of windows) {
    const length = to > from ? to - from : to - from + DAY;
    for (const day of days) {
      const since = (minute - (day * DAY + from) + WEEK) % WEEK;
      longest = Math.max(longest, length - since);
    }
  }
  return longest;
}

/** Lower case, and no spaces around "-" and ",". */
const inWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/\s*([-,])\s*/g, "$1")
    .split(/\s+/)
    .filter((word) => word !== "");

/** Midnight is the beginning of a day where a span begins, and the end of one where it ends. */
function parseSpan(text: string): { readonly from: number; readonly to: number } | undefined {
  const groups = SPAN.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const from = minuteOf(groups["fromHour"]!, groups["fromMinute"]!);
  const to = minuteOf(groups["toHour"]!, groups["toMinute"]!);
  if (from === undefined || to === undefined || from === DAY) return undefined;
  return { from, to: to === 0 && from !== 0 ? DAY : to };
}

/** 24:00 included. */
function minuteOf(hourText: string, minuteText: string): number | undefined {
  const [hour, minute] = [Number(hourText), Number(minuteText)];
  return minute > 59 || hour * 60 + minute > DAY ? undefined : hour * 60 + minute;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
