import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";
import type { User } from "../../../server/store/store-types.ts";

const WHEN = "2030-01-01T00:00:00.000Z";

/** A user about whom nothing else was decided. */
export const userWith = (policy: Partial<UserPolicy> = {}, name = "alice"): User => ({
  ...UNRESTRICTED,
  id: `id of ${name}`,
  name,
  group: null,
  own: [],
  fromGroup: [],
  comment: "",
  labels: {},
  lastLogInAt: null,
  lastLogInAddress: null,
  lastLogInSession: null,
  recoverablePassword: false,
  passwordChangedAt: WHEN,
  createdAt: WHEN,
  updatedAt: WHEN,
  revision: "1",
  ...policy,
});
