import { type Static, type TSchema, Type } from "typebox";
import { GROUP_FIELDS, type GroupField } from "../../server/policy/group-policy.ts";
import type { Group as StoredGroup } from "../../server/store/store-types.ts";
import { MAX_NAME_LENGTH } from "../../server/store/user-rules.ts";
import { dryRun } from "./plan.ts";
import { policy, shownPolicy } from "./policy.ts";
import { CLOSED, JSON_TYPE, MERGE_PATCH_TYPE, oneOf, orNull } from "./reference.ts";
import { comment } from "./remarks.ts";

/** The same field where null says that the group does not decide it. */
function undecidable<T extends TSchema>(schema: T) {
  const { description = "", examples = [] } = schema as { description?: string; examples?: unknown[] };
  const text = description.replace(/[;,] null: .*?\.(?= |$)/, ".");
  return orNull({
    ...schema,
    description: `${text} Null: the group does not decide it`,
    ...(examples.length === 0 ? {} : { examples: [...examples, null] }),
  } as T);
}

const fieldsOf = (fields: typeof policy) =>
  Object.fromEntries(GROUP_FIELDS.map((field) => [field, undecidable(fields[field])])) as {
    readonly [Field in GroupField]: ReturnType<typeof undecidable<(typeof policy)[Field]>>;
  };

const name = Type.String({
  description:
    `1 to ${MAX_NAME_LENGTH} characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to ` +
    "the width of letters, and to whether an accent is one piece with its letter",
  examples: ["Contractors"],
});

const shown = {
  id: Type.String({ format: "uuid", description: "Stays the same when the name is changed" }),
  name,
  comment,
  ...fieldsOf(shownPolicy as typeof policy),
  users: Type.Integer({ minimum: 0, description: "How many users are in it", examples: [42] }),
  createdAt: Type.String({ format: "date-time", description: "When the group was added" }),
  updatedAt: Type.String({ format: "date-time", description: "When it was last changed" }),
};

export const Group = Type.Object(shown, {
  $id: "Group",
  ...CLOSED,
  description: "A policy that its users have wherever nothing was decided for them",
});

/** What a change meant for the users of a group. */
export const GroupEffects = Type.Object(
  {
    sessionsEnded: Type.Integer({
      minimum: 0,
      description: "Sessions that the policy no longer allowed, and that were disconnected",
    }),
    overridden: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
      description:
        "For changed fields that were decided for some users of the group: how many these are. The change means nothing for them",
      examples: [{ rateUp: 2 }],
    }),
  },
  { $id: "GroupEffects", ...CLOSED, description: "What a change of a group meant for its users" },
);

export const ChangedGroup = Type.Object(
  { ...shown, effects: Type.Unsafe<Static<typeof GroupEffects>>({ $ref: "GroupEffects#" }) },
  { $id: "ChangedGroup", ...CLOSED, description: "A group, and what the change meant for its users" },
);

export const RemovedGroup = Type.Object(
  {
    id: Type.String({ format: "uuid", description: "The ID that the group had" }),
    name: Type.String({ description: "The name that it had", examples: ["Contractors"] }),
    released: Type.Integer({
      minimum: 0,
      description: "Users who were in it and are in no group now",
      examples: [42],
    }),
    sessionsEnded: Type.Integer({
      minimum: 0,
      description: "Sessions that were disconnected, since what applies now does not allow them",
    }),
  },
  { $id: "RemovedGroup", ...CLOSED, description: "What the removal of a group meant" },
);

const decided = Type.Partial(Type.Object(fieldsOf(policy))).properties;

/** What is left out, or null, the group does not decide. */
export const NewGroup = Type.Object({ name, comment: Type.Optional(comment), ...decided }, CLOSED);

/** The same where the path has the name. */
export const WholeGroup = Type.Object(
  { name: Type.Optional(name), comment: Type.Optional(comment), ...decided },
  { ...CLOSED, description: "The whole of a group" },
);

const change = { name: Type.Optional(name), comment: Type.Optional(comment), ...decided };
const GroupChange = Type.Object(change, CLOSED);
type Patch = Omit<Static<typeof GroupChange>, "comment"> & { comment?: string | null };

/** A change in either media type: null is what the group does not decide, in both. */
export const GroupPatch = Type.Unsafe<Patch>({
  content: {
    [JSON_TYPE]: { schema: GroupChange },
    [MERGE_PATCH_TYPE]: {
      schema: Type.Object({ ...change, comment: Type.Optional(orNull(comment)) }, CLOSED),
    },
  },
});

export const GroupName = Type.Object(
  { name: Type.String({ description: "The group's name, in whatever spelling, percent-encoded" }) },
  CLOSED,
);

export const GroupRemoval = Type.Object(
  {
    ...dryRun,
    members: Type.Optional(
      oneOf(["release"], {
        description:
          "release: users of the group are in none then. Where absent, a group that has users is not removed",
      }),
    ),
  },
  CLOSED,
);

const SHOWN = Object.keys(shown) as (keyof typeof shown)[];

/** Picks field by field: what a store adds to a group later does not slip out. */
export const groupJson = (group: StoredGroup): Static<typeof Group> =>
  Object.fromEntries(SHOWN.map((field) => [field, group[field]])) as Static<typeof Group>;
