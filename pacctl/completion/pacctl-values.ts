import { EVENT_TYPES } from "../../admin-api/schemas/event.ts";
import { SORTS as SESSION_SORTS } from "../../admin-api/schemas/history.ts";
import { USER_SORTS } from "../../server/store/user-types.ts";
import { VERDICTS } from "../../verdicts/register.ts";
import { ADMIN_COLUMNS, TOKEN_COLUMNS } from "../commands/administration.ts";
import { ATTEMPT_COLUMNS } from "../commands/attempt.ts";
import { AUDIT_COLUMNS } from "../commands/audit.ts";
import { LOCKOUT_COLUMNS } from "../commands/lockout.ts";
import { PAST_COLUMNS, SESSION_COLUMNS } from "../commands/session.ts";
import { TOTAL_COLUMNS, TOTAL_KEYS } from "../commands/session-history.ts";
import { NAMES_OF_FIELDS } from "../options/policy-options.ts";
import { EVENT_COLUMNS } from "../print/events.ts";
import { GROUP_COLUMNS } from "../print/group.ts";
import { USER_COLUMNS } from "../print/user.ts";
import { DELIVERY_COLUMNS, WEBHOOK_COLUMNS } from "../print/webhook.ts";
import { declaredValues, type LiveKind, type Values, type ValuesOf } from "./values.ts";

/** Of which things a command's arguments are names. */
export const ARGUMENTS: Readonly<Record<string, LiveKind>> = {
  "user show": "user",
  "user enable": "user",
  "user disable": "user",
  "user rename": "user",
  "user unlock": "user",
  "user set": "user",
  "user password": "user",
  "user remove": "user",
  "group show": "group",
  "group set": "group",
  "group remove": "group",
  "group members": "group",
  "session show": "session",
  "session disconnect": "live-session",
  "session end": "live-session",
  "attempt show": "attempt",
  "audit show": "audit-record",
  "lockout lift": "lockout",
  "admin show": "administrator",
  "admin set": "administrator",
  "admin password": "administrator",
  "admin remove": "administrator",
  "token show": "token",
  "token revoke": "token",
  "webhook show": "webhook",
  "webhook set": "webhook",
  "webhook enable": "webhook",
  "webhook disable": "webhook",
  "webhook remove": "webhook",
  "webhook test": "webhook",
  "webhook rotate": "webhook",
  "webhook deliveries": "webhook",
};

const server = (kind: LiveKind): Values => ({ from: "server", kind });
const oneOf = (words: readonly string[]): Values => ({ from: "choices", words });
const someOf = (words: readonly string[]): Values => ({ from: "choices", words, list: true });
const codes = oneOf(Object.keys(VERDICTS));

/** What follows an option, whatever the command; or of one command alone, whose words stand before it. */
const OPTIONS: Readonly<Record<string, Values | undefined>> = {
  "--user": server("user"),
  "--user-id": server("user-id"),
  "--group": server("group"),
  "--pool": server("pool"),
  "--actor": server("actor"),
  "--verdict": codes,
  "--reason": codes,
  "--type": someOf(EVENT_TYPES),
  "--by": someOf(TOTAL_KEYS),
  "--inherit": someOf(Object.keys(NAMES_OF_FIELDS)),
  "user list --id": server("user-id"),
  "user list --sort": oneOf(USER_SORTS.flatMap((field) => [field, `-${field}`])),
  "session list --sort": oneOf(SESSION_SORTS),
  "log-in --name": undefined,
  // Users of other servers.
  "dial --user": undefined,
  "decode --user": undefined,
};

const COLUMNS: Readonly<Record<string, readonly { readonly key: string }[]>> = {
  "user list": USER_COLUMNS,
  "group list": GROUP_COLUMNS,
  "group members": USER_COLUMNS,
  "session list": [...SESSION_COLUMNS, ...PAST_COLUMNS],
  "session totals": TOTAL_COLUMNS,
  "attempt list": ATTEMPT_COLUMNS,
  "audit list": AUDIT_COLUMNS,
  "lockout list": LOCKOUT_COLUMNS,
  "admin list": ADMIN_COLUMNS,
  "token list": TOKEN_COLUMNS,
  events: EVENT_COLUMNS,
  "webhook list": WEBHOOK_COLUMNS,
  "webhook deliveries": DELIVERY_COLUMNS,
};

/** What pacctl declares, and what a server or a list knows beside that. */
export const pacctlValues: ValuesOf = (command, option) => {
  const path = command.path.join(" ");
  if (option === undefined) {
    const kind = ARGUMENTS[path];
    return kind === undefined ? declaredValues(command) : server(kind);
  }
  for (const name of option.names) {
    if (name === "--columns" && COLUMNS[path] !== undefined)
      return someOf([...new Set(COLUMNS[path].map(({ key }) => key))]);
    const own = `${path} ${name}`;
    if (Object.hasOwn(OPTIONS, own)) return OPTIONS[own];
    if (OPTIONS[name] !== undefined) return OPTIONS[name];
  }
  return declaredValues(command, option);
};
