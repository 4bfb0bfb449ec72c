import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
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
import type { Ask, Schemas } from "../typed-api.ts";
import { addUserExport } from "./user-export.ts";
import { addUserImport } from "./user-import.ts";

type UserJson = Schemas["User"];
type Fresh = Schemas["UserWithPassword"];

/** `pacctl user …`: who may dial in, and how. */
export function addUserCommands(pacctl: Command, connect: Connect, io: Io): void {
  const { now } = io;
  const user = pacctl.command("user").description("who may dial in, and how").addHelpText("after", HELP);

  const add = user
    .command("add <name>")
    .description("add a user; without a password, one is generated and shown once")
    .option("--disabled", "the user may not dial in yet")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { io, ask, show } = await connect(command);
      const body = {
        name,
        ...(await passwordOf(io, options)),
        ...policyOf(options),
        ...aboutOf(options),
        ...(options.disabled === true ? { enabled: false } : {}),
      };
      const fresh = await ask("POST", "/users", { body });
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
      const { ask, list } = await connect(command);
      list(await usersOf(ask, filters), USER_COLUMNS, { empty: nobody(filters) });
    });
  addUserFilters(list);

  user
    .command("show <name...>")
    .description("show a user, or several")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const get = (name: string) => terminal.ask("GET", "/users/{name}", { path: { name } });
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
          enabled ? enabledAgain(terminal.ask, name) : changed(terminal.ask, name, { enabled });
        await several(terminal, names, change, (one) => `User ${one.name} is ${verb}d.\n`);
      });
  }

  user
    .command("rename <name> <new-name>")
    .description("give the user another name; sessions stay up, and the ID stays the same")
    .action(async (name: string, newName: string, _options: object, command: Command) => {
      const { ask, show } = await connect(command);
      const renamed = await changed(ask, name, { name: newName });
      show(renamed, () => `User ${name} is called ${renamed.name} now.\n`);
    });

  user
    .command("unlock <name...>")
    .description("forget wrong log-ins of users, so that the next one is judged")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const lift = (name: string) => terminal.ask("DELETE", "/users/{name}/lockout", { path: { name } });
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
      const { io, ask, show } = await connect(command);
      const user = await changed(ask, name, body);
      show(user, (one) => userFacts(one, now()));
      note(io, user);
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
      const { io, ask, show } = await connect(command);
      const fresh = await ask("PUT", "/users/{name}/password", {
        path: { name },
        body: await passwordOf(io, options),
      });
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
      const remove = (name: string) => terminal.ask("DELETE", "/users/{name}", { path: { name } });
      await several(terminal, names, remove, (_, name) => `Removed user ${name}.\n`);
    });

  addUserImport(user, connect, io);
  addUserExport(user, connect, io);
}

type Settings = Readonly<Record<string, unknown>>;

interface AddOptions extends PasswordOptions, AboutOptions, Settings {
  readonly disabled?: boolean;
}

interface SetOptions extends PasswordOptions, AboutOptions, Settings {
  readonly name?: string;
}

/** Without an own "enabled" where none is needed: a group disabled later must not pass the user over. */
async function enabledAgain(ask: Ask, name: string): Promise<UserJson> {
  const user = await changed(ask, name, { inherit: ["enabled"] });
  return user.enabled ? user : changed(ask, name, { enabled: true });
}

const changed = (ask: Ask, name: string, body: Schemas["ChangeUserBody"]): Promise<UserJson> =>
  ask("PATCH", "/users/{name}", { path: { name }, body });

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
