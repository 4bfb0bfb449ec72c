import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "./errors/app-error.ts";
import { installation } from "./installation/installation.ts";
import { isStateInUse } from "./platform/state-lock.ts";
import { type FoundUsers, usersIn } from "./store/files/users-in.ts";

/** Where a configuration file that names no directory has the state. */
const OF_A_FILE = "/var/lib/pacd";

/** What is known of the host, for tests to hand in another. */
export interface StateSeams {
  /** Where the state goes where nobody said otherwise: without a configuration file, and with one. */
  readonly defaults: readonly string[];
  readonly hasDatabase: (directory: string) => boolean;
  readonly usersIn: (directory: string) => FoundUsers | undefined;
  readonly isInUse: (directory: string) => boolean;
  /** Whose the files shall be, for chown. */
  readonly owner: string;
}

const HOST: StateSeams = {
  defaults: [...new Set([installation.stateDirectory, OF_A_FILE])],
  hasDatabase: (directory) => existsSync(join(directory, "pacd.db")),
  usersIn,
  isInUse: isStateInUse,
  owner: ownerOfFiles(),
};

/** What a start with an empty directory has to tell about users that lie in another one. */
export interface FoundElsewhere {
  /** Does pacd not start for it? Otherwise it is a note. */
  readonly refused: boolean;
  /** Sentences and commands; none where there is nothing to tell. */
  readonly lines: readonly string[];
}

/**
 * Is this start about to make an empty database, while the users are in a directory that pacd has used
 * before? That is what comes of a `--config` that was added, or forgotten, and every dial would be refused.
 * Where the configuration names a directory of its own, that may be meant, and is told alone. A directory
 * that another pacd runs with is that one's.
 */
export function foundElsewhere(directory: string, host: StateSeams = HOST): FoundElsewhere {
  if (host.hasDatabase(directory)) return { refused: false, lines: [] };
  for (const other of host.defaults) {
    const found = other === directory ? undefined : host.usersIn(other);
    if (found === undefined || found.users === 0 || host.isInUse(other)) continue;
    const told = sentence(directory, other, found);
    const refused = host.defaults.includes(directory);
    return {
      refused,
      lines: refused ? refusal(told, directory, other, host) : note(told, directory, other, host),
    };
  }
  return { refused: false, lines: [] };
}

/** What of it belongs into the greeting. Throws state-elsewhere where pacd does not start for it. */
export function stateElsewhere(directory: string): readonly string[] {
  const { refused, lines } = foundElsewhere(directory);
  if (refused) throw new AppError("state-elsewhere", lines.join("\n"));
  return lines;
}

const refusal = (told: string, directory: string, other: string, host: StateSeams): readonly string[] => [
  `${told} pacd does not start, for nobody could log in.`,
  `To move it here: ${move(directory, other, host)}`,
  other === OF_A_FILE
    ? "To use it where it is: start with the configuration file that pacd had before (--config FILE)"
    : `To use it where it is: have directory = "${other}" under [state] in the file of --config`,
  `To begin anew, without these users: mv ${other} ${other}.old`,
];

const note = (told: string, directory: string, other: string, host: StateSeams): readonly string[] => [
  `${told} pacd begins without users. Where that is not meant, stop it and run: rm -r ${directory}; ${move(directory, other, host)}`,
];

function sentence(directory: string, other: string, { users, changed }: FoundUsers): string {
  const count =
    users === undefined ? "a database" : `a database with ${users} ${users === 1 ? "user" : "users"}`;
  return `The state directory ${directory} has no database yet, and ${other} has ${count}, last written to at ${changed.toISOString().slice(0, 16).replace("T", " ")} UTC.`;
}

/** `cp -a` of the folder's dot takes its mode along, 0700. */
const move = (directory: string, other: string, { owner }: StateSeams): string =>
  `mkdir -p ${directory} && cp -a ${other}/. ${directory}/ && chown -R ${owner} ${directory}`;

/** The package's state belongs to its user; a checkout's to whoever starts it. */
function ownerOfFiles(): string {
  return installation.kind === "package"
    ? "pacd:pacd"
    : `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
}
