import { type ConfigChange, writtenValue } from "../config/compare-configs.ts";

/** What a reload did; of a dry run what it would do. */
export interface ReloadReport {
  readonly dryRun: boolean;
  /** Null: pacd runs without one. */
  readonly file: string | null;
  /** Key by key, in the order of the example file. */
  readonly changes: readonly ConfigChange[];
  readonly sessions: {
    /** That were up. */
    readonly live: number;
    /** Of these those that end, or have ended: their addresses are in no pool any more. */
    readonly ended: number;
    /** Those that go on in a way in which nobody gets in any more. */
    readonly noLongerAllowed: number;
  };
  /** Sentences about what is not as one may expect. */
  readonly notes: readonly string[];
}

/** For example `tunnel.mtu (1400 → 1300)`. */
export function changeText({ key, from, to }: ConfigChange): string {
  const text = (value: ConfigChange["to"]) => (value === undefined ? "not there" : writtenValue(value));
  return `${key} (${text(from)} → ${text(to)})`;
}

/** The report in one line, for the log. */
export function reportLine({ changes, sessions }: ReloadReport): string {
  if (changes.length === 0) return "The configuration was read again: nothing has changed.";
  const live = changes.filter(({ counts }) => counts !== "restart");
  const later = changes.filter(({ counts }) => counts === "restart");
  const parts = [
    ...(live.length === 0 ? [] : [`in force now: ${live.map(changeText).join(", ")}`]),
    ...(later.length === 0 ? [] : [`after a restart: ${later.map(changeText).join(", ")}`]),
    ...(sessions.ended === 0 ? [] : [`${sessions.ended} of ${sessions.live} sessions ended`]),
  ];
  return `The configuration was read again; ${parts.join("; ")}.`;
}
