import type { Conditions } from "../conditions/conditions.ts";
import { type ConfigChange, compareConfigs } from "../config/compare-configs.ts";
import type { Config } from "../config/config-types.ts";
import { liveConfig } from "../config/live-config.ts";
import { AppError } from "../errors/app-error.ts";
import type { Logger } from "../platform/log.ts";
import type { Applied, LivePart } from "./live-part.ts";
import { type ReloadReport, reportLine } from "./report.ts";
import { firstLines, refusedSentence, restartSentence } from "./sentences.ts";

/** The configuration that counts at this moment. */
export interface RunningConfig {
  config: Config;
}

/** What the sessions are asked. */
export interface AffectedSessions {
  effectsOf(next: Config): {
    readonly sessions: number;
    readonly ending: number;
    readonly noLongerAllowed: number;
  };
  /** Ends those that the configuration of now takes the address from; resolves with their number. */
  endWithdrawn(before: Config): Promise<number>;
}

export interface ReloaderParts {
  readonly running: RunningConfig;
  /** Null: pacd runs without a file. */
  readonly file: string | null;
  /** Reads the file again, and checks it. Rejects with an AppError. */
  readonly read: () => Promise<Config>;
  /** In the order in which they go over. */
  readonly parts: readonly LivePart[];
  readonly sessions: AffectedSessions;
  /** Sentences about a configuration that is right and may not be meant so. */
  readonly remarks: (next: Config) => Promise<readonly string[]>;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly log: Pick<Logger, "info" | "error">;
  /** Told of each that succeeded, dry runs aside. */
  readonly loaded: (report: ReloadReport) => void;
  /** Told what came of a signal: nobody else asked for it. */
  readonly signalled?: { done(report: ReloadReport): void; refused(error: unknown): void };
  /** Called when one begins, and what it returns when that is over: for a service manager. */
  readonly around: () => () => void;
}

/**
 * Reads the configuration again while pacd serves, and puts it into effect all or nothing: everything is read
 * and checked first, then each part that is concerned goes over, and where one is refused those before it go
 * back. One at a time, in the order in which they were asked for.
 */
export class Reloader {
  readonly #parts: ReloaderParts;
  #last: Promise<unknown> = Promise.resolve();
  #signalled = false;
  #closed = false;

  constructor(parts: ReloaderParts) {
    this.#parts = parts;
  }

  /** Rejects with reload-refused, which says of each fault where it is. A dry run changes nothing. */
  reload(dryRun: boolean): Promise<ReloadReport> {
    const done = this.#last.then(() => {
      if (this.#closed) throw new AppError("unavailable", "pacd is stopping.");
      return this.#reload(dryRun);
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /**
   * For SIGHUP: what comes of it goes to the log. Signals that come before the reload of an earlier one has
   * begun are one with it, for it will read what they are about.
   */
  signalled(): void {
    if (this.#signalled) return;
    this.#signalled = true;
    const { signalled } = this.#parts;
    this.#last = this.#last.then(async () => {
      this.#signalled = false;
      if (!this.#closed) await this.#reload(false).then(signalled?.done, signalled?.refused ?? (() => {}));
    });
  }

  /** None begins any more; resolves when the one that is under way is over. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  async #reload(dryRun: boolean): Promise<ReloadReport> {
    const { log, conditions, loaded, around } = this.#parts;
    if (dryRun) return this.#refusing(() => this.#tried(dryRun));
    const over = around();
    try {
      const report = await this.#refusing(() => this.#tried(dryRun));
      conditions.clear("configuration-refused");
      const later = report.changes.filter(({ counts }) => counts === "restart");
      if (later.length === 0) conditions.clear("restart-needed");
      else conditions.raise("restart-needed", restartSentence(later));
      log.info({ changed: report.changes.map(({ key }) => key) }, reportLine(report));
      loaded(report);
      return report;
    } catch (error) {
      const { message } = error as Error;
      log.error(
        { err: error instanceof AppError ? undefined : error },
        `Nothing was changed. ${firstLines(message)}`,
      );
      conditions.raise("configuration-refused", refusedSentence(message));
      throw error;
    } finally {
      over();
    }
  }

  /** What was refused at the start, under the code of a request that was refused. */
  async #refusing(work: () => Promise<ReloadReport>): Promise<ReloadReport> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError("reload-refused", error.message, { because: error.code, ...error.details });
    }
  }

  async #tried(dryRun: boolean): Promise<ReloadReport> {
    const { running, file, read, parts, sessions, remarks } = this.#parts;
    const now = running.config;
    const written = await read();
    const changes = compareConfigs(now, written);
    const next = liveConfig(now, written);
    const concerned = parts.filter((part) => concerns(part, changes));
    for (const part of concerned) await part.check?.(next, now);
    const effects = sessions.effectsOf(next);
    const { sessions: live, ending, noLongerAllowed } = effects;
    const said = await remarks(written);
    if (dryRun)
      return { dryRun, file, changes, sessions: { live, ended: ending, noLongerAllowed }, notes: said };
    const applied = await goOver(concerned, next, now);
    running.config = next;
    await this.#finish(applied);
    const ended = await sessions.endWithdrawn(now);
    const notes = [...said, ...applied.flatMap((one) => one.notes ?? [])];
    return { dryRun, file, changes, sessions: { live, ended, noLongerAllowed }, notes };
  }

  /** What does not go away as it should is no reason to go back. */
  async #finish(applied: readonly Applied[]): Promise<void> {
    for (const one of applied) {
      try {
        await one.finish?.();
      } catch (error) {
        this.#parts.log.error({ err: error }, "Something of the configuration before could not be removed");
      }
    }
  }
}

/** All of them, or none. */
async function goOver(parts: readonly LivePart[], next: Config, now: Config): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  try {
    for (const part of parts) applied.push(await part.apply(next, now));
    return applied;
  } catch (error) {
    for (const one of applied.reverse()) await one.undo();
    throw error;
  }
}

function concerns({ keys }: LivePart, changes: readonly ConfigChange[]): boolean {
  if (keys === "every reload") return true;
  const live = changes.filter(({ counts }) => counts !== "restart");
  if (keys === "any key") return live.length > 0;
  return live.some(({ key }) => keys.some((own) => key === own || key.startsWith(`${own}.`)));
}
