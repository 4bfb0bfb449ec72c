import type { Command } from "commander";
import { stringify } from "yaml";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import type { Format } from "../options/output.ts";
import { addUserFilters, type UserFilters, usersOf } from "../options/user-filters.ts";
import { printable } from "../print/printable.ts";
import { wrapped } from "../print/wrapped.ts";
import type { Connect } from "../terminal.ts";
import { type Exported, exported, usersCsv } from "../transfer/exported.ts";
import { everyItem } from "../typed-api.ts";

/** `pacctl user export [FILE]`: users and groups, as `apply` and `user import` take them. */
export function addUserExport(user: Command, connect: Connect, io: Io): void {
  const command = user
    .command("export [file]")
    .description("write users and groups as `pacctl apply` takes them, or users as CSV")
    .addHelpText("after", HELP)
    .action(async (path: string | undefined, filters: UserFilters, command: Command) => {
      const { ask, output } = await connect(command);
      const form = formOf(output.format, path);
      const groups = form === "csv" ? [] : await everyItem(ask, "/groups");
      const all = exported(groups, await usersOf(ask, filters));
      const text = textOf(all, form);
      if (path === undefined || path === "-") io.out(text);
      else await written(io, path, text);
      const where = path === undefined || path === "-" ? "" : ` are in ${printable(path)} (mode 0600)`;
      const ofGroups = form === "csv" ? "" : ` and ${counted(all.groups.length, "group")}`;
      const counts = counted(all.users.length, "user") + ofGroups;
      io.err(
        wrapped(`pacctl: ${counts}${where}. Passwords are not exported: pacd keeps their hashes alone.`),
      );
    });
  addUserFilters(command);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

type Form = "csv" | "yaml" | "json";

const ENDINGS: Readonly<Record<string, Form>> = { csv: "csv", yaml: "yaml", yml: "yaml", json: "json" };

/** What `-o` says, else how the file's name ends, else YAML. Throws usage. */
function formOf(format: Format, path: string | undefined): Form {
  if (format === "csv" || format === "yaml" || format === "json") return format;
  if (format !== "table")
    throw new AppError("usage", `-o ${format} is no form of an export: csv, yaml and json are.`);
  return ENDINGS[/\.(\w+)$/.exec(path ?? "")?.[1]?.toLowerCase() ?? "yaml"] ?? "yaml";
}

const HEAD = "# Users and groups of pacd, without passwords. pacctl apply -f FILE makes them so.\n";

function textOf(all: Exported, form: Form): string {
  if (form === "csv") return usersCsv(all.users);
  if (form === "json") return `${JSON.stringify(all, null, 2)}\n`;
  return HEAD + stringify(all, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Throws usage. */
async function written(io: Io, path: string, text: string): Promise<void> {
  try {
    const file = await io.createFile(path);
    file.write(Buffer.from(text));
    await file.close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppError("usage", `${path} cannot be written (${code ?? message}).`);
  }
}

const HELP = `
Without -o csv, yaml or json the name of the file says the form; YAML where it does not. CSV has users alone.

Examples:
  pacctl user export pacd.yaml
  pacctl user export -o csv >users.csv
  pacctl user export staff.json --group staff
`;
