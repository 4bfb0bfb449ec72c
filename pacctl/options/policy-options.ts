import { type Command, InvalidArgumentError, Option } from "commander";
import type { GroupField } from "../../server/policy/group-policy.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { Schemas } from "../typed-api.ts";
import { lengthOfTime } from "./length-of-time.ts";
import { moment } from "./moment.ts";
import { rate } from "./rate.ts";

/**
 * How one setting of a user is written on the command line. `before`: the value of the same option given
 * earlier.
 */
interface Setting {
  readonly field: keyof UserPolicy;
  readonly flags: string;
  readonly description: string;
  readonly read?: (text: string, before: unknown, now: () => Date) => unknown;
  readonly choices?: readonly string[];
  /** What the option's --no- form sets; undefined: there is none. */
  readonly cleared?: null | readonly [];
  /** What pacctl shows for that, and takes for it as well. */
  readonly shown?: string;
}

/** One more of a list, or several as pacctl shows them, with a separator that one of them cannot hold. */
const each = (separator: string) => (text: string, before: unknown) => [
  ...(Array.isArray(before) ? before : []),
  ...text.split(separator).map((one) => one.trim()),
];
/** What `user show` says behind hours. */
const SERVERS_TIME = / \(the server's time\)$/;
const hours = (text: string, before: unknown) => each(";")(text.replace(SERVERS_TIME, ""), before);
const when = (text: string, _before: unknown, now: () => Date) => moment(text, now());

const SETTINGS: readonly (readonly [group: string, readonly Setting[]])[] = [
  [
    "When and from where:",
    [
      {
        field: "validFrom",
        flags: "--valid-from <when>",
        description: "may dial from then on",
        read: when,
        cleared: null,
      },
      {
        field: "validUntil",
        flags: "--valid-until <when>",
        description: "may be connected before that moment",
        read: when,
        cleared: null,
      },
      {
        field: "allowedHours",
        flags: "--hours <hours>",
        description: 'may be connected then, like "mon-fri 08:00-18:00"; repeatable',
        read: hours,
        shown: "at any time",
        cleared: [],
      },
      {
        field: "allowedSources",
        flags: "--sources <network>",
        description: "may dial from there, like 203.0.113.0/24; repeatable",
        read: each(","),
        shown: "anywhere",
        cleared: [],
      },
    ],
  ],
  [
    "Address:",
    [
      {
        field: "staticAddress",
        flags: "--static-address <address>",
        description: "the address that the user always gets",
        shown: "-",
        cleared: null,
      },
      {
        field: "pool",
        flags: "--pool <name>",
        description: "a pool of the configuration for the address",
        shown: "tunnel.pool",
        cleared: null,
      },
      {
        field: "dns",
        flags: "--dns <addresses>",
        description: "one or two name servers, with a comma; none: the client is told none",
        read: (text) => (text === "none" ? [] : text.split(",").map((one) => one.trim())),
        shown: "those of tunnel.dns",
        cleared: null,
      },
    ],
  ],
  [
    "Limits:",
    [
      {
        field: "sessionTimeout",
        flags: "--session-timeout <time>",
        description: "a session ends after that, like 8h",
        read: lengthOfTime,
        shown: "unlimited",
        cleared: null,
      },
      {
        field: "idleTimeout",
        flags: "--idle-timeout <time>",
        description: "a session ends after that without use, like 30m",
        read: lengthOfTime,
        shown: "unlimited",
        cleared: null,
      },
      {
        field: "maxSessions",
        flags: "--max-sessions <count>",
        description: "sessions at once, instead of users.max_sessions",
        read: count,
        cleared: null,
      },
      {
        field: "whenExceeded",
        flags: "--when-exceeded <what>",
        description: "one session too many: refuse it, or disconnect the oldest",
        choices: ["deny", "replace"],
      },
      {
        field: "rateUp",
        flags: "--rate-up <rate>",
        description: "bits a second from the client, like 10M or 512k",
        read: rate,
        shown: "unlimited",
        cleared: null,
      },
      {
        field: "rateDown",
        flags: "--rate-down <rate>",
        description: "bits a second to the client",
        read: rate,
        shown: "unlimited",
        cleared: null,
      },
      {
        field: "allowedDestinations",
        flags: "--destinations <destination>",
        description: 'may send there only, like 10.0.0.0/8 or "192.0.2.5 tcp 443"; repeatable',
        read: each(";"),
        shown: "anywhere",
        cleared: [],
      },
      {
        field: "encryption",
        flags: "--encryption <need>",
        description: "optional is weak: a device without MPPE goes on in clear",
        choices: ["required", "optional"],
      },
    ],
  ],
];
const ALL = SETTINGS.flatMap(([, settings]) => settings);

/** Adds an option for each setting, and its --no- form, which is left out of the list of options. */
export function addPolicyOptions(
  command: Command,
  now: () => Date,
  takes: (field: keyof UserPolicy) => boolean = () => true,
): void {
  for (const [group, all] of SETTINGS) {
    const settings = all.filter(({ field }) => takes(field));
    for (const { flags, description, read, choices, cleared, shown } of settings) {
      const option = new Option(flags, description).helpGroup(group);
      if (choices !== undefined) option.choices(choices);
      if (read !== undefined || shown !== undefined)
        option.argParser((text, before: unknown) => {
          // As after --no-: commander makes an empty text of null.
          if (text === shown) return false;
          return read === undefined ? text : read(text, before, now);
        });
      command.addOption(option);
      if (cleared !== undefined) command.addOption(new Option(`--no-${option.name()}`).hideHelp());
    }
  }
  command.addHelpText("after", HELP);
}

type PolicyBody = Omit<Pick<Schemas["ChangeUserBody"], keyof UserPolicy>, "enabled">;
type DecidedBody = Omit<Pick<Schemas["ChangeGroupBody"], GroupField>, "enabled">;

/** What the options say, under the names of the API; what was not given is left out. */
export function policyOf(options: Readonly<Record<string, unknown>>): PolicyBody {
  return Object.fromEntries(
    ALL.map(({ field, flags, cleared }) => [field, options[new Option(flags).attributeName()], cleared])
      .filter(([, value]) => value !== undefined)
      .map(([field, value, cleared]) => [field, value === false ? cleared : value]),
  );
}

/** The same for a group, where every --no- form is null: the group does not decide it. */
export function decidedOf(options: Readonly<Record<string, unknown>>): DecidedBody {
  const given = ALL.map(({ field, flags }) => [field, options[new Option(flags).attributeName()]] as const);
  return Object.fromEntries(
    given
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value === false ? null : value]),
  );
}

