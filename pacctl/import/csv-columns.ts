import { POLICY_FIELDS } from "../../server/policy/group-policy.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import { NAMES_OF_FIELDS } from "../options/policy-options.ts";
import {
  type Cell,
  choiceCell,
  countCell,
  flagCell,
  labelsCell,
  listCell,
  momentCell,
  nullableTextCell,
  rateCell,
  serversCell,
  textCell,
  timeCell,
} from "./csv-cells.ts";

const POLICY_CELLS: { readonly [Field in keyof UserPolicy]: Cell } = {
  enabled: flagCell,
  validFrom: momentCell,
  validUntil: momentCell,
  allowedHours: listCell,
  allowedSources: listCell,
  staticAddress: nullableTextCell,
  pool: nullableTextCell,
  dns: serversCell,
  encryption: choiceCell("required", "optional"),
  sessionTimeout: timeCell,
  idleTimeout: timeCell,
  maxSessions: countCell,
  whenExceeded: choiceCell("deny", "replace"),
  rateUp: rateCell,
  rateDown: rateCell,
  allowedDestinations: listCell,
  passwordExpiresAt: momentCell,
};

/** Columns of a list of users, under the names of the API. */
export const CSV_CELLS: Readonly<Record<string, Cell>> = {
  name: textCell,
  password: textCell,
  group: textCell,
  comment: textCell,
  labels: labelsCell,
  ...Object.fromEntries(POLICY_FIELDS.map((field) => [field, POLICY_CELLS[field]])),
  recoverablePassword: flagCell,
};

/** The key of a label that has a column of its own. */
export const LABEL_COLUMN = /^labels\.(.+)$/i;

/** An empty cell says nothing about these; about all else, that nobody decides it. */
export const SAYS_NOTHING: ReadonlySet<string> = new Set([
  "name",
  "password",
  "recoverablePassword",
  "passwordExpiresAt",
]);

/** Other names for columns, as people head them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  user: "name",
  username: "name",
  login: "name",
  pass: "password",
  secret: "password",
  address: "staticAddress",
  ip: "staticAddress",
  ipaddress: "staticAddress",
  note: "comment",
  label: "labels",
  ...Object.fromEntries(Object.entries(NAMES_OF_FIELDS).map(([name, field]) => [plain(name), field])),
};

const BY_PLAIN_NAME = new Map<string, string>([
  ...Object.entries(OTHER_NAMES),
  ...Object.keys(CSV_CELLS).map((field): [string, string] => [plain(field), field]),
]);

/** Case, spaces, `-` and `_` in a heading make no difference. */
function plain(heading: string): string {
  return heading.toLowerCase().replace(/[\s_-]/g, "");
}

/** The column that a heading means; `labels.KEY` is itself. Undefined: none. */
export function columnOf(heading: string): string | undefined {
  const label = LABEL_COLUMN.exec(heading.trim());
  return label === null ? BY_PLAIN_NAME.get(plain(heading)) : `labels.${label[1]}`;
}

/** What a spreadsheet would take for a formula, with apostrophes before it or without. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula; `unguarded` takes that back. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
export const unguarded = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
