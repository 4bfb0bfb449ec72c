import { type Command, Option } from "commander";
import { ROLES, type Role } from "../../admin-api/actor.ts";
import { generatePassword } from "../../admin-api/users/generated-password.ts";
import { moment } from "../options/moment.ts";
import { secretOf } from "../options/secret.ts";
import { type Column, momentColumn } from "../print/columns.ts";
import { instant } from "../print/quantities.ts";
import { facts } from "../print/table.ts";
import { several } from "../several.ts";
import type { Connect } from "../terminal.ts";
import { everyItem, type Schemas } from "../typed-api.ts";

type AdministratorJson = Schemas["Administrator"];
type TokenJson = Schemas["Token"];

const roleOption = () => new Option("--role <role>", "what it may do").choices([...ROLES]);

/** `pacctl admin …`: who administers pacd with a name and a password. */
export function addAdministratorCommands(pacctl: Command, connect: Connect): void {
  const admin = pacctl
    .command("admin")
    .description("who administers pacd with a name and a password")
    .addHelpText("after", ADMIN_HELP);

  admin
    .command("list")
    .description("list administrators")
    .action(async (_options: object, command: Command) => {
      const { ask, list } = await connect(command);
      const empty = "No administrators. pacctl admin add NAME --role admin adds one.\n";
      list(await everyItem(ask, "/admins"), ADMIN_COLUMNS, { empty });
    });

  admin
    .command("add <name>")
    .description("add an administrator; without a password, one is generated and shown once")
    .addOption(roleOption().makeOptionMandatory())
    .option("--password-stdin", "read the password from standard input")
    .option("--disabled", "no log-in is taken yet")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { io, ask, show } = await connect(command);
      const given = options.passwordStdin === true ? await secretOf(io, options) : undefined;
      const password = given ?? generatePassword();
      const body = { name, role: options.role, password, enabled: options.disabled !== true };
      const made = await ask("POST", "/admins", { body });
      show(
        given === undefined ? { ...made, password } : made,
        () =>
          `Added administrator ${made.name}, ${made.role}.\n${given === undefined ? `Password: ${password}\n` : ""}`,
      );
    });

  admin
    .command("show <names...>")
    .description("show an administrator, or several")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const get = (name: string) => terminal.ask("GET", "/admins/{name}", { path: { name } });
      await several(terminal, names, get, administratorFacts, "\n");
    });

  admin
    .command("set <name>")
    .description("change the name, the role, or whether log-ins are taken; another role ends log-ins")
    .addOption(roleOption())
    .option("--rename <name>", "another name")
    .addOption(new Option("--enable", "take log-ins").conflicts("disable"))
    .option("--disable", "take none, and end those that are open")
    .action(async (name: string, options: SetOptions, command: Command) => {
      const { ask, show } = await connect(command);
      const enabled = options.enable === true ? true : options.disable === true ? false : undefined;
      const body = {
        ...(options.rename === undefined ? {} : { name: options.rename }),
        ...(options.role === undefined ? {} : { role: options.role }),
        ...(enabled === undefined ? {} : { enabled }),
      };
      show(await ask("PATCH", "/admins/{name}", { path: { name }, body }), administratorFacts);
    });

  admin
    .command("password <name>")
    .description("set another password, which ends log-ins; asked for at a terminal")
    .option("--password-stdin", "read the password from standard input")
    .action(async (name: string, options: { passwordStdin?: boolean }, command: Command) => {
      const { io, ask, show } = await connect(command);
      const password = await secretOf(io, options, `New password of ${name}: `);
      const changed = await ask("PUT", "/admins/{name}/password", { path: { name }, body: { password } });
      show(changed, ({ name }) => `${name} has the new password; log-ins with the old one are over.\n`);
    });

  admin
    .command("remove <names...>")
    .description("remove administrators, and end their log-ins")
    .option("--last", "also the last one who is enabled and has the role admin")
    .action(async (names: readonly string[], options: { last?: boolean }, command: Command) => {
      const terminal = await connect(command);
      const query = { last: options.last === true ? ("true" as const) : undefined };
      const remove = (name: string) => terminal.ask("DELETE", "/admins/{name}", { path: { name }, query });
      await several(terminal, names, remove, (_, name) => `Removed administrator ${name}.\n`);
    });
}

interface AddOptions {
  readonly role: Role;
  readonly passwordStdin?: boolean;
  readonly disabled?: boolean;
}

interface SetOptions {
  readonly role?: Role;
  readonly rename?: string;
  readonly enable?: boolean;
  readonly disable?: boolean;
}

export const ADMIN_COLUMNS: readonly Column<AdministratorJson>[] = [
  { key: "name", title: "NAME", value: (one) => one.name },
  { key: "role", title: "ROLE", value: (one) => one.role, whole: true },
  { key: "enabled", title: "ENABLED", value: (one) => (one.enabled ? "yes" : "no"), whole: true },
  momentColumn("last-log-in", "LAST LOG-IN", (one) => one.lastLogInAt),
  { key: "from", title: "FROM", value: (one) => one.lastLogInAddress ?? "-", whole: true, spare: true },
  { key: "id", title: "ID", value: (one) => one.id, wide: true, id: true },
];

