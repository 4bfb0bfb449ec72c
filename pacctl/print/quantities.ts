const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Octets for people: `0 B`, `1.5 KiB`, `20.0 MiB`. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  // 1023.95 would be shown as 1024.0.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/** Whole seconds for people, in the two largest units, or in more: `0s`, `1m 30s`, `2h 5m`, `3d 4h`. */
export function duration(seconds: number, units = 2): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return "0s";
  return parts
    .slice(first, first + units)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");
}

/** The time from an instant of the API to `now`. */
export const since = (iso: string, now: Date): string => duration((now.getTime() - Date.parse(iso)) / 1000);

/** An instant of the API without its milliseconds, in UTC: `2026-03-01 10:00:00Z`. */
export const instant = (iso: string): string => iso.replace("T", " ").replace(/\.\d+Z$/, "Z");

/**
 * An instant of the API in the time zone of this host: to the minute, or as exactly as it is. In the hour
 * that the end of summer time has twice, the offset stands behind it. An option that takes a moment takes
 * this text.
 */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const ms = date.getMilliseconds();
  const fraction = ms === 0 ? "" : `.${String(ms).padStart(3, "0")}`;
  const seconds = date.getSeconds() === 0 && ms === 0 ? "" : `:${two(date.getSeconds())}${fraction}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
  const plain = `${day} ${time}`;
  if (new Date(`${day}T${time}`).getTime() === date.getTime()) return plain;
  const ahead = -date.getTimezoneOffset();
  const offset = `${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
  return `${plain}${ahead < 0 ? "-" : "+"}${offset}`;
}

/** Bits a second for people, exactly: `64 kbit/s`, `1.5 Mbit/s`. */
export function bitRate(bits: number): string {
  const [factor, unit] = RATES.find(([least]) => bits >= least) ?? [1, "bit/s"];
  return `${bits / factor} ${unit}`;
}

const RATES = [
  [1e9, "Gbit/s"],
  [1e6, "Mbit/s"],
  [1e3, "kbit/s"],
] as const;
