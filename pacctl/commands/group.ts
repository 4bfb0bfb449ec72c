import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { isGroupField } from "../../server/policy/group-policy.ts";
import type { Io } from "../io.ts";
import { addPolicyOptions, decidedOf } from "../options/policy-options.ts";
import { usersOf } from "../options/user-filters.ts";
import { GROUP_COLUMNS, groupFacts } from "../print/group.ts";
import { USER_COLUMNS } from "../print/user.ts";
import type { Connect } from "../terminal.ts";
import { everyItem, type Schemas } from "../typed-api.ts";

/** `pacctl group …`: policies that users inherit. `now` is for options that hold a moment. */
export function addGroupCommands(pacctl: Command, connect: Connect, now: () => Date): void {
  const group = pacctl.command("group").description("policies that users inherit").addHelpText("after", HELP);

  group
    .command("list")
    .description("list groups, and what they decide")
    .action(async (_options: object, command: Command) => {
      const { ask, list } = await connect(command);
      list(await everyItem(ask, "/groups"), GROUP_COLUMNS, {
        empty: "There are no groups yet: pacctl group add NAME\n",
      });
    });

  const add = group
    .command("add <name>")
    .description("add a group; what is not said, it does not decide")
    .action(async (name: string, options: Settings, command: Command) => {
      const { ask, show } = await connect(command);
      const added = await ask("POST", "/groups", { body: { name, ...changeOf(options) } });
      show(added, (one) => `Added group ${one.name}: pacctl user set NAME --group ${one.name}\n`);
    });
  addSettings(add, now);

  group
    .command("show <name>")
    .description("show what a group decides")
    .action(async (name: string, _options: object, command: Command) => {
      const { ask, show } = await connect(command);
      show(await ask("GET", "/groups/{name}", { path: { name } }), groupFacts);
    });

  const set = group
    .command("set <name>")
    .description("change what a group decides; what is not said stays")
    .option("--name <new-name>", "another name; the ID and the users stay")
    .action(async (name: string, options: SetOptions, command: Command) => {
      const naming = options.name === undefined ? {} : { name: options.name };
      const body = { ...naming, ...changeOf(options) };
      if (Object.keys(body).length === 0)
        throw new AppError("usage", "Say what to set; pacctl group set --help has the options.");
      const { io, ask, show } = await connect(command);
      const changed = await ask("PATCH", "/groups/{name}", { path: { name }, body });
      show(changed, groupFacts);
      tellEffects(io, changed);
    });
  addSettings(set, now);

  group
    .command("remove <name>")
    .description("remove a group without users")
    .option("--release", "also one with users: they are in no group then")
    .action(async (name: string, { release }: { release?: boolean }, command: Command) => {
      const { ask, show } = await connect(command);
      const removed = await ask("DELETE", "/groups/{name}", {
        path: { name },
        query: { members: release === true ? "release" : undefined },
      });
      show(removed, (one) => {
        const users = one.released === 0 ? "" : `; users who are in no group now: ${one.released}`;
        return `Removed group ${one.name}${users}.\n`;
      });
    });

  group
    .command("members <name>")
    .description("list the users of a group")
    .action(async (name: string, _options: object, command: Command) => {
      const { ask, list } = await connect(command);
      const { name: known } = await ask("GET", "/groups/{name}", { path: { name } });
      const items = await usersOf(ask, { group: known });
      list(items, USER_COLUMNS, {
        empty: `No user is in the group: pacctl user set NAME --group ${known}\n`,
      });
    });
}

interface Settings extends Readonly<Record<string, unknown>> {
  readonly comment?: string;
  readonly enabled?: boolean;
  readonly disabled?: true;
}

interface SetOptions extends Settings {
  readonly name?: string;
}

function addSettings(command: Command, now: () => Date): void {
  command
    .option("--comment <text>", 'a remark in one line; "" takes it back')
    .option("--enabled", "its users may dial in")
    .option("--disabled", "its users may not dial in, and are disconnected")
    .option("--no-enabled", "the group does not decide that");
  addPolicyOptions(command, now, isGroupField);
}

function changeOf(options: Settings): Schemas["ChangeGroupBody"] {
  const { comment, enabled, disabled } = options;
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(enabled === undefined ? {} : { enabled: enabled === true ? true : null }),
    ...(disabled === true ? { enabled: false } : {}),
    ...decidedOf(options),
  };
}

/** Beside the answer, which may be JSON for a program. */
function tellEffects(io: Io, { effects: { sessionsEnded, overridden } }: Schemas["ChangedGroup"]): void {
  if (sessionsEnded > 0) io.err(`pacctl: note: sessions disconnected: ${sessionsEnded}\n`);
  for (const [field, users] of Object.entries(overridden))
    io.err(`pacctl: note: ${field} means nothing for users who have their own: ${users}\n`);
}

const HELP = `
Examples:
  pacctl group add contractors --hours "mon-fri 08:00-18:00" --pool guests --max-sessions 1
  pacctl group set contractors --rate-down 10M --no-pool
  pacctl user set anna --group contractors
  pacctl group members contractors
  pacctl group remove contractors --release
`;
