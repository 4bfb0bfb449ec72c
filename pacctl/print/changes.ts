/** A field that would be another, as the API has it. */
export interface Change {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** `rateDown: none -> 2000000`. */
export const changeText = ({ field, from, to }: Change): string =>
  field === "password" ? "another password" : `${field}: ${shownValue(from)} -> ${shownValue(to)}`;

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
