import { type Static, Type } from "typebox";
import { ERRORS } from "../../server/errors/register.ts";
import { MAX_BATCH } from "../limits.ts";
import { dryRun, type FieldChange } from "./plan.ts";
import { CLOSED, nullableId, oneOf } from "./reference.ts";
import { UserChange, WholeUser } from "./user.ts";

const DOES = ["create", "put", "update", "remove"] as const;

const BatchRow = Type.Object(
  {
    ...WholeUser.properties,
    do: oneOf(DOES, {
      description:
        "create adds somebody new; update changes what is said and leaves the rest; put also takes back what is not said, and adds who is missing; remove removes",
    }),
    name: Type.String({ description: "Of the user, in whatever spelling", examples: ["anna"] }),
    newName: Type.Optional(Type.String({ description: "For update: another name", examples: ["anne"] })),
    inherit: Type.Optional(UserChange.properties.inherit),
  },
  { ...CLOSED, description: "What is to be done with one user" },
);

export const Batch = Type.Object(
  {
    atomic: Type.Optional(
      Type.Boolean({
        description: "true: all rows or, where one is refused, none. Absent: each row for itself",
      }),
    ),
    rows: Type.Array(BatchRow, {
      minItems: 1,
      maxItems: MAX_BATCH,
      description: "In the order in which they are done",
    }),
  },
  { ...CLOSED, description: "Many users, in one transaction" },
);

export const BatchQuery = Type.Object(dryRun, CLOSED);

export const RowResult = Type.Object(
  {
    name: Type.String({ description: "As the row said it", examples: ["anna"] }),
    did: oneOf(["created", "changed", "unchanged", "removed", "refused"], {
      description: "What came of the row; of a dry run, or where all was taken back, what would have",
    }),
    id: nullableId("Of the user; null where there is none, or only would be"),
    password: Type.Optional(
      Type.String({
        description: "Only where pacd generated it. Never shown again",
        examples: ["mVxq7Rdt..."],
      }),
    ),
    changes: Type.Optional(
      Type.Array(Type.Unsafe<Static<typeof FieldChange>>({ $ref: "FieldChange#" }), {
        description: "Of a dry run: what would be another",
      }),
    ),
    code: Type.Optional(
      oneOf(Object.keys(ERRORS), { description: "Why the row was refused; docs/errors.md lists all" }),
    ),
    detail: Type.Optional(
      Type.String({ description: "The same in one sentence", examples: ["There is no pool."] }),
    ),
    field: Type.Optional(
      Type.String({ description: "Which field of the row it is about", examples: ["pool"] }),
    ),
  },
  { $id: "BatchRowResult", ...CLOSED, description: "What came of one row" },
);

export const BatchResult = Type.Object(
  {
    stored: Type.Boolean({
      description: "false: nothing was done: a dry run, or a row was refused of all or none",
    }),
    created: Type.Integer({ minimum: 0, description: "Rows that added somebody" }),
    changed: Type.Integer({ minimum: 0, description: "Rows that changed something" }),
    unchanged: Type.Integer({ minimum: 0, description: "Rows that changed nothing" }),
    removed: Type.Integer({ minimum: 0, description: "Rows that removed somebody" }),
    refused: Type.Integer({ minimum: 0, description: "Rows that were refused" }),
    effects: Type.Object(
      { sessionsEnded: Type.Integer({ minimum: 0, description: "Sessions that ended by it, or would" }) },
      { ...CLOSED, description: "What it means for who is connected" },
    ),
    rows: Type.Array(Type.Unsafe<Static<typeof RowResult>>({ $ref: "BatchRowResult#" }), {
      description: "One for each row, in their order",
    }),
  },
  { $id: "BatchResult", ...CLOSED, description: "What came of a batch" },
);

export const BATCH_SCHEMAS = [RowResult, BatchResult];
export type RowOfBatch = Static<typeof BatchRow>;
export type ResultOfRow = Static<typeof RowResult>;
