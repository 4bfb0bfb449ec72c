import { type Static, Type } from "typebox";
import { passwordNotes } from "../../server/names/password-notes.ts";
import { sessionLimit } from "../../server/policy/session-limit.ts";
import type { User as StoredUser } from "../../server/store/store-types.ts";
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from "../../server/store/user-rules.ts";
import type { Services } from "../services.ts";
import { inheritance, inheritanceOf, policyFields } from "./inheritance.ts";
import { FailedLogIns } from "./lockout.ts";
import { policy, shownPolicy } from "./policy.ts";
import {
  CLOSED,
  idText,
  JSON_TYPE,
  MERGE_PATCH_TYPE,
  nullableInteger,
  nullableString,
  oneOf,
  orNull,
} from "./reference.ts";
import { comment, labels, labelsPatch, lastFailure, lastLogIn, lastLogInOf } from "./remarks.ts";

const recoverable = (more: string) =>
  Type.Boolean({ description: `Is the password kept readable, as CHAP-MD5 needs it? That is weak. ${more}` });

const fields = {
  id: idText("Stays the same when the name is changed; sessions and dials carry it"),
  name: Type.String({ examples: ["anna"] }),
  ...shownPolicy,
  ...inheritance,
  comment,
  labels,
  lastLogIn,
  sessionLimit: Type.Object(
    {
      sessions: nullableInteger({
        description: "Null: any number",
        minimum: 1,
        maximum: 65_535,
        examples: [5],
      }),
      from: oneOf(["user", "group", "static-address", "configuration"], {
        description:
          "maxSessions of the user or the group, the static address, or users.max_sessions of the configuration",
      }),
    },
    { ...CLOSED, description: "How many sessions the user may have at once, and what says so" },
  ),
  recoverablePassword: recoverable("It is never shown"),
  passwordChangedAt: Type.String({ format: "date-time" }),
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
};

/** Of a user who is shown alone, what stands in the running server. */
const alone = {
  failedLogIns: Type.Optional(FailedLogIns),
  lastFailure: Type.Optional(lastFailure),
  notes: Type.Optional(
    Type.Array(Type.String(), {
      description: "What about this write is worth a second look, one sentence each; absent where nothing is",
      examples: [["The password ends with a space."]],
    }),
  ),
};

export const User = Type.Object({ ...fields, ...alone }, { $id: "User", ...CLOSED, description: "A user" });

/** A user right after a password was set: the one moment at which a generated password is visible. */
export const UserWithPassword = Type.Object(
  {
    ...fields,
    ...alone,
    password: Type.Optional(
      Type.String({
        description: "Only where pacd generated it. Never shown again",
        examples: ["mVxq7Rdt..."],
      }),
    ),
  },
  { $id: "UserWithPassword", ...CLOSED, description: "The user; with the password where pacd generated it" },
);

/** The policy in a request: what is left out is as it was, or as nobody decided it. */
const optionalPolicy = Type.Partial(Type.Object(policy)).properties;

const name = Type.String({
  description:
    `1 to ${MAX_NAME_LENGTH} letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between ` +
    "them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an " +
    "accent is one piece with its letter",
  examples: ["anna"],
});

const password = Type.Optional(
  Type.String({
    description: `1 to ${MAX_PASSWORD_LENGTH} characters. Absent: generated and shown once in the answer`,
    format: "password",
  }),
);

/** What a user has beside name, password and policy. */
const about = {
  group: Type.Optional(
    nullableString({
      description: `The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does`,
      examples: ["staff"],
    }),
  ),
  comment: Type.Optional(comment),
  labels: Type.Optional(labels),
};

export const NewUser = Type.Object(
  {
    name,
    password,
    recoverablePassword: Type.Optional(recoverable("false where absent")),
    ...optionalPolicy,
    ...about,
  },
  CLOSED,
);

