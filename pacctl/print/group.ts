import { GROUP_FIELDS, type GroupField } from "../../server/policy/group-policy.ts";
import { NAMES_OF_FIELDS } from "../options/policy-options.ts";
import type { Schemas } from "../typed-api.ts";
import { type Column, momentColumn } from "./columns.ts";
import { bitRate, duration, instant, localTime } from "./quantities.ts";
import { facts } from "./table.ts";

export type GroupJson = Schemas["Group"];

export const GROUP_COLUMNS: readonly Column<GroupJson>[] = [
  { key: "name", title: "NAME", value: (one) => one.name },
  { key: "users", title: "USERS", value: (one) => String(one.users), exact: (one) => one.users, whole: true },
  { key: "decides", title: "DECIDES", value: (one) => decided(one).map(optionOf).join(", ") || "-" },
  { key: "comment", title: "COMMENT", value: (one) => one.comment || "-", spare: true },
  momentColumn("created", "CREATED", (one) => one.createdAt, { wide: true }),
  { key: "id", title: "ID", value: (one) => one.id, exact: (one) => one.id, id: true, wide: true },
];

const decided = (group: GroupJson) => GROUP_FIELDS.filter((field) => group[field] !== null);

const OPTIONS = new Map(Object.entries(NAMES_OF_FIELDS).map(([name, field]) => [field, name]));
const optionOf = (field: GroupField): string => OPTIONS.get(field) ?? field;

/** What the group decides, by the names of the options, and nothing of the rest. */
export const groupFacts = (group: GroupJson): string =>
  facts([
    ["Name", group.name],
    ...(group.comment === "" ? [] : [["Comment", group.comment] as const]),
    ["Users", String(group.users)],
    ...(decided(group).length === 0 ? [["Decides", "nothing"] as const] : []),
    ...decided(group).map((field) => [optionOf(field), valueText(field, group[field])] as const),
    ["Created", instant(group.createdAt)],
    ["Changed", instant(group.updatedAt)],
    ["ID", group.id],
  ]);

function valueText(field: GroupField, value: GroupJson[GroupField]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("; ");
  if (typeof value === "number") {
    if (field.startsWith("rate")) return bitRate(value);
    return field === "maxSessions" ? String(value) : duration(value, 4);
  }
  return field.startsWith("valid") ? localTime(String(value)) : String(value);
}
