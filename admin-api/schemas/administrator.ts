import { type Static, Type } from "typebox";
import type { Administrator as StoredAdministrator } from "../../server/store/people/administrator-types.ts";
import { MAX_PASSWORD, MIN_PASSWORD } from "../people/password-hash.ts";
import { CLOSED, idText, nullableString } from "./reference.ts";
import { role } from "./token.ts";

const name = Type.String({
  description:
    "As user names are; unique in whatever spelling. Administrators and VPN users have nothing in common",
  examples: ["anna"],
});

const password = Type.String({
  description: `${MIN_PASSWORD} to ${MAX_PASSWORD} characters. Kept as a hash (argon2id) alone`,
  examples: ["correct horse battery staple"],
});

const enabled = Type.Boolean({ description: "Whether log-ins are taken" });

export const Administrator = Type.Object(
  {
    id: idText("Stays the same when the name is changed"),
    name,
    role,
    enabled,
    createdAt: Type.String({ format: "date-time" }),
    createdBy: Type.String({
      description: "Who added it: `administrator NAME`, `token NAME`, or `socket USER`",
      examples: ["socket root"],
    }),
    updatedAt: Type.String({ format: "date-time" }),
    passwordChangedAt: Type.String({ format: "date-time" }),
    lastLogInAt: nullableString({ description: "Null: never", format: "date-time" }),
    lastLogInAddress: nullableString({ description: "Where that came from", examples: ["192.0.2.7"] }),
  },
  { $id: "Administrator", ...CLOSED, description: "Somebody who administers pacd, with a password" },
);

export const NewAdministrator = Type.Object(
  { name, password, role, enabled: Type.Optional(enabled) },
  {
    $id: "NewAdministrator",
    ...CLOSED,
    description: "An administrator to be added; enabled where nothing is said",
  },
);

export const AdministratorPatch = Type.Partial(Type.Object({ name, role, enabled }), {
  $id: "AdministratorPatch",
  ...CLOSED,
  description: "What is left out stays",
});

export const AdministratorPassword = Type.Object(
  { password },
  { $id: "AdministratorPassword", ...CLOSED, description: "A new password" },
);

export const AdministratorPath = Type.Object(
  { name: Type.String({ description: "The name in whatever spelling, or the ID", examples: ["anna"] }) },
  CLOSED,
);

export const RemovalQuery = Type.Object(
  {
    last: Type.Optional(
      Type.Unsafe<"true" | "false">({
        type: "string",
        enum: ["true", "false"],
        description: "`true`: also the last one who is enabled and has the role admin",
      }),
    ),
  },
  CLOSED,
);

export const LogInRequest = Type.Object(
  {
    name: Type.String({ examples: ["anna"] }),
    password: Type.String({ examples: ["correct horse battery staple"] }),
  },
  { $id: "LogInRequest", ...CLOSED, description: "Name and password of an administrator" },
);

export const LogIn = Type.Object(
  {
    token: Type.String({
      description: "What is sent as `Authorization: Bearer` from now on. Shown this once",
      examples: ["pacd_3q2-7w…"],
    }),
    tokenId: idText("By which the log-in is listed and ended"),
    expiresAt: Type.String({ format: "date-time" }),
    administrator: Type.Unsafe<Static<typeof Administrator>>({ $ref: "Administrator#" }),
  },
  { $id: "LogIn", ...CLOSED, description: "A log-in" },
);

/** Nothing but what stands in the schema. */
export const administratorJson = (administrator: StoredAdministrator): Static<typeof Administrator> => ({
  ...administrator,
});
