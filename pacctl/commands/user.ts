import type { Command } from "commander";
import type { Static } from "typebox";
import type { Lifted } from "../../admin-api/schemas/lockout.ts";
import type { User, UserWithPassword } from "../../admin-api/schemas/user.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { Api } from "../api-client.ts";
import type { Io } from "../io.ts";
import { type AboutOptions, aboutOf, addAboutOptions, addInheritOption } from "../options/about-options.ts";
import {
  aboutPassword,
  addExpiryOptions,
  addForgetOption,
  addPasswordOptions,
  type PasswordOptions,
  passwordOf,
} from "../options/password-options.ts";
import { addPolicyOptions, POLICY_FLAGS, policyOf } from "../options/policy-options.ts";
import { addUserFilters, type UserFilters, usersOf } from "../options/user-filters.ts";
import { printable } from "../print/printable.ts";
import { expiry, USER_COLUMNS, userFacts } from "../print/user.ts";
import { several } from "../several.ts";
import type { Connect } from "../terminal.ts";

type UserJson = Static<typeof User>;
type Fresh = Static<typeof UserWithPassword>;

/** `pacctl user …`: who may dial in, and how. `now` is for options that hold a moment. */
export function addUserCommands(pacctl: Command, connect: Connect, now: () => Date): void {
  const user = pacctl.command("user").description("who may dial in, and how").addHelpText("after", HELP);

  const add = user
    .command("add <name>")
    .description("add a user; without a password, one is generated and shown once")
    .option("--disabled", "the user may not dial in yet")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { io, api, show } = await connect(command);
      const body = {
        name,
        ...(await passwordOf(io, options)),
        ...policyOf(options),
        ...aboutOf(options),
        ...(options.disabled === true ? { enabled: false } : {}),
      };
      const fresh = await api<Fresh>("POST", "/users", body);
      show(fresh, () => `Added user ${fresh.name}.\n${passwordLines(fresh, now())}`);
      note(io, fresh);
    });
  addAboutOptions(add);
  addPolicyOptions(add, now);
  addPasswordOptions(add, now);

  const list = user
    .command("list")
    .description("list users: all of them, or those who fit all that is said")
    .action(async (filters: UserFilters, command: Command) => {
      const { api, list } = await connect(command);
      list(await usersOf(api, filters), USER_COLUMNS, { empty: nobody(filters) });
    });
  addUserFilters(list);

  user
    .command("show <name...>")
    .description("show a user, or several")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const get = (name: string) => terminal.api<UserJson>("GET", pathOf(name));
      await several(terminal, names, get, (one) => userFacts(one, now()), "\n");
    });

  for (const [verb, enabled] of [
    ["enable", true],
    ["disable", false],
  ] as const) {
    user
      .command(`${verb} <name...>`)
      .description(enabled ? "let users dial in" : "refuse users, and disconnect their sessions")
      .action(async (names: readonly string[], _options: object, command: Command) => {
        const terminal = await connect(command);
        const change = (name: string) =>
          enabled
            ? enabledAgain(terminal.api, name)
            : terminal.api<UserJson>("PATCH", pathOf(name), { enabled });
        await several(terminal, names, change, (changed) => `User ${changed.name} is ${verb}d.\n`);
      });
  }

  user
    .command("rename <name> <new-name>")
    .description("give the user another name; sessions stay up, and the ID stays the same")
    .action(async (name: string, newName: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      const renamed = await api<UserJson>("PATCH", pathOf(name), { name: newName });
      show(renamed, () => `User ${name} is called ${renamed.name} now.\n`);
    });

  user
    .command("unlock <name...>")
    .description("forget wrong log-ins of users, so that the next one is judged")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const lift = (name: string) => terminal.api<Static<typeof Lifted>>("DELETE", `${pathOf(name)}/lockout`);
      await several(terminal, names, lift, ({ lifted }, name) =>
        lifted === 0
          ? `No wrong log-ins of ${name} count. An address may be slowed for all users: pacctl lockout list\n`
          : `Log-ins of ${name} are judged again.\n`,
      );
    });

  const set = user
    .command("set <name>")
    .description("change what a user may do; what is not said stays")
    .option("--name <new-name>", "another name, as pacctl user rename gives it")
    .action(async (name: string, options: SetOptions, command: Command) => {
      const naming = options.name === undefined ? {} : { name: options.name };
      const body = {
        ...naming,
        ...policyOf(options),
        ...aboutOf(options),
        ...aboutPassword(options, now),
      };
      if (Object.keys(body).length === 0) throw nothingToSet();
      const { io, api, show } = await connect(command);
      const changed = await api<UserJson>("PATCH", pathOf(name), body);
      show(changed, (one) => userFacts(one, now()));
      note(io, changed);
    });
  addAboutOptions(set);
  addInheritOption(set);
  addPolicyOptions(set, now);
  addExpiryOptions(set, now);
  addForgetOption(set);

  const password = user
    .command("password <name>")
    .description("set a new password; unless one is given, it is generated and shown once")
    .action(async (name: string, options: PasswordOptions, command: Command) => {
      const { io, api, show } = await connect(command);
      const fresh = await api<Fresh>("PUT", `${pathOf(name)}/password`, await passwordOf(io, options));
      show(fresh, () => `Set a new password for ${fresh.name}.\n${passwordLines(fresh, now())}`);
      note(io, fresh);
    });
  addPasswordOptions(password, now);
  password.addHelpText("after", PASSWORD_HELP);

  user
    .command("remove <name...>")
    .description("remove users, and disconnect their sessions")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const remove = (name: string) => terminal.api<undefined>("DELETE", pathOf(name));
      await several(terminal, names, remove, (_, name) => `Removed user ${name}.\n`);
    });
}

