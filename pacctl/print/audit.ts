import type { Schemas } from "../typed-api.ts";
import { instant } from "./quantities.ts";
import { facts } from "./table.ts";

export type AuditJson = Schemas["Audit"];

/** Who, in a word or two: `olga`, `token ci`, `root (socket)`, `somebody`. */
export function actorText({ actor }: AuditJson): string {
  const name = actor.name ?? "";
  switch (actor.kind) {
    case "pacd":
      return "pacd";
    case "nobody":
      return name === "" ? "somebody" : `somebody as ${name}`;
    case "socket":
      return `${name} (socket)`;
    case "token":
      return `token ${name}`;
    default:
      return name;
  }
}

/** To what: `user anna`, `session 1f0c…`. */
export const targetText = ({ target }: AuditJson): string =>
  [target.kind, target.name ?? target.id].filter((part) => part !== null).join(" ");

/** How it came out, with the code where it was not done, and how often where that is counted. */
export const resultText = ({ result, code, count }: AuditJson): string =>
  (code === null ? result : `${result}: ${code}`) + (count === 1 ? "" : ` (${count} times)`);

/** What differs, a line each, in words that fit a table: `enabled: true → false`. */
function changeLines({ before, after }: Pick<AuditJson, "before" | "after">): readonly string[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields.map((field) => {
    if (before === null) return `${field}: ${valueText(after?.[field])}`;
    if (after === null) return `${field}: ${valueText(before[field])} → gone`;
    return `${field}: ${valueText(before[field])} → ${valueText(after[field])}`;
  });
}

/**
 * What differs, in one line. Which fields are a user's own follows from those that were changed beside it;
 * nothing for who was added or removed.
 */
export function changeSummary({ before, after }: AuditJson): string {
  if (before === null || after === null) return "";
  const lines = changeLines({ before, after });
  const others = lines.filter((line) => !line.startsWith("own: "));
  return (others.length === 0 ? lines : others).join(", ").replaceAll(" → ", "→");
}

/** One record, whole. */
export function auditText(record: AuditJson): string {
  const { at, lastAt, count, actor, from, requestId, action, target, effects, status, id } = record;
  const role = actor.role === null ? "" : `, ${actor.role}`;
  const where = from.pid === null ? (from.address ?? "-") : `${from.address}, process ${from.pid}`;
  return facts([
    ["When", instant(at)],
    ...(count === 1 ? [] : ([["Last", instant(lastAt)]] as const)),
    ["Who", `${actorText(record)}${role}`],
    ["From", where],
    ["Action", action],
    ["Target", targetText(record)],
    ...(target.name !== null && target.id !== null ? ([["Target ID", target.id]] as const) : []),
    ["Result", `${resultText(record)}${status === null ? "" : ` (HTTP ${status})`}`],
    ...changeLines(record).map((line, index) => [index === 0 ? "Changed" : "", line] as const),
    ...Object.entries(effects ?? {}).map(
      ([name, value], index) => [index === 0 ? "Effects" : "", `${name}: ${valueText(value)}`] as const,
    ),
    ["Request", requestId ?? "-"],
    ["ID", id],
  ]);
}

const valueText = (value: unknown): string =>
  value === undefined || value === null ? "none" : typeof value === "string" ? value : JSON.stringify(value);
