import { POLICY_FIELDS } from "../../server/policy/group-policy.ts";

/** Of a user in the API about whom nobody has decided or said anything: what is not the policy itself. */
export const NOTHING_DECIDED = {
  group: null,
  groupId: null,
  own: [] as string[],
  from: {
    ...(Object.fromEntries(POLICY_FIELDS.map((field) => [field, "default"])) as Record<string, string>),
    pool: "configuration",
    dns: "configuration",
    maxSessions: "configuration",
  } as Record<string, string>,
  comment: "",
  labels: {},
  lastLogIn: null,
};
