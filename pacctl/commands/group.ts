import type { Command } from "commander";
import type { Static } from "typebox";
import type { ChangedGroup, RemovedGroup } from "../../admin-api/schemas/group.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { isGroupField } from "../../server/policy/group-policy.ts";
import type { Io } from "../io.ts";
import { addPolicyOptions, decidedOf } from "../options/policy-options.ts";
import { usersOf } from "../options/user-filters.ts";
import { GROUP_COLUMNS, type GroupJson, groupFacts } from "../print/group.ts";
import { USER_COLUMNS } from "../print/user.ts";
import { type Connect, query } from "../terminal.ts";

/** `pacctl group …`: policies that users inherit. `now` is for options that hold a moment. */
export function addGroupCommands(pacctl: Command, connect: Connect, now: () => Date): void {
  const group = pacctl.command("group").description("policies that users inherit").addHelpText("after", HELP);

  group
    .command("list")
    .description("list groups, and what they decide")
    .action(async (_options: object, command: Command) => {
      const { api, list } = await connect(command);
      const items: GroupJson[] = [];
      let cursor: string | undefined;
      do {
        const page = await api<GroupPage>("GET", `/groups${query({ limit: "1000", cursor })}`);
        items.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      list(items, GROUP_COLUMNS, { empty: "There are no groups yet: pacctl group add NAME\n" });
    });

  const add = group
    .command("add <name>")
    .description("add a group; what is not said, it does not decide")
    .action(async (name: string, options: Settings, command: Command) => {
      const { api, show } = await connect(command);
      const added = await api<GroupJson>("POST", "/groups", { name, ...changeOf(options) });
      show(added, (one) => `Added group ${one.name}: pacctl user set NAME --group ${one.name}\n`);
    });
  addSettings(add, now);

  group
    .command("show <name>")
    .description("show what a group decides")
    .action(async (name: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      show(await api<GroupJson>("GET", pathOf(name)), groupFacts);
    });

  const set = group
    .command("set <name>")
    .description("change what a group decides; what is not said stays")
    .option("--name <new-name>", "another name; the ID and the users stay")
    .action(async (name: string, options: Settings, command: Command) => {
      const naming = options["name"] === undefined ? {} : { name: options["name"] };
      const body = { ...naming, ...changeOf(options) };
      if (Object.keys(body).length === 0)
        throw new AppError("usage", "Say what to set; pacctl group set --help has the options.");
      const { io, api, show } = await connect(command);
      const changed = await api<Changed>("PATCH", pathOf(name), body);
      show(changed, groupFacts);
      tellEffects(io, changed);
    });
  addSettings(set, now);

  group
    .command("remove <name>")
    .description("remove a group without users")
    .option("--release", "also one with users: they are in no group then")
    .action(async (name: string, { release }: { release?: boolean }, command: Command) => {
      const { api, show } = await connect(command);
      const members = release === true ? "release" : undefined;
      const removed = await api<Static<typeof RemovedGroup>>(
        "DELETE",
        `${pathOf(name)}${query({ members })}`,
      );
      show(removed, (one) => {
        const users = one.released === 0 ? "" : `; users who are in no group now: ${one.released}`;
        return `Removed group ${one.name}${users}.\n`;
      });
    });

  group
    .command("members <name>")
    .description("list the users of a group")
    .action(async (name: string, _options: object, command: Command) => {
      const { api, list } = await connect(command);
      const { name: known } = await api<GroupJson>("GET", pathOf(name));
      const items = await usersOf(api, { group: known });
      list(items, USER_COLUMNS, {
        empty: `No user is in the group: pacctl user set NAME --group ${known}\n`,
      });
    });
}

type Settings = Readonly<Record<string, unknown>>;
type Changed = Static<typeof ChangedGroup>;

interface GroupPage {
  readonly items: readonly GroupJson[];
  readonly next?: string;
}

function addSettings(command: Command, now: () => Date): void {
  command
    .option("--comment <text>", 'a remark in one line; "" takes it back')
    .option("--enabled", "its users may dial in")
    .option("--disabled", "its users may not dial in, and are disconnected")
    .option("--no-enabled", "the group does not decide that");
  addPolicyOptions(command, now, isGroupField);
}

function changeOf(options: Settings): Readonly<Record<string, unknown>> {
  const { comment, enabled, disabled } = options;
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(enabled === undefined ? {} : { enabled: enabled === true ? true : null }),
    ...(disabled === true ? { enabled: false } : {}),
    ...decidedOf(options),
  };
}

/** Beside the answer, which may be JSON for a program. */
function tellEffects(io: Io, { effects: { sessionsEnded, overridden } }: Changed): void {
  if (sessionsEnded > 0) io.err(`pacctl: note: sessions disconnected: ${sessionsEnded}\n`);
  for (const [field, users] of Object.entries(overridden))
    io.err(`pacctl: note: ${field} means nothing for users who have their own: ${users}\n`);
}

const pathOf = (name: string) => `/groups/${encodeURIComponent(name)}`;

const HELP = `
Examples:
  pacctl group add contractors --hours "mon-fri 08:00-18:00" --pool guests --max-sessions 1
  pacctl group set contractors --rate-down 10M --no-pool
  pacctl user set anna --group contractors
  pacctl group members contractors
  pacctl group remove contractors --release
`;
