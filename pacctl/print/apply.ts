import type { Place } from "../transfer/document.ts";
import type { Schemas } from "../typed-api.ts";
import { changeText, newText } from "./changes.ts";
import type { Column } from "./columns.ts";
import { wrapped } from "./wrapped.ts";

type Result = Schemas["ApplyRowResult"];

/** A line of what a document would change: one for each field. */
interface ApplyLine {
  readonly kind: string;
  readonly name: string;
  readonly would: string;
  readonly what: string;
  readonly first: boolean;
}

const once = (text: (line: ApplyLine) => string) => (line: ApplyLine) => (line.first ? text(line) : "");

export const APPLY_COLUMNS: readonly Column<ApplyLine>[] = [
  {
    key: "would",
    title: "WOULD",
    value: once(({ would }) => would),
    exact: ({ would }) => would,
    whole: true,
  },
  { key: "kind", title: "WHAT", value: once(({ kind }) => kind), exact: ({ kind }) => kind, whole: true },
  { key: "name", title: "NAME", value: once(({ name }) => name), exact: ({ name }) => name },
  { key: "change", title: "CHANGE", value: ({ what }) => what },
];

const WOULD: Readonly<Record<Result["did"], string>> = {
  created: "create",
  changed: "change",
  unchanged: "nothing",
  removed: "remove",
  refused: "REFUSE",
};

/** What a document would change; what it leaves as it is has no line. */
export const applyLines = (rows: readonly Result[]): readonly ApplyLine[] =>
  rows.filter(({ did }) => did !== "unchanged").flatMap(linesOf);

function linesOf({ kind, name, did, changes = [], detail = "" }: Result): readonly ApplyLine[] {
  const line = (what: string, first = true): ApplyLine => ({ kind, name, would: WOULD[did], what, first });
  if (did === "refused") return [line(detail)];
  if (did === "changed")
    return changes
      .filter(({ field }) => field !== "own")
      .map((change, at) => line(changeText(change), at === 0));
  return [line(newText(changes, kind))];
}

/** What was refused, each with its line in the document. */
export const refusalLines = (
  rows: readonly Result[],
  places: readonly Place[],
  path: string,
): readonly string[] =>
  rows.flatMap(({ kind, name, did, code, detail, field }, at) => {
    if (did !== "refused") return [];
    const place = places[at];
    const line = place?.fields.get(field ?? "") ?? place?.line;
    const where = line === undefined ? "" : `${path}, line ${line}: `;
    return [`${where}${kind} ${JSON.stringify(name)}: ${detail ?? code}`];
  });

const COUNTED = [
  ["created", "added"],
  ["changed", "changed"],
  ["removed", "removed"],
  ["refused", "refused"],
  ["unchanged", "unchanged"],
] as const;

/** `2 added, 1 removed; 3 sessions end`. */
export function applyCounts(result: Schemas["ApplyResult"]): string {
  const parts = COUNTED.filter(([did]) => result[did] > 0).map(([did, word]) => `${result[did]} ${word}`);
  const { sessionsEnded } = result.effects;
  const ends = sessionsEnded === 0 ? "" : `; sessions that end by it: ${sessionsEnded}`;
  return (parts.length === 0 ? "nothing" : parts.join(", ")) + ends;
}

export const doneText = (result: Schemas["ApplyResult"]): string => wrapped(`Done: ${applyCounts(result)}.`);
