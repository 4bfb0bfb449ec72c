import { type Static, Type } from "typebox";
import type { Token as StoredToken } from "../../server/store/people/token-types.ts";
import { ROLES } from "../actor.ts";
import { CLOSED, idText, nullableString, oneOf } from "./reference.ts";

export const role = oneOf(ROLES, {
  description:
    "`viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included",
});

/** Ours: networks of one token; each request is held against all of them. */
const MAX_SOURCES = 64;

const shown = {
  id: idText("Stays the same; a log-in is found by it alone"),
  kind: oneOf(["token", "log-in"], {
    description: "Made and named by somebody, or given to an administrator who logged in",
  }),
  name: Type.String({
    description: "The token's, or the administrator's where it is a log-in",
    examples: ["backup"],
  }),
  role,
  sources: Type.Array(Type.String({ examples: ["192.0.2.0/24"] }), {
    description: "Networks from which alone it is taken; empty: from everywhere",
  }),
  createdAt: Type.String({ format: "date-time" }),
  createdBy: Type.String({
    description: "Who made it: `administrator NAME`, `token NAME`, `socket USER`, or pacd itself",
    examples: ["administrator anna"],
  }),
  expiresAt: nullableString({ description: "Refused from then on; null: never", format: "date-time" }),
  expired: Type.Boolean({
    description: "Whether that has come; an expired one stays in the list until it is revoked",
  }),
  lastUsedAt: nullableString({
    description: "The last request with it; null: none yet",
    format: "date-time",
  }),
  lastUsedAddress: nullableString({ description: "Where that came from", examples: ["192.0.2.7"] }),
};

export const Token = Type.Object(shown, {
  $id: "Token",
  ...CLOSED,
  description: "An API token; what is sent as bearer is never shown again",
});

export const TokenWithSecret = Type.Object(
  {
    ...shown,
    token: Type.String({
      description: "What is sent as `Authorization: Bearer`. Shown this once",
      examples: ["pacd_3q2-7w…"],
    }),
  },
  { $id: "TokenWithSecret", ...CLOSED, description: "A new token, with what is sent as bearer" },
);

export const NewToken = Type.Object(
  {
    name: Type.String({
      description: "As user names are; unique in whatever spelling. It stands in the audit",
      examples: ["backup"],
    }),
    role,
    expiresAt: Type.Optional(
      nullableString({ description: "A time to come; null or absent: never", format: "date-time" }),
    ),
    sources: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: MAX_SOURCES,
        description: "Networks of IPv4 or IPv6, or single addresses; absent or empty: from everywhere",
        examples: [["192.0.2.0/24", "2001:db8::/32"]],
      }),
    ),
  },
  { $id: "NewToken", ...CLOSED, description: "A token to be made" },
);

export const TokenPath = Type.Object(
  { token: Type.String({ description: "Its ID, or its name where it is no log-in", examples: ["backup"] }) },
  CLOSED,
);

export function tokenJson({ administratorId: _id, ...token }: StoredToken, now: Date): Static<typeof Token> {
  const expired = token.expiresAt !== null && token.expiresAt <= now.toISOString();
  return { ...token, sources: [...token.sources], expired };
}
