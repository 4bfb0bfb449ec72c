import { type Static, Type } from "typebox";
import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { UserFilter } from "../../server/store/store-types.ts";
import { USER_SORTS, type UserSort } from "../../server/store/user-types.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { pageFields } from "./page.ts";
import { CLOSED, oneOf } from "./reference.ts";

const yesOrNo = (description: string) => Type.Optional(Type.Boolean({ description }));

type Order = UserSort | `-${UserSort}`;
const ORDERS = USER_SORTS.flatMap((field): Order[] => [field, `-${field}`]);

/** Users in pages, those who fit all that is said, or the one who has an ID. */
export const UserQuery = Type.Object(
  {
    id: Type.Optional(Type.String({ description: "The user with this ID only, whatever else is said" })),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: "A part of the name, in whatever spelling, or of the comment",
        examples: ["berg"],
      }),
    ),
    group: Type.Optional(
      Type.String({ description: "Users of this group; none: of no group", examples: ["staff", "none"] }),
    ),
    enabled: yesOrNo("May they dial in? As it applies, by themselves or by their group"),
    expired: yesOrNo("Is their validity over, as it applies?"),
    passwordExpired: yesOrNo("Has their password expired?"),
    neverLoggedIn: yesOrNo("Did they never get in?"),
    connected: yesOrNo("Have they a session that is up?"),
    address: Type.Optional(
      Type.String({
        description: "Whose static address this is, or who has a session with it that is up",
        examples: ["10.77.0.20"],
      }),
    ),
    label: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        maxItems: 8,
        description:
          "`KEY`: users with this label; `KEY=VALUE`: with this value of it. Given more than once: all of them",
        examples: [["department=sales"]],
      }),
    ),
    sort: Type.Optional(
      oneOf(ORDERS, {
        description: "By name where absent; with a minus, the other way round. Nobody's moment comes first",
      }),
    ),
    ...pageFields,
  },
  CLOSED,
);

/** What the store looks for. invalid-address. */
export function filterOf(
  query: Static<typeof UserQuery>,
  now: Date,
  sessions: () => readonly LiveSession[],
): UserFilter {
  const { q, group, enabled, expired, passwordExpired, neverLoggedIn, connected, address, label, sort } =
    query;
  const at = now.toISOString();
  const live = connected === undefined ? [] : [...new Set(sessions().map(({ userId }) => userId))];
  return {
    ...(q === undefined ? {} : { q }),
    ...(group === undefined ? {} : { group }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(expired === undefined ? {} : { expired: { is: expired, at } }),
    ...(passwordExpired === undefined ? {} : { passwordExpired: { is: passwordExpired, at } }),
    ...(neverLoggedIn === undefined ? {} : { neverLoggedIn }),
    ...(connected === undefined ? {} : connected ? { among: live } : { notAmong: live }),
    ...(address === undefined
      ? {}
      : { address: { is: checked(address), holders: holders(address, sessions()) } }),
    ...(label === undefined ? {} : { labels: label.map(labelOf) }),
    ...orderOf(sort),
  };
}

const holders = (address: string, sessions: readonly LiveSession[]) =>
  sessions.filter(({ assignedAddress }) => assignedAddress === address).map(({ userId }) => userId);

function checked(address: string): string {
  if (parseIpv4(address) !== undefined) return address;
  throw new AppError("invalid-address", "The address is not an IPv4 address such as 10.77.0.50.", {
    field: "address",
  });
}

function labelOf(text: string) {
  const [key = "", ...rest] = text.split("=");
  return rest.length === 0 ? { key } : { key, value: rest.join("=") };
}

function orderOf(order: Order | undefined) {
  if (order === undefined) return {};
  return { sort: order.replace("-", "") as UserSort, descending: order.startsWith("-") };
}
