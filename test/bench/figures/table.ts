import { type Figure, type Result, reached, type Target } from "./result.ts";
import { spread } from "./statistics.ts";

/** Digits that matter: 1,234, 123, 12.3, 1.23, 0.12. */
export function shown(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en-US");
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** One benchmark for people. */
export function tableOf(result: Result): string {
  const heading = `${result.number}. ${result.title}`;
  const figures = result.figures.map((figure) => [...cells(figure), ""]);
  const goals = result.goals.map((goal) => [
    ...cells(goal),
    `${words(goal.target)}: ${reached(goal) ? "reached" : "NOT REACHED"}`,
  ]);
  const notes = result.notes.map((note) => `   ${note}`);
  return [heading, "", ...aligned([...figures, ...goals]), ...notes, ""].join("\n");
}

function cells({ what, unit, values }: Figure): string[] {
  const { median, min, max } = spread(values);
  return [what, shown(median), unit, values.length === 1 ? "" : `${shown(min)} … ${shown(max)}`];
}

const words = (target: Target): string =>
  "atLeast" in target ? `at least ${shown(target.atLeast)}` : `at most ${shown(target.atMost)}`;

/** Numbers stand right, words left. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    `   ${row.map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join("  ")}`.trimEnd(),
  );
}
