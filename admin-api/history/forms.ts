import { stringify } from "csv-stringify/sync";

/** How an export is written. */
export const FORMS = ["json", "ndjson", "csv"] as const;

export type Form = (typeof FORMS)[number];

/** Content types of exports. */
export const FORM_TYPES = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
} as const;

/** Columns of an export: what stands in the first line, and where it is in the JSON. */
export interface Field {
  readonly name: string;
  readonly path: readonly string[];
}

const fields = (...names: readonly string[]): readonly Field[] =>
  names.map((name) => ({ name, path: name.split(".") }));

/** Everything that a session's JSON has. */
export const SESSION_FIELDS = fields(
  "id",
  "state",
  "user",
  "userId",
  "group",
  "groupId",
  "clientAddress",
  "assignedAddress",
  "pool",
  "connectedAt",
  "disconnectedAt",
  "durationSeconds",
  "endReason",
  "encryption",
  "mtu",
  "rxBytes",
  "txBytes",
  "rxPackets",
  "txPackets",
  "lastActivity",
  "attemptId",
);

export const ATTEMPT_FIELDS = fields(
  "id",
  "startedAt",
  "endedAt",
  "clientAddress",
  "user",
  "userId",
  "sessionId",
  "setupMs",
  "count",
  "firstAt",
  "verdict.code",
  "verdict.cause",
  "verdict.evidence",
  "verdict.remedy",
);

export const TOTAL_FIELDS = fields(
  "day",
  "user",
  "userId",
  "group",
  "groupId",
  "pool",
  "sessions",
  "seconds",
  "rxBytes",
  "txBytes",
  "rxPackets",
  "txPackets",
);

/** The first line of an export; "" where the form has none. */
export const heading = (columns: readonly Field[], form: Form): string =>
  form === "csv" ? line(columns.map(({ name }) => name)) : "";

/** One record. JSON stands in an array and so ends without a line break; the others are lines. */
export function shape(json: object, columns: readonly Field[], form: Form): string {
  if (form === "csv") return line(columns.map(({ path }) => cell(json, path)));
  return form === "json" ? JSON.stringify(json) : `${JSON.stringify(json)}\n`;
}

const cell = (json: object, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], json);

/**
 * RFC 4180. A name that a spreadsheet would take for a formula, since it begins with = + - @ or a control
 * character, gets an apostrophe in front (CWE-1236).
 */
const line = (cells: readonly unknown[]): string =>
  stringify([cells], { record_delimiter: "windows", escape_formulas: true });
