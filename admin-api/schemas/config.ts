import { Type } from "typebox";
import { ERRORS } from "../../server/errors/register.ts";
import { CLOSED, nullableString, oneOf } from "./reference.ts";

const Value = Type.Union([
  Type.String({ examples: ["10.77.0.1"] }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.Union([Type.String({ examples: ["10.77.0.10-10.77.3.250"] }), Type.Number()])),
]);

const Counts = oneOf(["now", "next-dial", "restart"], {
  description:
    "When a change counts: at once, for whoever dials from then on, or only after a restart of pacd",
});

const Key = Type.String({ description: "As the file has it", examples: ["tunnel.mtu", "pools.guests"] });

const File = nullableString({
  description: "The configuration; null: the built-in defaults",
  examples: ["/etc/pacd/pacd.toml"],
});

const ShownKey = Type.Object(
  {
    key: Key,
    value: { ...Value, description: "What counts now, as it would be written in the file" },
    origin: oneOf(["file", "default"], { description: "Whether the file says so" }),
    line: Type.Union([Type.Integer(), Type.Null()], {
      description: "Where in the file; null: nowhere, or the file has changed since",
    }),
    counts: Counts,
    inFile: Type.Union([Value, Type.Null()], {
      description: "What the file says by now, where that is something else; null: the same",
    }),
  },
  CLOSED,
);

/** The configuration that counts now. */
export const ShownConfig = Type.Object(
  {
    file: File,
    keys: Type.Array(ShownKey, { description: "Every key, in the order of the example file" }),
    fault: nullableString({
      description: "Why the file cannot be used as it is now, a line for each fault; null: it can",
      examples: [null],
    }),
  },
  { $id: "Config", ...CLOSED, description: "The configuration with which pacd runs; it holds no secret" },
);

/** A key that differs from what counts now. */
export const ConfigChange = Type.Object(
  {
    key: Key,
    from: Type.Union([Value, Type.Null()], { description: "What counts now; null: the key is not there" }),
    to: Type.Union([Value, Type.Null()], {
      description: "What the document says; null: the key is not there",
    }),
    counts: Counts,
  },
  CLOSED,
);

const ConfigFault = Type.Object(
  {
    line: Type.Integer({ description: "From 1" }),
    key: nullableString({ description: "Null: it is no TOML", examples: ["tunnel.mtu"] }),
    code: oneOf(Object.keys(ERRORS), {
      description: "As a start would be refused; docs/errors.md lists all",
    }),
    says: Type.String({
      description: "What is wrong, to follow the key",
      examples: ["must be a whole number from 576 to 1456, and is 9000"],
    }),
  },
  CLOSED,
);

/** What came of a document that was looked at. */
export const ConfigCheck = Type.Object(
  {
    file: File,
    faults: Type.Array(ConfigFault, { description: "None: pacd would take it" }),
    changes: Type.Array(ConfigChange, {
      description: "What differs from what counts now; none where there are faults",
    }),
  },
  { $id: "ConfigCheck", ...CLOSED, description: "What would come of a configuration" },
);

export const ConfigCheckRequest = Type.Object(
  {
    toml: Type.Optional(
      Type.String({
        description: "The document; without it the server's own file is looked at",
        examples: ["[tunnel]\nmtu = 1400\n"],
      }),
    ),
  },
  CLOSED,
);
