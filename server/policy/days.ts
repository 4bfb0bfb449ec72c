/** In the order in which they are written; the index is Date's, with Sunday at 0. */
const NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Monday first, Sunday last; each day once. */
export const daysInOrder = (days: Iterable<number>): number[] =>
  [...new Set(days)].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));

/** "mon", "mon-fri", "sat,sun", "fri-mon" (over the weekend); undefined where it is none of these. */
export function parseDays(text: string): readonly number[] | undefined {
  const days: number[] = [];
  for (const part of text.split(",")) {
    const [first, last, ...more] = part.split("-").map((name) => NAMES.indexOf(name));
    if (first === undefined || first < 0 || last === -1 || more.length > 0) return undefined;
    const count = last === undefined ? 1 : ((last - first + 7) % 7) + 1;
    for (let i = 0; i < count; i++) days.push((first + i) % 7);
  }
  return daysInOrder(days);
}

/** Three days in a row, or more, as a range: "mon,tue,thu-sun". `days` as `daysInOrder` gives them. */
export function formatDays(days: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < days.length; ) {
    let end = i;
    while (end + 1 < days.length && days[end + 1] === (days[end]! + 1) % 7) end++;
    if (end - i >= 2) parts.push(`${NAMES[days[i]!]}-${NAMES[days[end]!]}`);
    else parts.push(...days.slice(i, end + 1).map((day) => NAMES[day]!));
    i = end + 1;
  }
  return parts.join(",");
}
