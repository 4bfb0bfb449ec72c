import { type Command, InvalidArgumentError } from "commander";
import type { Schemas } from "../typed-api.ts";
import { NAMES_OF_FIELDS } from "./policy-options.ts";

type Inherited = NonNullable<Schemas["ChangeUserBody"]["inherit"]>;
type AboutBody = Pick<Schemas["ChangeUserBody"], "group" | "comment" | "labels" | "inherit">;

export interface AboutOptions {
  readonly group?: string | false;
  readonly comment?: string;
  readonly label?: readonly string[] | false;
  readonly inherit?: Inherited;
}

/** What a user has beside a policy: group, comment, labels. */
export function addAboutOptions(command: Command): void {
  command
    .option("--group <name>", "the group whose policy the user inherits")
    .option("--no-group", "no group")
    .option("--comment <text>", 'a remark in one line; "" takes it back')
    .option(
      "--label <key=value>",
      "words to find the user by, all of them; repeatable, KEY alone will do",
      each,
    )
    .option("--no-label", "no labels");
}

/** What of a changed user is inherited again. */
export function addInheritOption(command: Command): void {
  command.option("--inherit <setting>", "what the group decides again, like rate-up; repeatable", inherited);
}

const each = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];

function inherited(text: string, before: unknown): Inherited {
  const fields = text.split(",").map((name) => {
    const field = NAMES_OF_FIELDS[name.trim()];
    if (field === undefined)
      throw new InvalidArgumentError(`Settings are ${Object.keys(NAMES_OF_FIELDS).join(", ")}.`);
    return field;
  });
  return [...(Array.isArray(before) ? before : []), ...fields];
}

/** What these options say, under the names of the API. Labels are those that were given, and no others. */
export function aboutOf({ group, comment, label, inherit }: AboutOptions): AboutBody {
  return {
    ...(group === undefined ? {} : { group: group === false ? null : group }),
    ...(comment === undefined ? {} : { comment }),
    ...(label === undefined ? {} : { labels: label === false ? {} : Object.fromEntries(label.map(labelOf)) }),
    ...(inherit === undefined ? {} : { inherit }),
  };
}

function labelOf(text: string): readonly [string, string] {
  const [key = "", ...value] = text.split("=");
  return [key, value.join("=")];
}
