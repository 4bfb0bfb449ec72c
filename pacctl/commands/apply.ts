import type { Command } from "commander";
import { MAX_BATCH, MAX_GROUPS } from "../../admin-api/limits.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { seconds } from "../../server/wire/units.ts";
import { ApiRefusal } from "../api-client.ts";
import { exitCodeFor } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { APPLY_COLUMNS, applyCounts, applyLines, doneText, refusalLines } from "../print/apply.ts";
import { printable } from "../print/printable.ts";
import { wrapped } from "../print/wrapped.ts";
import type { Connect } from "../terminal.ts";
import { documentOf, MAX_DOCUMENT_OCTETS, type Place, type UserDocument } from "../transfer/document.ts";
import { inputOf } from "../transfer/input.ts";
import { NewPasswords } from "../transfer/new-passwords.ts";
import type { Ask, Schemas } from "../typed-api.ts";

type Result = Schemas["ApplyResult"];
type Body = UserDocument["body"] & { readonly prune?: boolean };

interface ApplyOptions {
  readonly file: string;
  readonly prune?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly passwords?: string;
}

/** A document of 5,000 users took 18 s on a busy host with two cores, and its rehearsal as long. */
const WAIT = seconds(300);

/** `pacctl apply -f FILE`: users and groups as a document says. */
export function addApplyCommand(pacctl: Command, connect: Connect, io: Io): void {
  pacctl
    .command("apply")
    .description("make users and groups what a document (YAML or JSON) says, all of it or nothing")
    .requiredOption("-f, --file <file>", "the document; - is standard input")
    .option("--prune", "remove users, and groups, that are not in the document")
    .option("--dry-run", "show the difference, and change nothing")
    .option("--yes", "remove without being asked")
    .option("--passwords <file>", "a new file (mode 0600) for passwords that are generated")
    .addHelpText("after", HELP)
    .action(async (options: ApplyOptions, command: Command) => {
      const { file: path, prune = false } = options;
      const { octets, open } = await inputOf(io, path, MAX_DOCUMENT_OCTETS);
      const { body, places } = documentOf(octets, shownPath(path));
      checkSize(body, shownPath(path));
      if (open && body.users?.some(({ password }) => password !== undefined))
        io.err(
          `pacctl: note: ${printable(path)} holds passwords, and others may read it: chmod 600 ${printable(path)}\n`,
        );
      const { ask, list, show, output } = await connect(command, WAIT);
      const asked = { ...body, ...(prune ? { prune } : {}) };
      const plan = await applied(ask, asked, true, places, shownPath(path));
      const refused = refusalLines(plan.rows, places, shownPath(path));
      const asData = output.format === "json" || output.format === "yaml";
      const showPlan = (after: string) =>
        list(applyLines(plan.rows), APPLY_COLUMNS, { page: plan, empty: "", after });
      if (options.dryRun === true) {
        showPlan(`\n${wrapped(`Nothing was done. It would have been: ${applyCounts(plan)}.`)}`);
        if (plan.refused > 0) throw refusal(plan, refused);
        return;
      }
      if (!asData) showPlan("");
      if (plan.refused > 0) throw refusal(plan, refused);
      if (plan.created + plan.changed + plan.removed > 0) {
        const passwords = passwordsFor(io, plan, body, options.passwords);
        await confirmRemoval(io, plan, options);
        const done = await applied(ask, passwords.fill(asked), false, places, shownPath(path));
        if (!done.stored) throw refusal(done, refusalLines(done.rows, places, shownPath(path)));
        show(done, () => doneText(done) + passwords.told);
      } else show(plan, () => wrapped(`Nothing to do: ${applyCounts(plan)}.`));
    });
}

const shownPath = (path: string): string => (path === "-" ? "standard input" : path);

function checkSize({ users = [], groups = [] }: Body, path: string): void {
  for (const [what, count, most] of [
    ["users", users.length, MAX_BATCH],
    ["groups", groups.length, MAX_GROUPS],
  ] as const)
    if (count > most)
      throw new AppError(
        "document-invalid",
        `${path} has ${count} ${what}, and ${most} is the most of one document. pacctl user import takes more users.`,
      );
}

