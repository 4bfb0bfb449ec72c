import { type Command, InvalidArgumentError, Option } from "commander";
import { USER_SORTS } from "../../server/store/user-types.ts";
import { type Ask, everyItem, type Schemas } from "../typed-api.ts";

type UserSort = (typeof USER_SORTS)[number] | `-${(typeof USER_SORTS)[number]}`;

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
  readonly sort?: UserSort;
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
export const usersOf = (
  ask: Ask,
  { disabled, ...filters }: UserFilters,
): Promise<readonly Schemas["User"][]> =>
  everyItem(ask, "/users", { ...filters, ...(disabled === true ? { enabled: false } : {}) });
