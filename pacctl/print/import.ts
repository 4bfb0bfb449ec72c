import type { Remark } from "../import/import-types.ts";
import type { Sent } from "../transfer/send-users.ts";
import { type Change, changeText, newText } from "./changes.ts";
import type { Column } from "./columns.ts";
import { wrapped } from "./wrapped.ts";

/** A line of what an import would do: one for each field that changes. */
export interface ImportRow {
  readonly line: number;
  readonly name: string;
  readonly would: string;
  readonly what: string;
  /** Is it the first line of that user? */
  readonly first: boolean;
}

export const IMPORT_COLUMNS: readonly Column<ImportRow>[] = [
  { key: "line", title: "LINE", value: (row) => (row.first ? `${row.line}` : ""), exact: (row) => row.line },
  { key: "name", title: "USER", value: (row) => (row.first ? row.name : ""), exact: (row) => row.name },
  {
    key: "would",
    title: "WOULD",
    value: (row) => (row.first ? row.would : ""),
    exact: (row) => row.would,
    whole: true,
  },
  { key: "what", title: "WHAT", value: (row) => row.what },
];

const WOULD: Readonly<Record<Sent["did"], string>> = {
  created: "create",
  changed: "change",
  unchanged: "nothing",
  kept: "stay",
  refused: "REFUSE",
  unknown: "?",
  "not sent": "?",
};

/** A user's lines. */
export function importRows({ user, did, result }: Sent): readonly ImportRow[] {
  const { line, name } = user;
  const one = (what: string, first = true): ImportRow => ({ line, name, would: WOULD[did], what, first });
  const changes: readonly Change[] = result?.changes ?? [];
  if (did === "kept") return [one("is there already; --update changes it")];
  if (did === "refused") return [one(result?.detail ?? "")];
  if (did === "changed") return changes.filter(tells).map((change, at) => one(changeText(change), at === 0));
  if (did !== "created") return [one("")];
  const password = user.password === undefined ? ["password generated"] : [];
  return [one([newText(changes), ...password].filter((text) => text !== "").join(", "))];
}

/** Which fields are a user's own follows from the others. */
const tells = ({ field }: Change): boolean => field !== "own";

/** Lines that are named where many say the same. */
const NAMED = 8;

/** What is not taken over: one sentence for all lines that it is true of. */
export function remarksText(remarks: readonly Remark[]): string {
  const lines = new Map<string, number[]>();
  for (const { line, text } of remarks) {
    const where = lines.get(text);
    if (where === undefined) lines.set(text, [line]);
    else where.push(line);
  }
  return [...lines].map(([text, where]) => wrapped(`${linesText(where)}: ${text}`)).join("");
}

function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`;
  const named = lines.slice(0, NAMED);
  const more = lines.length - named.length;
  if (more > 0) return `lines ${named.join(", ")} and ${more} more`;
  return `lines ${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** What was refused, a sentence each. */
export const refusalsText = (sent: readonly Sent[]): string =>
  sent
    .filter(({ did }) => did === "refused")
    .map(({ user, result }) => wrapped(`line ${user.line}, ${user.name}: ${result?.detail ?? result?.code}`))
    .join("");