/** One request. An entry that does not fit the API is told with its line. */
async function applied(
  ask: Ask,
  body: Body,
  dryRun: boolean,
  places: readonly Place[],
  path: string,
): Promise<Result> {
  try {
    return await ask("POST", "/users:apply", { query: { dryRun }, body });
  } catch (error) {
    const [, entry, part] = /^Entry (\d+) of the field "(users|groups)"/.exec((error as Error).message) ?? [];
    if (!(error instanceof ApiRefusal) || entry === undefined) throw error;
    const at = Number(entry) - 1 + (part === "users" ? (body.groups?.length ?? 0) : 0);
    const says = `${path}, line ${places[at]?.line}: ${error.message}`;
    throw new ApiRefusal(error.code, says, error.status, error.details);
  }
}

/** All or nothing: nothing was done. Alike refusals end with their code. */
function refusal({ rows }: Result, lines: readonly string[]): AppError {
  const errors = rows
    .filter(({ did }) => did === "refused")
    .map(({ kind, name, code, detail, field }) => ({ kind, name, code, detail, field }));
  const codes = new Set(errors.map(({ code }) => exitCodeFor(code ?? "")));
  const [only] = codes.size === 1 ? codes : [];
  return new AppError("document-invalid", [...lines, "Nothing was done."].join("\n"), {
    errors,
    ...(only === undefined ? {} : { exitCode: only }),
  });
}

/** Throws usage where nobody can be asked, or the answer is no. */
async function confirmRemoval(
  io: Io,
  { rows, removed, effects }: Result,
  { yes }: ApplyOptions,
): Promise<void> {
  if (removed === 0 || yes === true) return;
  const count = (kind: string) => rows.filter((row) => row.did === "removed" && row.kind === kind).length;
  const what = [counted(count("user"), "user"), counted(count("group"), "group")].filter(
    (text) => text !== "",
  );
  const ends = effects.sessionsEnded === 0 ? "" : `, and end ${counted(effects.sessionsEnded, "session")}`;
  if (io.askLine === undefined)
    throw new AppError(
      "usage",
      `${what.join(" and ")} would be removed${ends}: --yes does it. Nothing was done.`,
    );
  const answer = await io.askLine(`Remove ${what.join(" and ")}${ends}? [y/N] `);
  if (!/^y(es)?$/i.test(answer?.trim() ?? "")) throw new AppError("usage", "Nothing was done.");
}

const counted = (count: number, what: string): string =>
  count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;

/** Passwords of those who would be new and have none in the document. Throws usage. */
function passwordsFor(io: Io, { rows }: Result, { users = [], groups = [] }: Body, file: string | undefined) {
  const lacking = users.filter(
    ({ password }, at) => password === undefined && rows[groups.length + at]?.did === "created",
  );
  if (lacking.length > 0 && file === undefined)
    throw new AppError(
      "usage",
      `${counted(lacking.length, "new user")} without a password (${lacking[0]!.name}${lacking.length > 1 ? ", …" : ""}), and nothing was done: ` +
        "--passwords FILE says where to write those that are generated.",
    );
  return {
    /** Writes them, right before they are sent. */
    fill(body: Body): Body {
      if (lacking.length === 0) return body;
      const passwords = new NewPasswords(io, file);
      const made = passwords.generate(lacking);
      passwords.close();
      const of = new Map(lacking.map((user, at) => [user, made[at]!]));
      return {
        ...body,
        users: users.map((user) => (of.has(user) ? { ...user, password: of.get(user)! } : user)),
      };
    },
    told:
      lacking.length === 0
        ? ""
        : wrapped(`${counted(lacking.length, "generated password")}: ${file} (mode 0600).`),
  };
}

const HELP = `
The document has groups and users with the fields of the API; what is left out is not decided. A password that is left out stays.
pacctl user export writes such a document. docs/bulk.md has an example.

Examples:
  pacctl apply -f pacd.yaml --dry-run
  pacctl apply -f pacd.yaml --prune
`;
