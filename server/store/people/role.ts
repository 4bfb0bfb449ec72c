/** What somebody who administers pacd may do, each role all that the one before it may. */
export const ROLES = ["viewer", "operator", "admin"] as const;

/** `viewer` reads, `operator` changes users and ends sessions, `admin` does everything. */
export type Role = (typeof ROLES)[number];

/** Does who has one role have what needs another? */
export const roleCovers = (had: Role, needed: Role): boolean => ROLES.indexOf(had) >= ROLES.indexOf(needed);
