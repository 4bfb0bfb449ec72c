import type { Conditions } from "../conditions/conditions.ts";
import type { ConditionCode } from "../conditions/register.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import type { Millis } from "../wire/units.ts";
import { HOST_PARTS, type HostPart, type HostPartName } from "./host-part.ts";
import { CHECK_EVERY, MAX_AGE } from "./limits.ts";
import { RepairPace } from "./repair-pace.ts";

interface HostWatchParts {
  readonly parts: readonly HostPart[];
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  /** Told of each part that was put right; `subject` is "" where there is one of it only. */
  readonly repaired?: (part: HostPartName, subject: string, seen: string) => void;
}

/** What the watch knows of one part. */
interface Watched {
  readonly part: HostPart;
  readonly pace: RepairPace;
  /** The condition that it has raised. */
  raised: ConditionCode | undefined;
  /** An attempt that takes its time. */
  repair: Promise<void> | undefined;
  /** Why the last attempt failed; undefined: it did not. */
  refusal: string | undefined;
  /** It has been said that it cannot be read. */
  unreadable: boolean;
}

/**
 * Checks each part of the host every CHECK_EVERY, and when somebody asks. A part that is lost is put back
 * at once and the log says so; its condition holds for as long as that does not succeed, or has to wait
 * because something undoes it again and again.
 */
export class HostWatch {
  readonly #parts: HostWatchParts;
  #watched: readonly Watched[];
  readonly #repairs = new Map<HostPartName, number>(HOST_PARTS.map((name) => [name, 0]));
  #checkedAt: Millis | undefined;
  #cancel: () => void = () => {};
  #stopped = false;
  #changing = false;

  constructor(parts: HostWatchParts) {
    this.#parts = parts;
    this.#watched = parts.parts.map(newlyWatched);
  }

  /** Checks now, and from now on. */
  begin(): void {
    this.#check();
    this.#cancel = this.#parts.clock.after(CHECK_EVERY, () => this.begin());
  }

  /**
   * Nothing is looked at and nothing put back while `change` runs, which may change what is watched; what is
   * to be watched afterwards is what it resolves with. Where it rejects, all is watched as before.
   */
  async change(change: () => Promise<readonly HostPart[]>): Promise<void> {
    this.#changing = true;
    try {
      await this.settled();
      const parts = await change();
      const before = this.#watched;
      this.#watched = parts.map((part) => ({ ...(before.find(sameAs(part)) ?? newlyWatched(part)), part }));
      for (const old of before) if (!parts.some((part) => sameAs(part)(old))) this.#clear(old);
    } finally {
      this.#changing = false;
      this.#check();
    }
  }

  /** Nothing is put back any more once this has resolved. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.settled();
  }

  /** Resolves when no attempt to put something back is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#watched.map(({ repair }) => repair));
  }

  /** Checks, unless that has just been done: conditions then are those of now. */
  refresh(): void {
    if (this.#checkedAt === undefined || this.#parts.clock.now() - this.#checkedAt >= MAX_AGE) this.#check();
  }

  /** How often each part has been put back since the start. */
  repairs(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#repairs);
  }

  #check(): void {
    if (this.#changing) return;
    this.#checkedAt = this.#parts.clock.now();
    for (const watched of this.#watched) if (!this.#stopped) this.#checkPart(watched);
  }

  #checkPart(watched: Watched): void {
    const { part, pace, repair } = watched;
    if (repair !== undefined) return;
    const seen = this.#problemOf(watched);
    if (seen === undefined) return void this.#clear(watched);
    const now = this.#parts.clock.now();
    if (part.putBack === undefined) return void this.#raise(watched, `${seen} ${part.remedy}`);
    if (pace.wait(now) > 0) return void this.#raise(watched, `${seen} ${waiting(watched)} ${part.remedy}`);
    pace.tried(now);
    try {
      const done = part.putBack();
      if (done === undefined) this.#tried(watched, seen);
      else {
        watched.repair = done
          .then(
            () => this.#tried(watched, seen),
            (error: unknown) => this.#failed(watched, seen, error),
          )
          .finally(() => {
            watched.repair = undefined;
          });
      }
    } catch (error) {
      this.#failed(watched, seen, error);
    }
  }

  #tried(watched: Watched, seen: string): void {
    const { part, pace } = watched;
    const still = this.#problemOf(watched);
    if (still !== undefined) return void this.#failed(watched, still, new Error("it did not help"));
    this.#repairs.set(part.name, (this.#repairs.get(part.name) ?? 0) + 1);
    watched.refusal = undefined;
    this.#parts.repaired?.(part.name, part.subject, seen);
    this.#parts.log.warn(
      { part: part.name, ...subject(part), attempts: pace.tries },
      `${seen} pacd has put that right.`,
    );
    this.#clear(watched);
  }

  #failed(watched: Watched, seen: string, error: unknown): void {
    watched.refusal = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    this.#raise(watched, `${seen} ${waiting(watched)} ${watched.part.remedy}`);
  }

  /** What cannot be read is not called wrong; the log says once that nobody checks it. */
  #problemOf(watched: Watched): string | undefined {
    const { part } = watched;
    try {
      return part.problem();
    } catch (error) {
      if (!watched.unreadable)
        this.#parts.log.warn(
          { err: error, part: part.name, ...subject(part) },
          "The kernel does not let pacd look at this part of the host: it is not noticed when it is lost",
        );
      watched.unreadable = true;
      return undefined;
    }
  }

  #raise(watched: Watched, sentence: string): void {
    const { part } = watched;
    if (watched.raised !== undefined && watched.raised !== part.code) this.#clear(watched);
    watched.raised = part.code;
    this.#parts.conditions.raise(part.code, sentence, part.subject);
  }

  #clear(watched: Watched): void {
    if (watched.raised !== undefined) this.#parts.conditions.clear(watched.raised, watched.part.subject);
    watched.raised = undefined;
  }
}

const newlyWatched = (part: HostPart): Watched => ({
  part,
  pace: new RepairPace(),
  raised: undefined,
  repair: undefined,
  refusal: undefined,
  unreadable: false,
});

/** Is it the same thing of the host? Of the uplink's forwarding the code alone tells. */
const sameAs =
  ({ name, subject, code }: HostPart) =>
  ({ part }: Watched): boolean =>
    part.name === name && part.subject === subject && isUplink(part.code) === isUplink(code);

const isUplink = (code: ConditionCode): boolean => code === "uplink-forwarding-off";

const subject = (part: HostPart) => (part.subject === "" ? {} : { subject: part.subject });

/** Why it is as it is, and when that may end. */
function waiting({ pace, refusal }: Watched): string {
  const next = `pacd tries again after ${pace.pause / 1000} s.`;
  if (refusal !== undefined) return `pacd cannot put that right (${refusal}). ${next}`;
  return `It was put right ${pace.tries === 1 ? "a moment ago" : `${pace.tries} times in a row`}, and something on this host undoes it. ${next}`;
}
