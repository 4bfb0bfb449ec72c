import { NAMES_OF_FIELDS } from "../options/policy-options.ts";
import type { Schemas } from "../typed-api.ts";
import { type Column, momentColumn } from "./columns.ts";
import { bitRate, duration, instant, localTime } from "./quantities.ts";
import { facts } from "./table.ts";

type UserJson = Schemas["User"];

/** One line a user; of the settings only which there are. */
export const USER_COLUMNS: readonly Column<UserJson>[] = [
  { key: "name", title: "NAME", value: (one) => one.name },
  { key: "enabled", title: "ENABLED", value: (one) => yesNo(one.enabled), whole: true },
  { key: "group", title: "GROUP", value: (one) => one.group ?? "-", spare: true },
  {
    key: "static-address",
    title: "STATIC ADDRESS",
    value: (one) => one.staticAddress ?? "-",
    whole: true,
    spare: true,
  },
  momentColumn("last-log-in", "LAST LOG-IN", (one) => one.lastLogIn?.at ?? null, { spare: true }),
  { key: "labels", title: "LABELS", value: (one) => labelsText(one.labels) || "-", wide: true },
  { key: "comment", title: "COMMENT", value: (one) => one.comment || "-", wide: true },
  momentColumn("created", "CREATED", (one) => one.createdAt, { wide: true }),
  { key: "settings", title: "SETTINGS", value: (one) => settings(one).join(", ") || "-", last: true },
  { key: "id", title: "ID", value: (one) => one.id, exact: (one) => one.id, id: true, wide: true },
];

function settings(user: UserJson): readonly string[] {
  const set: readonly (readonly [boolean, string])[] = [
    [user.validFrom !== null || user.validUntil !== null, "validity"],
    [user.allowedHours.length > 0, "hours"],
    [user.allowedSources.length > 0, "sources"],
    [user.pool !== null, "pool"],
    [user.dns !== null, "dns"],
    [user.sessionTimeout !== null || user.idleTimeout !== null, "timeout"],
    [user.maxSessions !== null, "sessions"],
    [user.rateUp !== null || user.rateDown !== null, "rate"],
    [user.allowedDestinations.length > 0, "destinations"],
    [user.passwordExpiresAt !== null, "password expiry"],
    [user.encryption === "optional", "ENCRYPTION OPTIONAL"],
    [user.recoverablePassword, "PASSWORD READABLE"],
  ];
  return set.filter(([is]) => is).map(([, word]) => word);
}

/** Everything about a user, in words. */
export const userFacts = (user: UserJson, now: Date): string =>
  facts([
    ["Name", user.name],
    ...(user.group === null ? [] : [["Group", user.group] as const]),
    ...(user.comment === "" ? [] : [["Comment", user.comment] as const]),
    ...(Object.keys(user.labels).length === 0 ? [] : [["Labels", labelsText(user.labels)] as const]),
    ["Enabled", yesNo(user.enabled)],
    ["Valid", validity(user)],
    ["Hours", hours(user.allowedHours)],
    ["Dials from", list(user.allowedSources, "anywhere")],
    ["Static address", user.staticAddress ?? "-"],
    ["Pool", user.pool ?? "tunnel.pool"],
    ["Name servers", user.dns === null ? "those of tunnel.dns" : list(user.dns, "none")],
    [
      "Encryption",
      user.encryption === "required" ? "required" : "OPTIONAL: may go on in clear, which is weak",
    ],
    ["Session time", timeout(user.sessionTimeout)],
    ["Idle time", timeout(user.idleTimeout)],
    ["Sessions", sessions(user)],
    ["Rate up", rate(user.rateUp)],
    ["Rate down", rate(user.rateDown)],
    ["May reach", list(user.allowedDestinations, "anywhere", "; ")],
    ["Password", `set ${instant(user.passwordChangedAt)}, ${expiry(user.passwordExpiresAt, now)}`],
    ["Readable", user.recoverablePassword ? "YES: the password is kept, which is weak" : "no"],
    ...(user.group === null ? [] : origins(user)),
    ...lastLogIn(user),
    ...failedLogIns(user),
    ["Created", instant(user.createdAt)],
    ["Changed", instant(user.updatedAt)],
    ["ID", user.id],
  ]);

