import { type Static, Type } from "typebox";
import type { User as StoredUser } from "../../server/store/store-types.ts";
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from "../../server/store/user-rules.ts";
import { CLOSED, nullableString } from "./reference.ts";

const staticAddress = nullableString({
  description:
    "The address that this user always gets, inside the pool's network; null for any from the pool",
  examples: ["10.77.0.5"],
});
const password = Type.String({
  description: `1 to ${MAX_PASSWORD_LENGTH} characters. Absent: generated and shown once in the answer`,
});

const fields = {
  id: Type.String(),
  name: Type.String({ examples: ["anna"] }),
  enabled: Type.Boolean({ description: "May this user dial in?" }),
  staticAddress,
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
};

export const User = Type.Object(fields, { $id: "User", ...CLOSED, description: "A user" });

/** A user right after a password was set: the one moment at which a generated password is visible. */
export const UserWithPassword = Type.Object(
  {
    ...fields,
    password: Type.Optional(
      Type.String({
        description: "Only where pacd generated it. Never shown again",
        examples: ["mVxq-7Rdt-..."],
      }),
    ),
  },
  { $id: "UserWithPassword", ...CLOSED, description: "The user; with the password where pacd generated it" },
);

export const NewUser = Type.Object(
  {
    name: Type.String({
      description:
        `1 to ${MAX_NAME_LENGTH} characters without slash, backslash and control characters, no space at either end. ` +
        "Unique without regard to ASCII case",
      examples: ["anna"],
    }),
    password: Type.Optional(password),
    enabled: Type.Optional(Type.Boolean({ description: "true where absent" })),
    staticAddress: Type.Optional(staticAddress),
  },
  CLOSED,
);

export const UserChange = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean({ description: "false disconnects the user's sessions as well" })),
    staticAddress: Type.Optional(staticAddress),
  },
  CLOSED,
);

export const NewPassword = Type.Object({ password: Type.Optional(password) }, CLOSED);

export const UserName = Type.Object(
  { name: Type.String({ description: "The user's name, percent-encoded" }) },
  CLOSED,
);

/** Picks field by field: what a store adds to a user later does not slip out. */
export function userJson(user: StoredUser): Static<typeof User> {
  const { id, name, enabled, staticAddress, createdAt, updatedAt } = user;
  return { id, name, enabled, staticAddress, createdAt, updatedAt };
}