const administratorFacts = (one: AdministratorJson): string =>
  facts([
    ["Name", one.name],
    ["Role", one.role],
    ["Log-ins", one.enabled ? "taken" : "not taken: disabled"],
    [
      "Last log-in",
      one.lastLogInAt === null ? "never" : `${instant(one.lastLogInAt)} from ${one.lastLogInAddress}`,
    ],
    ["Password set", instant(one.passwordChangedAt)],
    ["Added", `${instant(one.createdAt)} by ${one.createdBy}`],
    ["ID", one.id],
  ]);

/** `pacctl token …`: tokens of programs, and the log-ins of administrators. */
export function addTokenCommands(pacctl: Command, connect: Connect, now: () => Date): void {
  const token = pacctl
    .command("token")
    .description("tokens of programs, and the log-ins of administrators")
    .addHelpText("after", TOKEN_HELP);

  token
    .command("list")
    .description("list tokens and log-ins")
    .action(async (_options: object, command: Command) => {
      const { ask, list } = await connect(command);
      list(await everyItem(ask, "/tokens"), TOKEN_COLUMNS, { empty: "No tokens.\n" });
    });

  token
    .command("create <name>")
    .alias("add")
    .description("make a token, which is shown this once")
    .addOption(roleOption().makeOptionMandatory())
    .addOption(
      new Option("--expires <when>", "refuse it from then on, like 2027-01-01").argParser((text) =>
        moment(text, now()),
      ),
    )
    .option("--source <network...>", "take it from these networks alone")
    .action(async (name: string, options: CreateOptions, command: Command) => {
      const { ask, show } = await connect(command);
      const { role, expires, source } = options;
      const body = {
        name,
        role,
        ...(expires === undefined ? {} : { expiresAt: expires }),
        ...(source === undefined ? {} : { sources: source }),
      };
      show(await ask("POST", "/tokens", { body }), ({ token }) => `${token}\n`);
    });

  token
    .command("show <names...>")
    .description("show tokens by their names, or log-ins by their IDs; never what is sent")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const get = (name: string) => terminal.ask("GET", "/tokens/{token}", { path: { token: name } });
      await several(terminal, names, get, tokenFacts, "\n");
    });

  token
    .command("revoke <names...>")
    .description("refuse tokens from now on, or end log-ins by their IDs")
    .action(async (names: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const revoke = (name: string) => terminal.ask("DELETE", "/tokens/{token}", { path: { token: name } });
      await several(terminal, names, revoke, (_, name) => `Revoked ${name}.\n`);
    });

  token
    .command("rotate <name>")
    .description("replace the token of the file admin-token, which is called admin")
    .action(async (name: string, _options: object, command: Command) => {
      if (name !== "admin")
        command.error("error: only admin is rotated; revoke others, and create them anew");
      const { ask, show } = await connect(command);
      show(
        await ask("POST", "/tokens/admin:rotate"),
        () => "The file admin-token has another token; the one before is refused from now on.\n",
      );
    });
}

interface CreateOptions {
  readonly role: Role;
  readonly expires?: string;
  readonly source?: readonly string[];
}

export const TOKEN_COLUMNS: readonly Column<TokenJson>[] = [
  { key: "name", title: "NAME", value: (one) => one.name },
  { key: "kind", title: "KIND", value: (one) => one.kind, whole: true },
  { key: "role", title: "ROLE", value: (one) => one.role, whole: true },
  momentColumn("expires", "EXPIRES", (one) => one.expiresAt),
  momentColumn("last-used", "LAST USED", (one) => one.lastUsedAt),
  { key: "from", title: "FROM", value: (one) => one.lastUsedAddress ?? "-", whole: true, spare: true },
  { key: "id", title: "ID", value: (one) => one.id, id: true, spare: true },
  { key: "sources", title: "TAKEN FROM", value: (one) => one.sources.join(" ") || "everywhere", wide: true },
  { key: "made-by", title: "MADE BY", value: (one) => one.createdBy, wide: true },
];

const tokenFacts = (one: TokenJson): string =>
  facts([
    ["Name", one.name],
    ["Kind", one.kind],
    ["Role", one.role],
    [
      "Expires",
      one.expiresAt === null ? "never" : `${instant(one.expiresAt)}${one.expired ? ", expired" : ""}`,
    ],
    ["Taken from", one.sources.length === 0 ? "everywhere" : one.sources.join(", ")],
    [
      "Last used",
      one.lastUsedAt === null ? "never" : `${instant(one.lastUsedAt)} from ${one.lastUsedAddress}`,
    ],
    ["Made", `${instant(one.createdAt)} by ${one.createdBy}`],
    ["ID", one.id],
  ]);

const ADMIN_HELP = `
Examples:
  pacctl admin add anna --role admin
  pacctl admin set bert --role viewer
  pacctl admin password anna
`;

const TOKEN_HELP = `
Examples:
  pacctl token create prometheus --role viewer --source 10.0.0.5 >prometheus.token
  pacctl token revoke prometheus
  pacctl token rotate admin
`;
