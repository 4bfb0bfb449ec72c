import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import type { ConcentratorView } from "../../server/concentrator/concentrator-types.ts";
import type { Clock } from "../../server/platform/clock.ts";
import { nextTurn } from "../../server/platform/next-turn.ts";
import type { Millis } from "../../server/wire/units.ts";
import { SNAPSHOT_AGE, SNAPSHOT_SLICE } from "../limits.ts";
import { liveSessionJson } from "../schemas/session-json.ts";

/** A session as it was looked at last. */
export interface ShownSession {
  readonly session: LiveSession;
  /** Its JSON. */
  readonly text: string;
}

interface Kept extends ShownSession {
  readonly at: number;
}

/**
 * The sessions that are up, with their JSON, shared by all who ask within a second: a session is looked at
 * and written down once in that time, some of them in each turn of the event loop. Which sessions there are
 * is asked anew each time, so one that is over is never shown, and one that came up always is.
 */
export class LiveSessions {
  readonly #concentrator: Pick<ConcentratorView, "sessionIds" | "session">;
  readonly #clock: Pick<Clock, "now">;
  #kept = new Map<string, Kept>();
  #looking: Promise<void> | undefined;
  #lookedAt: Millis | undefined;
  #made: { readonly shown: readonly ShownSession[]; readonly page: Buffer } | undefined;

  constructor(concentrator: Pick<ConcentratorView, "sessionIds" | "session">, clock: Pick<Clock, "now">) {
    this.#concentrator = concentrator;
    this.#clock = clock;
  }

  /**
   * The JSON of a page with all of them, oldest first. Made once for all who ask while no session comes or
   * goes.
   */
  async page(): Promise<Buffer> {
    const shown = await this.all();
    const made = this.#made;
    if (made?.shown.length === shown.length && made.shown.every((one, at) => one === shown[at]))
      return made.page;
    const page = Buffer.from(`{"items":[${shown.map(({ text }) => text).join(",")}]}`, "utf8");
    this.#made = { shown, page };
    return page;
  }

  /** Everything is looked at anew: an administrator has changed something. */
  forget(): void {
    this.#kept = new Map();
    this.#lookedAt = undefined;
  }

  /** Oldest first. */
  async all(): Promise<readonly ShownSession[]> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    const kept = this.#kept;
    const shown: ShownSession[] = [];
    for (const id of this.#concentrator.sessionIds()) {
      const one = kept.get(id) ?? this.#see(id, this.#clock.now());
      if (one !== undefined) shown.push(one);
    }
    return shown;
  }

  /** Looks at those that nobody has looked at for a second, and lets go of those that are over. */
  async #look(): Promise<void> {
    const now = this.#clock.now();
    if (this.#lookedAt !== undefined && now - this.#lookedAt < SNAPSHOT_AGE) return;
    const before = this.#kept;
    const fresh = new Map<string, Kept>();
    let seen = 0;
    for (const id of this.#concentrator.sessionIds()) {
      const known = before.get(id);
      if (known !== undefined && now - known.at < SNAPSHOT_AGE) {
        fresh.set(id, known);
        continue;
      }
      if (seen > 0 && seen % SNAPSHOT_SLICE === 0) await nextTurn();
      seen++;
      const one = this.#see(id, now);
      if (one !== undefined) fresh.set(id, one);
    }
    // Somebody may have changed something meanwhile: then all of it is looked at once more.
    if (this.#kept !== before) return;
    this.#kept = fresh;
    this.#lookedAt = now;
  }

  #see(id: string, at: number): Kept | undefined {
    const session = this.#concentrator.session(id);
    if (session === undefined) return undefined;
    const one = { session, text: JSON.stringify(liveSessionJson(session)), at };
    this.#kept.set(id, one);
    return one;
  }
}
