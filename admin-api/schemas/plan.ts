import { type Static, type TSchema, Type } from "typebox";
import type { Outcome } from "../../server/store/store-types.ts";
import { changesOf, WOULD } from "../writes/changes.ts";
import { CLOSED, oneOf } from "./reference.ts";

/** For every route that writes users or groups. */
export const dryRun = {
  dryRun: Type.Optional(
    Type.Boolean({
      description:
        "true: everything is checked as for real, nothing is done, and the answer (200) says what would happen",
    }),
  ),
};

export const DryRun = Type.Object(dryRun, CLOSED);

const anything = (description: string) => Type.Unsafe<unknown>({ description });

export const FieldChange = Type.Object(
  {
    field: Type.String({ description: "Which field", examples: ["rateDown"] }),
    from: anything("As it is; null where there is nothing. A password is never shown"),
    to: anything("As it would be"),
  },
  { $id: "FieldChange", ...CLOSED, description: "A field that would be another" },
);

export const Effects = Type.Object(
  {
    sessionsEnded: Type.Integer({ minimum: 0, description: "Sessions that end by it", examples: [3] }),
    overridden: Type.Optional(
      Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
        description:
          "Of a group: for changed fields that were decided for some of its users, how many these are. The change means nothing for them",
        examples: [{ rateUp: 2 }],
      }),
    ),
    released: Type.Optional(
      Type.Integer({ minimum: 0, description: "Of a group: users who are in none by it", examples: [42] }),
    ),
  },
  { $id: "Effects", ...CLOSED, description: "What a write means for who is connected" },
);

export const WritePlan = Type.Object(
  {
    would: oneOf(Object.values(WOULD), { description: "What the request would do if it were no dry run" }),
    changes: Type.Array(Type.Unsafe<Static<typeof FieldChange>>({ $ref: "FieldChange#" }), {
      description: "What would be another; empty where nothing would, and for what would be removed",
    }),
    effects: Type.Unsafe<Static<typeof Effects>>({ $ref: "Effects#" }),
  },
  { $id: "WritePlan", ...CLOSED, description: "What a request would do: the answer to a dry run" },
);

/** Either what the route answers, or the plan of a dry run. */
export const orPlan = (schema: TSchema) =>
  Type.Unsafe<unknown>({
    description: "The answer; of a dry run, what would happen",
    anyOf: [{ $ref: `${(schema as { $id?: string }).$id}#` }, { $ref: "WritePlan#" }],
  });

export const planJson = (
  outcome: Exclude<Outcome, { did: "refused" }>,
  effects: Static<typeof Effects>,
): Static<typeof WritePlan> => ({
  would: WOULD[outcome.did],
  changes: changesOf(outcome),
  effects,
});