/** The whole of a user: what is left out is nobody's decision, or the group's. */
export const WholeUser = Type.Object(
  {
    name: Type.Optional(name),
    password: Type.Optional(
      Type.String({
        description: `1 to ${MAX_PASSWORD_LENGTH} characters. Absent: as it is; of a new user generated, and shown once in the answer`,
        format: "password",
      }),
    ),
    recoverablePassword: Type.Optional(recoverable("As it is where absent; false for a new user")),
    ...optionalPolicy,
    ...about,
  },
  CLOSED,
);

/** A user is never without these, and this one is nothing that a user has. */
const NOT_TAKEN_BACK: ReadonlySet<string> = new Set(["name", "inherit"]);

export const UserChange = Type.Object(
  {
    name: Type.Optional(name),
    ...optionalPolicy,
    ...about,
    inherit: Type.Optional(
      policyFields("What is the user's own no longer: the group decides it again, or nobody"),
    ),
    recoverablePassword: Type.Optional(
      recoverable("false forgets it; true only where it is already, otherwise set a new password"),
    ),
  },
  CLOSED,
);

type Change = Static<typeof UserChange>;
export type MergePatch = { [Field in keyof Omit<Change, "labels">]: Change[Field] | null } & {
  labels?: Record<string, string | null> | null;
};

/** The same as JSON Merge Patch (RFC 7396): whatever can be taken back may be null. */
const UserMergePatch = Type.Object(
  Object.fromEntries(
    Object.entries({ ...UserChange.properties, labels: Type.Optional(labelsPatch) }).map(
      ([field, schema]) => [field, Type.Optional(NOT_TAKEN_BACK.has(field) ? schema : orNull(schema))],
    ),
  ),
  CLOSED,
);

/** A change in either media type; `changeOf` says what it means. */
export const UserPatch = Type.Unsafe<MergePatch>({
  content: { [JSON_TYPE]: { schema: UserChange }, [MERGE_PATCH_TYPE]: { schema: UserMergePatch } },
});

export const NewPassword = Type.Object(
  {
    password,
    recoverablePassword: Type.Optional(recoverable("As it was where absent")),
    passwordExpiresAt: optionalPolicy.passwordExpiresAt,
  },
  CLOSED,
);

export const UserName = Type.Object(
  { name: Type.String({ description: "The user's name, in whatever spelling, percent-encoded" }) },
  CLOSED,
);

const SHOWN = Object.keys(fields) as (keyof typeof fields)[];

type Listed = Omit<Static<typeof User>, keyof typeof alone>;

/** Picks field by field: what a store adds to a user later does not slip out. */
export function userJson(
  user: StoredUser,
  { usersMaxSessions, concentrator }: Pick<Services, "usersMaxSessions" | "concentrator">,
): Static<typeof User> {
  const { addresses, ...failed } = concentrator.failedLogIns(user.id);
  const own = { ...failed, addresses: addresses.map((one) => ({ ...one })) };
  return { ...listedUserJson(user, { usersMaxSessions }), failedLogIns: own };
}

/** One of many, whose wrong log-ins are not looked up. */
export function listedUserJson(
  user: StoredUser,
  { usersMaxSessions }: Pick<Services, "usersMaxSessions">,
): Listed {
  const shown = {
    ...user,
    ...inheritanceOf(user),
    lastLogIn: lastLogInOf(user),
    sessionLimit: sessionLimit(user, usersMaxSessions),
  };
  return Object.fromEntries(SHOWN.map((field) => [field, shown[field]])) as unknown as Listed;
}

/**
 * Right after a password was set: with it where it was generated and not given, and with what is to be said
 * about one that was given.
 */
export function freshUserJson(
  user: StoredUser,
  given: string | undefined,
  password: string,
  services: Pick<Services, "usersMaxSessions" | "concentrator">,
  others: readonly string[] = [],
): Static<typeof UserWithPassword> {
  const notes = [...passwordNotes(given), ...others];
  return {
    ...userJson(user, services),
    ...(given === undefined ? { password } : {}),
    ...(notes.length === 0 ? {} : { notes }),
  };
}