/** Fields of the policy by the names of their options, and "enabled". */
export const NAMES_OF_FIELDS: Readonly<Record<string, keyof UserPolicy>> = {
  enabled: "enabled",
  ...Object.fromEntries(ALL.map(({ field, flags }) => [new Option(flags).name(), field])),
};

/** The options by name, for whoever gave none. */
export const POLICY_FLAGS: readonly string[] = ALL.map(({ flags }) => flags.split(" ")[0]!);

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Write a whole number.");
  return Number(text);
}

const HELP = `
A moment is 2027-01-01, 2027-01-01T08:00 in this host's time zone, 2027-01-01T07:00:00Z, or now.
Every option that sets a value, but --when-exceeded and --encryption, has a --no- form that takes it
back: --no-pool, --no-hours, --no-rate-up. A repeatable option replaces the whole list.
What "pacctl user show" prints can be given back as it stands: --rate-up "10 Mbit/s", --idle-timeout "1h 30m".

Examples:
  pacctl user add anna --hours "mon-fri 08:00-18:00" --hours "sat 09:00-12:00" --max-sessions 1
  pacctl user set anna --rate-up 2M --rate-down 10M --session-timeout 8h --no-hours
  pacctl user set anna --destinations 10.0.0.0/8 --destinations "192.0.2.5 tcp 443,8000-8080"
`;
