import { type Static, Type } from "typebox";
import { MAX_BATCH, MAX_GROUPS } from "../limits.ts";
import { BatchResult, RowResult } from "./batch.ts";
import { NewGroup } from "./group.ts";
import { dryRun } from "./plan.ts";
import { CLOSED, oneOf } from "./reference.ts";
import { NewUser, WholeUser } from "./user.ts";

const ApplyUser = Type.Object(
  { ...WholeUser.properties, name: NewUser.properties.name },
  { ...CLOSED, description: "The whole of a user" },
);

export const Apply = Type.Object(
  {
    groups: Type.Optional(
      Type.Array(NewGroup, {
        maxItems: MAX_GROUPS,
        description: "Whole groups, each as PUT of that group takes it: what is left out is not decided",
      }),
    ),
    users: Type.Optional(
      Type.Array(ApplyUser, {
        maxItems: MAX_BATCH,
        description:
          "Whole users, each as PUT of that user takes them: what is left out is not decided. Without `password` it stays; of a new user one is generated",
      }),
    ),
    prune: Type.Optional(
      Type.Boolean({
        description:
          "true: where `users` is said, all users that are not in it are removed, and likewise with `groups`. Absent: they stay",
      }),
    ),
  },
  { ...CLOSED, description: "How users and groups shall be" },
);

export const ApplyQuery = Type.Object(dryRun, CLOSED);

const ApplyRowResult = Type.Object(
  {
    kind: oneOf(["group", "user"], { description: "What it is about" }),
    ...RowResult.properties,
    name: Type.String({ description: "Of the group or user, as the document says it", examples: ["anna"] }),
  },
  { $id: "ApplyRowResult", ...CLOSED, description: "What came of one group or user" },
);

export const ApplyResult = Type.Object(
  {
    ...BatchResult.properties,
    stored: Type.Boolean({ description: "false: nothing was done: a dry run, or something was refused" }),
    rows: Type.Array(Type.Unsafe<Static<typeof ApplyRowResult>>({ $ref: "ApplyRowResult#" }), {
      description: "The groups and the users in the order of the document, then those who are removed",
    }),
  },
  { $id: "ApplyResult", ...CLOSED, description: "What came of a document of users and groups" },
);

export const APPLY_SCHEMAS = [ApplyRowResult, ApplyResult];
