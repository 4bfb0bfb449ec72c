import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { type FileFormat, FORMAT_NAMES, FORMATS } from "../import/formats/found-format.ts";
import type { Remark } from "../import/import-types.ts";
import { ENCODINGS, type Encoding, MAX_IMPORT_OCTETS } from "../import/text.ts";
import { type UsersInFile, usersIn } from "../import/users-in.ts";
import type { Io } from "../io.ts";
import { mapping } from "../options/mapping.ts";
import { IMPORT_COLUMNS, importRows, refusalsText, remarksText } from "../print/import.ts";
import { printable } from "../print/printable.ts";
import { wrapped } from "../print/wrapped.ts";
import type { Connect, Terminal } from "../terminal.ts";
import { inputOf } from "../transfer/input.ts";
import { NewPasswords } from "../transfer/new-passwords.ts";
import { type Report, sendUsers, whoExists } from "../transfer/send-users.ts";
import type { UserToSend } from "../transfer/users-to-send.ts";

interface ImportOptions {
  readonly format?: FileFormat;
  readonly encoding?: Encoding;
  readonly group?: string;
  readonly pool?: string;
  readonly mapProfile?: ReadonlyMap<string, string>;
  readonly mapPool?: ReadonlyMap<string, string>;
  readonly server?: string;
  readonly allServices?: true;
  readonly update?: true;
  readonly passwords?: string;
  readonly dryRun?: true;
}

/** `pacctl user import FILE`: users of another server, or of a spreadsheet. */
export function addUserImport(user: Command, connect: Connect, io: Io): void {
  user
    .command("import <file>")
    .description("add the users of a file of another server, or of CSV; - is standard input")
    .addOption(new Option("--format <format>", "not the one that is found").choices(FORMATS))
    .addOption(new Option("--encoding <encoding>", "how letters are written").choices(ENCODINGS))
    .option("--dry-run", "show what would be done, and what cannot be taken over; do nothing")
    .option("--update", "change users who are there already; otherwise they stay as they are")
    .option("--passwords <file>", "a new file (mode 0600) for passwords that are generated")
    .option("--group <name>", "the group of users who are in none by the file")
    .option("--pool <name>", "the pool of users who have neither address nor pool by the file")
    .option("--map-profile <profile=group>", "a profile of RouterOS is this group here; repeatable", mapping)
    .option("--map-pool <there=here>", "a pool of there is this one here; repeatable", mapping)
    .option("--server <name>", "of chap-secrets: lines for this server only, and for any")
    .option("--all-services", "of RouterOS: users of other services than PPTP too")
    .addHelpText("after", HELP)
    .action(async (path: string, options: ImportOptions, command: Command) => {
      const { mapProfile: profiles = new Map(), mapPool: pools = new Map(), ...rest } = options;
      const { octets, open } = await inputOf(io, path, MAX_IMPORT_OCTETS);
      const found = usersIn(octets, { ...rest, profiles, pools, now: io.now() });
      const terminal = await connect(command);
      const quiet = terminal.output.format === "json" || terminal.output.format === "yaml";
      if (!quiet) io.err(wrapped(`pacctl: ${aboutFormat(path, found)}`));
      if (open && found.users.some(({ password }) => password !== undefined))
        io.err(
          `pacctl: note: ${printable(path)} holds passwords, and others may read it: chmod 600 ${printable(path)}\n`,
        );
      for (const group of new Set([rest.group, ...profiles.values()]))
        if (group !== undefined) await terminal.ask("GET", "/groups/{name}", { path: { name: group } });
      const users = await whoExists(terminal.ask, found.users);
      if (options.dryRun === true) await rehearse(terminal, found, users, options);
      else await perform(terminal, found, users, options);
    });
}

function aboutFormat(path: string, { format, since, users }: UsersInFile): string {
  const why = since === undefined ? "" : `, since ${since} (--format says otherwise)`;
  return `${path === "-" ? "Standard input" : path} is read as ${FORMAT_NAMES[format]}${why}: ${counted(users.length, "user")}.`;
}

/** Shows what would be done. Throws partly-done where not all of it would. */
async function rehearse(
  { ask, io, list }: Terminal,
  { format, remarks }: UsersInFile,
  users: readonly UserToSend[],
  { update = false }: { readonly update?: boolean },
): Promise<void> {
  const report = await sendUsers(ask, users, {
    dryRun: true,
    update,
    generate: () => [],
    progress: progressAt(io),
    stopped: () => false,
  });
  if (report.failure !== undefined) throw report.failure;
  const page = { format, ...resultJson(report, remarks) };
  const told = remarksText(remarks);
  const refused = refusalsText(report.sent);
  list(report.sent.flatMap(importRows), IMPORT_COLUMNS, {
    page,
    empty: "The file has no users.\n",
    after:
      (told === "" ? "" : `\nNot taken over as it stands there:\n${told}`) +
      (refused === "" ? "" : `\nRefused:\n${refused}`) +
      `\n${wrapped(`Nothing was done. It would have been: ${countsText(report)}.`)}`,
  });
  const left = leftOut(report, remarks);
  if (left > 0)
    throw new AppError("partly-done", `${counted(left, "line")} of the file would not be taken over.`);
}

