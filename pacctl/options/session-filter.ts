import { type Command, Option } from "commander";
import type { Io } from "../io.ts";
import { pastMoment } from "./past-moment.ts";

/** What the options say; as the query of the API has it. */
export interface SessionFilterOptions {
  readonly user?: string;
  readonly userId?: string;
  readonly address?: string;
  readonly pool?: string;
  readonly group?: string;
  readonly weak?: true;
  readonly since?: string;
  readonly until?: string;
  readonly at?: string;
  readonly reason?: string;
  readonly state?: "live" | "ended" | "all";
}

/** Which sessions are meant: the same for lists, totals and exports. `now` is asked when a command runs. */
export function addSessionFilter(command: Command, now: Io["now"]): Command {
  const past = (text: string) => pastMoment(text, now());
  return command
    .option("--user <name>", "sessions of this user only, in whatever spelling")
    .option("--user-id <id>", "sessions of the user with this ID only")
    .option("--address <address>", "from or with this address only, on either side; a network does as well")
    .option("--pool <name>", "with an address of this pool only")
    .option("--group <name>", "of users who were in this group only")
    .option("--weak", "with weak encryption or none only")
    .option("--since <moment>", "that were up then or later: 2h, tuesday 10:00, 2026-11-24", past)
    .option("--until <moment>", "that began before then", past);
}

/** The same with those that ask for a state of one moment. */
export function addHistoryFilter(command: Command, now: Io["now"]): Command {
  return addSessionFilter(command, now)
    .addOption(
      new Option(
        "--state <state>",
        "live; ended; all, which is so where --at, --since or --until stands",
      ).choices(["live", "ended", "all"]),
    )
    .option("--at <moment>", "that were up at that very moment", (text: string) => pastMoment(text, now()))
    .option("--reason <code>", "that ended for this reason only, such as link-lost");
}

/** For the query string. */
export function sessionFilter(options: SessionFilterOptions) {
  const { user, userId, address, pool, group, weak, since, until, at, reason } = options;
  const past = [since, until, at, reason].some((one) => one !== undefined);
  return {
    state: options.state ?? (past ? ("all" as const) : undefined),
    user,
    userId,
    address,
    pool,
    group,
    encryption: weak === true ? ("weak" as const) : undefined,
    since,
    until,
    at,
    endReason: reason,
  };
}
