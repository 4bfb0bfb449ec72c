import { type Command, InvalidArgumentError, Option } from "commander";
import { lengthOfTime } from "./length-of-time.ts";
import { moment } from "./moment.ts";

const RELATIVE = /^\d+[dhms](?: ?\d+[dhms])*$/;

/**
 * A moment that was: `2h` ago, `1d12h` ago, or one as `moment` takes it. As ISO 8601 in UTC. Throws
 * commander's InvalidArgumentError.
 */
export function pastMoment(text: string, now: Date): string {
  if (RELATIVE.test(text)) return new Date(now.getTime() - lengthOfTime(text) * 1000).toISOString();
  try {
    return moment(text, now);
  } catch {
    throw new InvalidArgumentError(
      "Write it like 2h or 1d12h (so long ago), 2027-01-01, 2027-01-01T08:00 or 2027-01-01T07:00:00Z.",
    );
  }
}

/** What `addSpanOptions` puts among a command's options: moments in ISO 8601. */
export interface SpanOptions {
  readonly since?: string;
  readonly until?: string;
  readonly at?: string;
}

/** `--since` and `--until`, and with `at` the sentence for `--at` as well. */
export function addSpanOptions(
  command: Command,
  now: () => Date,
  words: { readonly since: string; readonly until: string; readonly at?: string },
): Command {
  const one = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).argParser((text: string) => pastMoment(text, now())));
  one("--since <when>", words.since);
  one("--until <when>", words.until);
  if (words.at !== undefined) one("--at <when>", words.at);
  return command;
}
