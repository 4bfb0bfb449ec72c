import { POLICY_FIELDS } from "../../server/policy/group-policy.ts";

/** A field that would be another, as the API has it. */
export interface Change {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** `rateDown: none -> 2000000`. */
export const changeText = ({ field, from, to }: Change): string =>
  field === "password" ? "another password" : `${field}: ${shownValue(from)} -> ${shownValue(to)}`;

const POLICY: ReadonlySet<string> = new Set(POLICY_FIELDS);

/** What is decided about somebody new, `comment=Room 7, rateDown=2000000`; not what a group adds to it. */
export function newText(changes: readonly Change[], kind: "group" | "user" = "user"): string {
  const told = changes.find(({ field }) => field === "own")?.to as readonly string[] | undefined;
  // Nothing being one's own is no change of somebody new; of a group all is.
  const own = kind === "group" ? null : (told ?? []);
  return changes
    .filter(({ field }) => !["name", "own", "password"].includes(field))
    .filter(({ field }) => own === null || !POLICY.has(field) || own.includes(field))
    .map(({ field, to }) => `${field}=${shownValue(to)}`)
    .join(", ");
}

/** A value of the API in a table: lists with semicolons between, labels as they are typed. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("; ");
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value);
  return entries.length === 0
    ? "none"
    : entries.map(([key, text]) => (text === "" ? key : `${key}=${text}`)).join("; ");
}
