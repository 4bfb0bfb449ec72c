import type { SessionLook, SessionView } from "../../server/concentrator/calls/live-session.ts";
import type { ConcentratorView } from "../../server/concentrator/concentrator-types.ts";
import type { Clock } from "../../server/platform/clock.ts";
import { nextTurn } from "../../server/platform/next-turn.ts";
import { type Millis, millis } from "../../server/wire/units.ts";
import { SNAPSHOT_AGE, SNAPSHOT_SLICE } from "../limits.ts";
import { SessionOctets } from "./session-octets.ts";
import { type LentPage, SharedPage } from "./shared-page.ts";

/**
 * A session as it was looked at last. It is looked at again later: who wants it as it is now takes a copy.
 */
export interface ShownSession {
  readonly seen: SessionLook;
  /** Its JSON, made when it is asked for. */
  text(): string;
}

/**
 * The sessions that are up, with their JSON, shared by all who ask within a second: a session is looked at
 * and written down once in that time, some of them in each turn of the event loop. Which sessions there are
 * is asked anew each time, so one that is over is never shown, and one that came up always is.
 */
export class LiveSessions {
  readonly #concentrator: Pick<ConcentratorView, "views">;
  readonly #clock: Pick<Clock, "now">;
  readonly #page = new SharedPage();
  /** Oldest first. */
  #kept: readonly Kept[] = [];
  #looking: Promise<void> | undefined;
  #lookedAt: Millis | undefined;
  /** Counts what administrators have changed: what was looked at before that is looked at again. */
  #changes = 0;
  /** Counts looks. */
  #looks = 0;

  constructor(concentrator: Pick<ConcentratorView, "views">, clock: Pick<Clock, "now">) {
    this.#concentrator = concentrator;
    this.#clock = clock;
  }

  /**
   * The JSON of a page with all of them, oldest first. Made once for all who ask while nobody is looked at,
   * and no session comes or goes. It has to be given back.
   */
  async page(): Promise<LentPage> {
    const shown = await this.#all();
    return this.#page.of(shown, this.#looks);
  }

  /** Everything is looked at anew: an administrator has changed something. */
  forget(): void {
    this.#changes++;
    this.#lookedAt = undefined;
  }

  /** Oldest first. */
  all(): Promise<readonly ShownSession[]> {
    return this.#all();
  }

  async #all(): Promise<readonly Kept[]> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    const now = this.#clock.now();
    // Who has come up since was not looked at, and what was changed meanwhile not since then.
    this.#kept = this.#matched().filter((one) => one.changes === this.#changes || this.#look(one, now));
    return this.#kept;
  }

  /** Looks at those that nobody has looked at for a second. */
  async #lookAtAll(): Promise<void> {
    const now = this.#clock.now();
    if (this.#lookedAt !== undefined && now - this.#lookedAt < SNAPSHOT_AGE) return;
    const changes = this.#changes;
    this.#kept = this.#matched();
    let seen = 0;
    for (const one of this.#kept) {
      if (one.changes === changes && now - one.at < SNAPSHOT_AGE) continue;
      if (seen > 0 && seen % SNAPSHOT_SLICE === 0) await nextTurn();
      seen++;
      this.#look(one, now);
    }
    // Somebody may have changed something meanwhile: then all of it is looked at once more.
    if (this.#changes === changes) this.#lookedAt = now;
  }

  /** True: it is up. */
  #look(one: Kept, now: Millis): boolean {
    this.#looks++;
    return one.look(now, this.#changes);
  }

  /**
   * What is kept of those that are up now. They stand in the order in which they came up, here and there, so
   * nobody has to be searched for.
   */
  #matched(): readonly Kept[] {
    const before = this.#kept;
    let from = 0;
    return this.#concentrator.views().map((view) => {
      let at = from;
      while (at < before.length && before[at]!.view !== view) at++;
      if (at === before.length) return new Kept(view);
      from = at + 1;
      return before[at]!;
    });
  }
}

/** One session, as it was looked at last. */
class Kept implements ShownSession {
  readonly view: SessionView;
  at = millis(0);
  /** Changes of administrators that were seen; less than none: nobody has looked yet. */
  changes = -1;
  readonly #octets = new SessionOctets();
  #seen: SessionLook | undefined;

  constructor(view: SessionView) {
    this.view = view;
  }

  /** True: it is up. */
  look(at: Millis, changes: number): boolean {
    const seen = this.view.look();
    if (seen === undefined) return false;
    this.#seen = seen;
    this.at = at;
    this.changes = changes;
    this.#octets.write(seen);
    return true;
  }

  get seen(): SessionLook {
    if (this.#seen === undefined) throw new Error("a session is shown that nobody has looked at");
    return this.#seen;
  }

  /** Its JSON in UTF-8. */
  get octets(): Uint8Array {
    return this.#octets.octets;
  }

  text(): string {
    const { buffer, byteOffset, length } = this.octets;
    return Buffer.from(buffer, byteOffset, length).toString("utf8");
  }
}