type Settings = Readonly<Record<string, unknown>>;

interface AddOptions extends PasswordOptions, AboutOptions, Settings {
  readonly disabled?: boolean;
}

interface SetOptions extends PasswordOptions, AboutOptions, Settings {
  readonly name?: string;
}

/** Without an own "enabled" where none is needed: a group disabled later must not pass the user over. */
async function enabledAgain(api: Api, name: string): Promise<UserJson> {
  const changed = await api<UserJson>("PATCH", pathOf(name), { inherit: ["enabled"] });
  return changed.enabled ? changed : api<UserJson>("PATCH", pathOf(name), { enabled: true });
}

const pathOf = (name: string) => `/users/${encodeURIComponent(name)}`;

function passwordLines({ password, passwordExpiresAt }: Fresh, now: Date): string {
  const shown = password === undefined ? "" : `Password: ${password}\nIt is shown this once only.\n`;
  return passwordExpiresAt === null ? shown : `${shown}It ${expiry(passwordExpiresAt, now)}.\n`;
}

/** Beside the answer, which may be JSON for a program. */
function note(io: Io, { notes = [] }: Pick<Fresh, "notes">): void {
  for (const sentence of notes) io.err(`pacctl: note: ${printable(sentence)}\n`);
}

function nobody(filters: UserFilters): string {
  if (filters.id !== undefined) return "There is no user with that ID.\n";
  if (Object.keys(filters).length > 0) return "There is no such user.\n";
  return "There are no users yet: pacctl user add NAME\n";
}

const nothingToSet = () =>
  new AppError(
    "usage",
    `Say what to set: --name, --group, --comment, --label, --inherit, ${POLICY_FLAGS.join(", ")}, --password-expires, --expire-password or ` +
      "--no-recoverable-password; pacctl user set --help explains them.",
  );

const PASSWORD_HELP = `
--no-password-expires: never, whatever password.max_age_days of the configuration says.
--no-recoverable-password: keep its hash only. Unless said, a password is kept as the one before was.
`;

const HELP = `
Examples:
  pacctl user add anna
  pacctl user add bert --static-address 10.77.0.50 --password-stdin < password.txt
  pacctl user set anna --hours "mon-fri 08:00-18:00" --hours "sat 09:00-12:00" --rate-down 10M
  pacctl user set anna --valid-until 2027-01-01 --no-hours
  pacctl user rename anna anna.berg
  pacctl user disable anna
`;
