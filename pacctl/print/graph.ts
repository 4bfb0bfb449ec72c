/** From nothing to most. */
const BARS = " ▁▂▃▄▅▆▇█";

/** A row of bars, one a value; the greatest is a full one, and what is more than nothing is shown. */
export function graph(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  return values
    .map(
      (value) =>
        BARS[value <= 0 || most === 0 ? 0 : Math.max(1, Math.round((value / most) * (BARS.length - 1)))],
    )
    .join("");
}
