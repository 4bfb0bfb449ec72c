import { POLICY_FIELDS } from "../../server/policy/group-policy.ts";
import type { operations } from "../generated/api.d.ts";
import type { ImportedUser } from "../import/import-types.ts";

/** A row of POST /users:batch. */
export type RowOfBatch =
  operations["batchUsers"]["requestBody"]["content"]["application/json"]["rows"][number];

/** What is to become of a user in a file. */
export interface UserToSend {
  readonly user: ImportedUser;
  /** Does pacd have somebody of that name? */
  readonly exists: boolean;
}

/** What a row of a batch says of somebody new. */
export const creating = ({ name, password, fields }: ImportedUser): RowOfBatch => ({
  do: "create",
  name,
  ...(password === undefined ? {} : { password }),
  ...fields,
});

const POLICY: ReadonlySet<string> = new Set(POLICY_FIELDS);

/** What takes back what is no field of the policy. */
const TAKEN_BACK: Readonly<Record<string, unknown>> = { group: null, comment: "", labels: {} };

/** The same of a user who is there: what the file does not name stays, what it leaves empty is taken back. */
export function changing({ name, password, fields, back = [] }: ImportedUser): RowOfBatch {
  const inherit = back.filter((field) => POLICY.has(field)) as NonNullable<RowOfBatch["inherit"]>;
  const others = back.filter((field) => field in TAKEN_BACK);
  return {
    do: "update",
    name,
    ...(password === undefined ? {} : { password }),
    ...fields,
    ...Object.fromEntries(others.map((field) => [field, TAKEN_BACK[field]])),
    ...(inherit.length === 0 ? {} : { inherit }),
  };
}
