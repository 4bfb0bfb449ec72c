import { Type } from "typebox";
import { CLOSED, nullableId, nullableString, oneOf } from "./reference.ts";

const since = Type.String({ format: "date-time", description: "The first of them" });
const last = Type.String({ format: "date-time", description: "The last of them" });
const failures = Type.Integer({ description: "Wrong log-ins since `since`" });
const refusedUntil = nullableString({
  description: "No log-in is judged before, right or wrong; null: the next one is",
  format: "date-time",
});

/** One budget for wrong log-ins in which more count than are free. */
export const Lockout = Type.Object(
  {
    kind: oneOf(["user-address", "user", "address", "network"], {
      description:
        "One user from one address; one user from all addresses, so that new ones have to wait; all users from one address; all users from its /24",
    }),
    userId: nullableId("Null where it is about all users, or no user has that name"),
    user: nullableString({
      description: "The user, or the name that was sent, escaped; null where it is about all users",
      examples: ["anna"],
    }),
    address: nullableString({
      description: "An address or a network; null where it is about all addresses",
      examples: ["203.0.113.7", "203.0.113.0/24"],
    }),
    failures,
    since,
    last,
    refusedUntil,
  },
  { $id: "Lockout", ...CLOSED, description: "Wrong log-ins that keep others from being judged" },
);

/** What still counts against one user; part of a user that is shown alone. */
export const FailedLogIns = Type.Object(
  {
    count: Type.Integer({ description: "Wrong log-ins that still count" }),
    since: nullableString({ description: "The first of them; null where none count", format: "date-time" }),
    last: nullableString({ description: "The last of them", format: "date-time" }),
    newAddressesWait: Type.Boolean({
      description: "So many came that the user has to wait at addresses that are new for the user",
    }),
    addresses: Type.Array(
      Type.Object(
        {
          address: Type.String({ description: "Where from", examples: ["203.0.113.7"] }),
          failures,
          since,
          last,
          refusedUntil,
        },
        CLOSED,
      ),
      {
        description: "Where they came from, the latest first, twenty at most",
      },
    ),
  },
  { ...CLOSED, description: "Wrong log-ins of this user that still count" },
);

export const Lifted = Type.Object(
  { lifted: Type.Integer({ description: "Budgets that had counted wrong log-ins and were emptied" }) },
  { $id: "Lifted", ...CLOSED, description: "What was lifted" },
);

export const LockoutAddress = Type.Object(
  { address: Type.String({ description: "An IPv4 address", examples: ["203.0.113.7"] }) },
  CLOSED,
);
