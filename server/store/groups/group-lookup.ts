import { type RawBuilder, sql } from "kysely";
import { nameKey } from "../../names/user-name.ts";
import type { GroupRef } from "./group-types.ts";

/** The one group that is meant, for any statement on `groups`. */
export const isGroup = (ref: GroupRef): RawBuilder<boolean> =>
  typeof ref === "string"
    ? sql<boolean>`groups.name_key = ${nameKey(ref)}`
    : sql<boolean>`groups.id = ${ref.id}`;

/** One sentence for whoever asked for a group that is not there. */
export const noGroupSentence = (ref: GroupRef): string =>
  typeof ref === "string"
    ? `There is no group ${JSON.stringify(ref)}.`
    : `There is no group with the ID ${JSON.stringify(ref.id)}.`;
