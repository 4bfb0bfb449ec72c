import { type Command, InvalidArgumentError, Option } from "commander";
import type { Static } from "typebox";
import type { User } from "../../admin-api/schemas/user.ts";
import { USER_SORTS } from "../../server/store/user-types.ts";
import type { Api } from "../api-client.ts";

type UserJson = Static<typeof User>;

/** Which users are meant, as the options of `user list` say it and the API takes it. */
export interface UserFilters {
  readonly id?: string;
  readonly q?: string;
  readonly group?: string;
  readonly enabled?: boolean;
  readonly disabled?: boolean;
  readonly expired?: boolean;
  readonly passwordExpired?: boolean;
  readonly neverLoggedIn?: boolean;
  readonly connected?: boolean;
  readonly address?: string;
  readonly label?: readonly string[];
  readonly sort?: string;
}

export function addUserFilters(command: Command): void {
  command
    .option("--id <id>", "the user with this ID only")
    .option("-q, --q <text>", "a part of the name, in whatever spelling, or of the comment")
    .option("--group <name>", "users of this group; none: of no group")
    .option("--enabled", "who may dial in")
    .option("--disabled", "who may not, by themselves or by their group")
    .option("--expired", "whose validity is over")
    .option("--password-expired", "whose password has expired")
    .option("--never-logged-in", "who never got in")
    .option("--connected", "who has a session")
    .option("--no-connected", "who has none")
    .option("--address <address>", "whose static address it is, or who has it now")
    .option("--label <key=value>", "with this label, or KEY alone; repeatable", each)
    .addOption(
      new Option("--sort <field>", `by ${USER_SORTS.join(", ")}; with a minus before it the other way round`)
        .default(undefined)
        .argParser((text) => {
          if (USER_SORTS.some((field) => field === text.replace(/^-/, ""))) return text;
          throw new InvalidArgumentError(`Sort by ${USER_SORTS.join(", ")}.`);
        }),
    );
}

const each = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];

/** Every user who fits, page by page. */
export async function usersOf(
  api: Api,
  { disabled, label = [], ...filters }: UserFilters,
): Promise<readonly UserJson[]> {
  const asked = Object.entries({ ...filters, ...(disabled === true ? { enabled: false } : {}) });
  const words = asked.map(([name, value]): [string, string] => [name, String(value)]);
  const all = new URLSearchParams([
    ...words,
    ...label.map((one) => ["label", one] as [string, string]),
    ["limit", "1000"],
  ]);
  const items: UserJson[] = [];
  for (;;) {
    const page = await api<{ items: readonly UserJson[]; next?: string }>("GET", `/users?${all}`);
    items.push(...page.items);
    if (page.next === undefined) return items;
    all.set("cursor", page.next);
  }
}
