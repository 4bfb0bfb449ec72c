import type { Migration } from "kysely/migration";
import * as firstTables from "./0001-first-tables.ts";
import * as policyPerUser from "./0002-policy-per-user.ts";
import * as names from "./0003-names.ts";
import * as recordsOfDials from "./0004-records-of-dials.ts";
import * as sessionsByAddress from "./0005-sessions-by-address.ts";
import * as aboutTheDatabase from "./0006-about-the-database.ts";
import * as administrators from "./0007-administrators.ts";
import * as history from "./0008-history.ts";
import * as groups from "./0009-groups.ts";
import * as events from "./0010-events.ts";

/**
 * Every step by its name; they run in the order of their names. Imported, so that they are found from any
 * directory.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-first-tables": firstTables,
  "0002-policy-per-user": policyPerUser,
  "0003-names": names,
  "0004-records-of-dials": recordsOfDials,
  "0005-sessions-by-address": sessionsByAddress,
  "0006-about-the-database": aboutTheDatabase,
  "0007-administrators": administrators,
  "0008-history": history,
  "0009-groups": groups,
  "0010-events": events,
};