/** Does it. Throws partly-done where not all of it was. */
async function perform(
  { ask, io, show, output }: Terminal,
  { format, remarks }: UsersInFile,
  users: readonly UserToSend[],
  { update = false, passwords: file }: { readonly update?: boolean; readonly passwords?: string },
): Promise<void> {
  const lacking = users.filter(({ user, exists }) => !exists && user.password === undefined);
  if (lacking.length > 0 && file === undefined) throw passwordsNeeded(lacking);
  const passwords = new NewPasswords(io, lacking.length > 0 ? file : undefined);
  let interrupted = false;
  io.onInterrupt(() => {
    interrupted = true;
  });
  let report: Report;
  try {
    report = await sendUsers(ask, users, {
      dryRun: false,
      update,
      generate: passwords.generate,
      progress: progressAt(io),
      stopped: () => interrupted,
    });
  } finally {
    passwords.close();
  }
  if (output.format !== "json" && output.format !== "yaml")
    io.err(remarksText(remarks) + refusalsText(report.sent));
  const generated = report.sent.filter((one) => one.generated === true);
  const about = { format, ...resultJson(report, remarks), passwords: generated.length > 0 ? file : null };
  show(about, () => wrapped(`Done: ${countsText(report)}.`) + passwordsText(file, report));
  const { sent, failure } = report;
  const undone = sent.filter(({ did }) => did === "unknown" || did === "not sent");
  if (undone.length > 0) throw brokenOff(report, failure, undone.length);
  const left = leftOut(report, remarks);
  if (left > 0)
    throw new AppError(
      "partly-done",
      `${counted(left, "line")} of the file ${left === 1 ? "was" : "were"} not taken over.`,
    );
}

/** Users of the file whom pacd has not got, or not so. */
const leftOut = ({ sent }: Report, remarks: readonly Remark[]): number =>
  sent.filter(({ did }) => did === "refused").length + remarks.filter(({ lost }) => lost).length;

function brokenOff({ sent }: Report, failure: Report["failure"], undone: number): AppError {
  const unknown = sent.filter(({ did }) => did === "unknown").map(({ user }) => user.line);
  const why = failure === undefined ? "Interrupted" : failure.message.replace(/\.$/, "");
  const perhaps =
    unknown.length === 0
      ? ""
      : ` Of ${counted(unknown.length, "user")} (lines ${unknown[0]} to ${unknown.at(-1)}) no answer came: they may be stored.`;
  return new AppError(
    "partly-done",
    `${why}: ${counted(undone, "user")} of the file ${undone === 1 ? "was" : "were"} not done.${perhaps} The same command again goes on, with a new file for passwords.`,
    failure === undefined ? {} : { cause: failure.code },
  );
}

function passwordsNeeded(lacking: readonly UserToSend[]): AppError {
  const lines = lacking.slice(0, 5).map(({ user }) => user.line);
  const more = lacking.length > lines.length ? ", …" : "";
  return new AppError(
    "usage",
    `${counted(lacking.length, "user")} of the file ${lacking.length === 1 ? "has" : "have"} no password (line ${lines.join(", ")}${more}), and nothing was done: ` +
      "--passwords FILE says where to write those that are generated.",
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const countOf = ({ sent }: Report, did: string): number => sent.filter((one) => one.did === did).length;

const COUNTED = [
  ["created", "added"],
  ["changed", "changed"],
  ["unchanged", "unchanged"],
  ["kept", "there already, which stay (--update changes them)"],
  ["refused", "refused"],
] as const;

function countsText(report: Report): string {
  const parts = COUNTED.map(([did, word]) => [countOf(report, did), word] as const).filter(([n]) => n > 0);
  return parts.length === 0 ? "nothing" : parts.map(([n, word]) => `${n} ${word}`).join(", ");
}

function passwordsText(file: string | undefined, { sent }: Report): string {
  const generated = sent.filter((one) => one.generated === true);
  if (generated.length === 0) return "";
  const of = generated.filter(({ did }) => did === "refused" || did === "not sent").length;
  const idle = of === 0 ? "" : ` ${of} of them are of users who were not added: they mean nothing.`;
  return wrapped(`${counted(generated.length, "generated password")}: ${file} (mode 0600).${idle}`);
}

function resultJson(report: Report, remarks: readonly Remark[]): object {
  const counts = Object.fromEntries(COUNTED.map(([did]) => [did, countOf(report, did)]));
  const users = report.sent.map(({ user: { line, name }, did, result, generated }) => ({
    line,
    name,
    did,
    ...(generated === true ? { generated } : {}),
    ...(result?.changes === undefined ? {} : { changes: result.changes }),
    ...(result?.code === undefined ? {} : { code: result.code, detail: result.detail }),
    ...(result?.field === undefined ? {} : { field: result.field }),
  }));
  return { ...counts, users, notTakenOver: remarks };
}

/** On a terminal alone, in one line that is written over, and is gone at the end. */
const progressAt =
  ({ err, screen }: Io) =>
  (done: number, total: number): void => {
    if (screen.errIsTerminal) err(`\r\u001b[K${done < total ? `${done} of ${total} users` : ""}`);
  };

const HELP = `
Formats: csv (the first line names the columns), chap-secrets of pppd, accel-ppp (chap-secrets with rates), routeros (/ppp secret export,
with show-sensitive from RouterOS 7 on), mpd (mpd.secret). docs/bulk.md has what is taken over of each.

Examples:
  pacctl user import users.csv --dry-run
  pacctl user import users.csv --passwords new-passwords.csv --group staff
  pacctl user import /etc/ppp/chap-secrets --server pptpd
  pacctl user import secrets.rsc --map-profile office=staff --map-pool pool1=guests
`;
