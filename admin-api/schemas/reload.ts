import { Type } from "typebox";
import { CLOSED, nullableString, oneOf } from "./reference.ts";

const Value = Type.Union([
  Type.String({ examples: ["10.77.0.1"] }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.Union([Type.String({ examples: ["10.77.0.10-10.77.3.250"] }), Type.Number()])),
  Type.Null(),
]);

const Change = Type.Object(
  {
    key: Type.String({ description: "As the file has it", examples: ["tunnel.pool", "pools.guests"] }),
    from: { ...Value, description: "What counted before; null: the key was not there" },
    to: { ...Value, description: "What the file says now; null: the key is gone" },
    counts: oneOf(["now", "next-dial", "restart"], {
      description:
        "At once; for whoever dials from now on, while sessions that are up keep what they were told; or only after a restart of pacd",
    }),
  },
  CLOSED,
);

/** What a reload did, or would do. */
export const Reload = Type.Object(
  {
    dryRun: Type.Boolean({ description: "Nothing was changed: the rest says what would be" }),
    file: nullableString({
      description: "The configuration; null: pacd runs without one",
      examples: ["/etc/pacd/pacd.toml"],
    }),
    changes: Type.Array(Change, { description: "Every key that differs from what counted before" }),
    sessions: Type.Object(
      {
        live: Type.Integer({ description: "Sessions that were up" }),
        ended: Type.Integer({
          description: "Of these those that ended, for their addresses are in no pool any more",
        }),
        noLongerAllowed: Type.Integer({
          description:
            "Those that go on, though `security` lets nobody in any more by their log-in or encryption",
        }),
      },
      CLOSED,
    ),
    notes: Type.Array(Type.String(), {
      description: "What may not be as it is meant, a sentence each",
      examples: [["anna has the pool guests, which is gone: she cannot dial in."]],
    }),
  },
  { $id: "Reload", ...CLOSED, description: "What reading the configuration again comes to" },
);

export const ReloadRequest = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({ description: "Change nothing, and say what would be", default: false }),
    ),
  },
  CLOSED,
);
