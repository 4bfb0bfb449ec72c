import { type SessionLimit, sessionLimit } from "../../policy/session-limit.ts";
import type { User } from "../../store/store-types.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import type { Ending } from "../records/ending.ts";

/** A dial past its log-in, or a session, as it is counted for its user. */
export interface PlaceHolder {
  /**
   * The place that it has, set by `UserPlaces` alone: the lower, the longer it has had it. Undefined: none.
   */
  place: number | undefined;
  /** Where the client dials from. */
  readonly from: Ipv4;
  /** The link has ended: no place is wanted any more. */
  readonly over: boolean;
  /**
   * Is its client still there? Where it is not, the link has ended and the place been left when this
   * resolves.
   */
  alive(): Promise<boolean>;
  /** Another dial of the user takes the place: end, telling the client, and `leave`. */
  replace(by: string): void;
}

/** Where the calls of a user are found: the registry of calls. */
export interface CallsOfUsers {
  ofUser(userId: string): readonly PlaceHolder[];
}

/**
 * How many sessions a user may have, dials past their log-in included, and which of them goes for one more.
 * Which calls there are is the registry's to know; here are only those that wait.
 */
export class UserPlaces {
  readonly #most: () => number;
  readonly #calls: CallsOfUsers;
  #given = 0;
  /** Who is told when a holder has left its place. */
  readonly #whenLeft = new Map<PlaceHolder, (() => void)[]>();
  /** Who waits for a place that is being cleared, by user ID; oldest first. */
  readonly #queues = new Map<string, Map<PlaceHolder, (no: Ending | undefined) => void>>();

  /** `most`: sessions of a user for whom no number was set, as it is now; 0: any number. */
  constructor(most: () => number, calls: CallsOfUsers) {
    this.#most = most;
    this.#calls = calls;
  }

  /**
   * A place for a dial of the user, once those that it replaces are gone. Returns why there is none. Who has
   * a place keeps it: a second log-in on one call is no second session. Before anybody is refused, or a
   * session is replaced that need not be, those that are up are asked whether their clients are there. Who
   * waits is replaced as well by those that come later: an end takes two seconds where the client does not
   * answer, and a loop of dials would have the last one wait for them all.
   */
  async claim(user: User, holder: PlaceHolder): Promise<Ending | undefined> {
    const asked = new Set<PlaceHolder>();
    for (;;) {
      // Nothing is awaited between counting and taking: two dials at once cannot both take the last place.
      if (holder.over || holder.place !== undefined) return undefined;
      const held = this.#holders(user.id);
      const limit = sessionLimit(user, this.#most());
      const excess = held.length - placesIn(limit) + 1;
      if (excess <= 0) {
        holder.place = ++this.#given;
        return undefined;
      }
      // A dead session keeps nobody out, and where there is a choice none that lives goes for its sake.
      const unasked = held.filter((one) => !asked.has(one));
      const matters = user.whenExceeded === "deny" || held.length > excess;
      if (matters && unasked.length > 0) {
        for (const one of unasked) asked.add(one);
        await Promise.all(unasked.map((one) => one.alive()));
        continue;
      }
      if (user.whenExceeded === "deny") return tooMany(limit, held);
      const overtaken = this.#queue(user, holder);
      const cleared = held.slice(0, excess).map((oldest) => this.#replaced(oldest, holder));
      const no = await Promise.race([Promise.all(cleared).then(() => undefined), overtaken]);
      this.#leaveQueue(user.id, holder);
      if (no !== undefined) return no;
    }
  }

  /** The link has ended. Also for who never had a place. */
  leave(holder: PlaceHolder): void {
    if (holder.place === undefined) return;
    holder.place = undefined;
    for (const resolve of this.#whenLeft.get(holder) ?? []) resolve();
    this.#whenLeft.delete(holder);
  }

  #replaced(oldest: PlaceHolder, by: PlaceHolder): Promise<void> {
    return new Promise((resolve) => {
      this.#whenLeft.set(oldest, [...(this.#whenLeft.get(oldest) ?? []), resolve]);
      oldest.replace(formatIpv4(by.from));
    });
  }

  /** Joins the queue; resolves when so many have joined it later that no place is left for this one. */
  #queue(user: User, holder: PlaceHolder): Promise<Ending | undefined> {
    const queue = this.#queues.get(user.id) ?? new Map<PlaceHolder, (no: Ending | undefined) => void>();
    this.#queues.set(user.id, queue);
    return new Promise((resolve) => {
      queue.set(holder, resolve);
      const ending: Ending = {
        verdict: "replaced",
        evidence: `The user dialled again, from ${formatIpv4(holder.from)}.`,
      };
      for (const [oldest, refuse] of queue) {
        if (queue.size <= placesIn(sessionLimit(user, this.#most()))) return;
        queue.delete(oldest);
        refuse(ending);
      }
    });
  }

  #leaveQueue(userId: string, holder: PlaceHolder): void {
    const queue = this.#queues.get(userId);
    queue?.delete(holder);
    if (queue?.size === 0) this.#queues.delete(userId);
  }

  /** Who has a place of the user's, the oldest first. */
  #holders(userId: string): readonly PlaceHolder[] {
    return this.#calls
      .ofUser(userId)
      .filter(({ place }) => place !== undefined)
      .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  }
}

const placesIn = ({ sessions }: SessionLimit): number => sessions ?? Number.POSITIVE_INFINITY;

const BECAUSE: Record<SessionLimit["from"], string> = {
  user: "",
  group: ", as the group says",
  "static-address": ", having a static address",
  configuration: ", as users.max_sessions says",
};

function tooMany({ sessions, from: source }: SessionLimit, held: readonly PlaceHolder[]): Ending {
  const allowed = sessions === 1 ? "one session" : `${sessions} sessions`;
  const why = BECAUSE[source];
  const from = held.map((holder) => formatIpv4(holder.from)).join(", ");
  return {
    verdict: "too-many-sessions",
    evidence: `The user may have ${allowed} at once${why}, and is connected from ${from}.`,
  };
}
