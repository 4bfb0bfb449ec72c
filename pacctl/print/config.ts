import { writtenValue } from "../../server/config/compare-configs.ts";
import type { WrittenValue } from "../../server/config/key-values.ts";
import type { Schemas } from "../typed-api.ts";
import { printable } from "./printable.ts";
import { table } from "./table.ts";

/** Each key with its value and where that comes from; at the end what waits for a reload or a restart. */
export function shownConfigText({ file, keys, fault }: Schemas["Config"]): string {
  const rows = keys.map(({ key, value, origin, line }) => [
    key,
    writtenValue(value),
    origin === "default" ? "default" : line === null ? "file" : `line ${line}`,
  ]);
  const waiting = keys.flatMap(({ key, value, inFile, counts }) =>
    inFile === null ? [] : [changeLine({ key, from: value, to: inFile, counts })],
  );
  return [
    `Configuration: ${file === null ? "built-in defaults" : printable(file)}\n`,
    table(["KEY", "VALUE", "FROM"], rows),
    ...(waiting.length === 0 ? [] : ["\nThe file says otherwise by now:\n", ...waiting]),
    ...(fault === null ? [] : [`\nThe file cannot be used as it is now:\n${indented(fault)}`]),
  ].join("");
}

/** What differs, a line each, and what puts it into effect. */
export function changesText(
  changes: readonly Schemas["ConfigCheck"]["changes"][number][],
  file: string,
): string {
  if (changes.length === 0) return `${printable(file)} says what runs.\n`;
  const restart = changes.some(({ counts }) => counts === "restart");
  const reload = changes.some(({ counts }) => counts !== "restart");
  return [
    ...changes.map(changeLine),
    ...(reload ? ["\n`pacctl reload` puts it into effect.\n"] : []),
    ...(restart
      ? [`${reload ? "" : "\n"}What needs a restart counts after \`systemctl restart pacd\`.\n`]
      : []),
  ].join("");
}

/** What a file says otherwise than the defaults, a line each. */
export const differencesText = (changes: readonly Schemas["ConfigCheck"]["changes"][number][]): string =>
  changes.map((change) => `  ${differenceText(change)}\n`).join("");

/** What is wrong, a line each, as a start would say it. */
export const faultsText = (faults: Schemas["ConfigCheck"]["faults"], file: string): string =>
  faults
    .map(
      ({ line, key, says }) => `${printable(`${file}:${line}: ${key === null ? "" : `${key}: `}${says}`)}\n`,
    )
    .join("");

const WHEN = {
  now: "at once",
  "next-dial": "for who dials from then on",
  restart: "needs a restart",
} as const;

function changeLine(change: Schemas["ConfigCheck"]["changes"][number]): string {
  return `  ${differenceText(change)}  (${WHEN[change.counts]})\n`;
}

function differenceText({ key, from, to }: Schemas["ConfigCheck"]["changes"][number]): string {
  const text = (value: WrittenValue | null) => (value === null ? "(not there)" : writtenValue(value));
  return printable(`${key}: ${text(from)} -> ${text(to)}`);
}

const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => `  ${printable(line)}\n`)
    .join("");
