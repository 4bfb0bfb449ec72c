import type { Command } from "commander";
import type { Static } from "typebox";
import { AppError } from "../../../server/errors/app-error.ts";
import type { User, UserWithPassword } from "../../schemas/user.ts";
import type { Io } from "../io.ts";
import { instant } from "../print/quantities.ts";
import { facts, table } from "../print/table.ts";
import { type Connect, query } from "../terminal.ts";

type UserJson = Static<typeof User>;
type Fresh = Static<typeof UserWithPassword>;

/** `pacctl user …`: who may dial in. */
export function addUserCommands(pacctl: Command, connect: Connect): void {
  const user = pacctl.command("user").description("who may dial in").addHelpText("after", HELP);

  user
    .command("add <name>")
    .description("add a user; without a password, one is generated and shown once")
    .option("--password-stdin", "read the password from standard input")
    .option("--static-address <address>", "the address that the user always gets")
    .option("--disabled", "the user may not dial in yet")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { io, api, show } = await connect(command);
      const body = {
        name,
        ...(await passwordOf(io, options)),
        ...(options.staticAddress === undefined ? {} : { staticAddress: options.staticAddress }),
        ...(options.disabled === true ? { enabled: false } : {}),
      };
      show(
        await api<Fresh>("POST", "/users", body),
        (fresh) => `Added user ${fresh.name}.\n${passwordLine(fresh)}`,
      );
    });

  user
    .command("list")
    .description("list all users")
    .action(async (_options: object, command: Command) => {
      const { api, show } = await connect(command);
      const items: UserJson[] = [];
      let cursor: string | undefined;
      do {
        const page = await api<UserPage>("GET", `/users${query({ limit: "1000", cursor })}`);
        items.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      show({ items }, () => userTable(items));
    });

  user
    .command("show <name>")
    .description("show a user")
    .action(async (name: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      show(await api<UserJson>("GET", pathOf(name)), userFacts);
    });

  for (const [verb, enabled] of [
    ["enable", true],
    ["disable", false],
  ] as const) {
    user
      .command(`${verb} <name>`)
      .description(enabled ? "let the user dial in" : "refuse the user, and disconnect the user's sessions")
      .action(async (name: string, _options: object, command: Command) => {
        const { api, show } = await connect(command);
        const changed = await api<UserJson>("PATCH", pathOf(name), { enabled });
        show(changed, () => `User ${changed.name} is ${verb}d.\n`);
      });
  }

  user
    .command("set <name>")
    .description("set or clear the static address")
    .option("--static-address <address>", "the address that the user always gets")
    .option("--no-static-address", "any address from the pool")
    .action(async (name: string, options: { staticAddress?: string | false }, command: Command) => {
      const { staticAddress } = options;
      if (staticAddress === undefined) {
        throw new AppError("usage", "Say what to set: --static-address ADDRESS or --no-static-address.");
      }
      const { api, show } = await connect(command);
      const body = { staticAddress: staticAddress === false ? null : staticAddress };
      show(await api<UserJson>("PATCH", pathOf(name), body), userFacts);
    });

  user
    .command("password <name>")
    .description("set a new password; without --password-stdin, one is generated and shown once")
    .option("--password-stdin", "read the password from standard input")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { io, api, show } = await connect(command);
      const fresh = await api<Fresh>("PUT", `${pathOf(name)}/password`, await passwordOf(io, options));
      show(fresh, () => `Set a new password for ${fresh.name}.\n${passwordLine(fresh)}`);
    });

  user
    .command("remove <name>")
    .description("remove the user, and disconnect the user's sessions")
    .action(async (name: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      show(await api<undefined>("DELETE", pathOf(name)), () => `Removed user ${name}.\n`);
    });
}

interface AddOptions {
  readonly passwordStdin?: boolean;
  readonly staticAddress?: string;
  readonly disabled?: boolean;
}

interface UserPage {
  readonly items: readonly UserJson[];
  readonly next?: string;
}

const pathOf = (name: string) => `/users/${encodeURIComponent(name)}`;

/** One line end is the shell's, not the password's. */
async function passwordOf(io: Io, { passwordStdin }: AddOptions): Promise<{ password?: string }> {
  if (passwordStdin !== true) return {};
  const password = (await io.stdin()).replace(/\r?\n$/, "");
  if (password === "") throw new AppError("usage", "There is no password on standard input.");
  return { password };
}

const passwordLine = ({ password }: Fresh) =>
  password === undefined ? "" : `Password: ${password}\nIt is shown this once only.\n`;

const yesNo = (value: boolean) => (value ? "yes" : "no");

const userTable = (users: readonly UserJson[]) =>
  users.length === 0
    ? "There are no users yet: pacctl user add NAME\n"
    : table(
        ["NAME", "ENABLED", "STATIC ADDRESS", "CREATED"],
        users.map((one) => [one.name, yesNo(one.enabled), one.staticAddress ?? "-", instant(one.createdAt)]),
      );

const userFacts = (user: UserJson) =>
  facts([
    ["Name", user.name],
    ["Enabled", yesNo(user.enabled)],
    ["Static address", user.staticAddress ?? "-"],
    ["Created", instant(user.createdAt)],
    ["Changed", instant(user.updatedAt)],
    ["ID", user.id],
  ]);

const HELP = `
Examples:
  pacctl user add anna
  pacctl user add bert --static-address 10.77.0.5 --password-stdin < password.txt
  pacctl user disable anna
`;