const labelsText = (labels: UserJson["labels"]) =>
  Object.entries(labels)
    .map(([key, value]) => (value === "" ? key : `${key}=${value}`))
    .join(", ");

/** What of the policy is whose, where there is a group; by the names of the options. */
function origins({ from }: UserJson): readonly (readonly [string, string])[] {
  const whose = (origin: string) =>
    Object.entries(NAMES_OF_FIELDS)
      .filter(([, field]) => from[field] === origin)
      .map(([name]) => name);
  return [
    ["Own", list(whose("user"), "nothing")],
    ["From group", list(whose("group"), "nothing")],
  ];
}

function lastLogIn({ lastLogIn: last, lastFailure }: UserJson): readonly (readonly [string, string])[] {
  return [
    ["Last log-in", last === null ? "never" : `${instant(last.at)}, from ${last.address}`],
    ...(lastFailure === undefined
      ? []
      : [
          [
            "Last failure",
            `${instant(lastFailure.at)}, from ${lastFailure.address}: ${lastFailure.verdict}`,
          ] as const,
        ]),
  ];
}

/** Wrong log-ins that count, and from where; nothing where the answer is not about one user alone. */
function failedLogIns({ failedLogIns }: UserJson): readonly (readonly [string, string])[] {
  if (failedLogIns === undefined) return [];
  const { count, since, newAddressesWait, addresses } = failedLogIns;
  if (since === null) return [["Wrong log-ins", "none"]];
  const wait = newAddressesWait ? "; NEW ADDRESSES HAVE TO WAIT (pacctl user unlock)" : "";
  return [
    ["Wrong log-ins", `${count} since ${instant(since)}${wait}`],
    ...addresses.map(
      ({ address, failures, last, refusedUntil }) =>
        [
          "",
          `${failures} from ${address}, the last ${instant(last)}${refusedUntil === null ? "" : `, REFUSED UNTIL ${instant(refusedUntil)}`}`,
        ] as const,
    ),
  ];
}

/** When the password must be changed, to follow "it" or a comma. */
export function expiry(at: string | null, now: Date): string {
  if (at === null) return "never expires";
  return Date.parse(at) <= now.getTime()
    ? "must be changed at the next log-in"
    : `must be changed from ${localTime(at)} on`;
}

const yesNo = (value: boolean) => (value ? "yes" : "no");

const list = (texts: readonly string[], none: string, separator = ", ") =>
  texts.length === 0 ? none : texts.join(separator);

const timeout = (seconds: number | null) => (seconds === null ? "unlimited" : duration(seconds, 4));

const rate = (bits: number | null) => (bits === null ? "unlimited" : bitRate(bits));

const hours = (texts: readonly string[]) =>
  texts.length === 0 ? "at any time" : `${texts.join("; ")} (the server's time)`;

function validity({ validFrom, validUntil }: UserJson): string {
  const from = validFrom === null ? [] : [`from ${localTime(validFrom)}`];
  const until = validUntil === null ? [] : [`until ${localTime(validUntil)}`];
  return list([...from, ...until], "always", " ");
}

const LIMIT_FROM = {
  user: "",
  group: " (group)",
  "static-address": " (static address)",
  configuration: " (users.max_sessions)",
} as const;

function sessions({ sessionLimit, whenExceeded }: UserJson): string {
  const { sessions: most, from } = sessionLimit;
  const why = LIMIT_FROM[from];
  if (most === null) return `any number at once${why}`;
  return `${most} at once${why}, one more ${whenExceeded === "deny" ? "is refused" : "replaces the oldest"}`;
}
