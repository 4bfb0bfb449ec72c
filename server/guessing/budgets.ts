import { nameKey } from "../names/user-name.ts";
import { formatIpv4, type Ipv4 } from "../wire/ipv4.ts";
import { type Millis, millis } from "../wire/units.ts";
import { beyond, counted, delayOf, type Failures, failed } from "./failures.ts";
import {
  ADDRESS,
  ADDRESS_EXHAUSTED,
  LONGEST_WHERE_KNOWN,
  MAX_ADDRESSES,
  MAX_KNOWN,
  MAX_PAIRS,
  MAX_UNKNOWN,
  MAX_USERS,
  NETWORK,
  PAIR,
  type Rule,
  USER,
  WAIT_WHERE_EXHAUSTED,
  WAITED_COUNTS_FOR,
} from "./limits.ts";
import { Remembered } from "./remembered.ts";

/** Who logs in, as far as is known before the password is looked at. */
export interface Claim {
  /** The name to show: the user's, or the one that was sent, escaped. */
  readonly name: string;
  /** Undefined: there is no such user. */
  readonly userId: string | undefined;
  readonly address: Ipv4;
}

/** The budgets: one user from one address, one user from all, one address for all users, and its /24. */
export type BudgetKind = "user-address" | "user" | "address" | "network";

/** One budget in which more failures count than are free. */
export interface Lockout extends Omit<Failures, "count"> {
  readonly kind: BudgetKind;
  /** Undefined where it is about all users, or no user has that name. */
  readonly userId: string | undefined;
  readonly name: string | undefined;
  /** An address, or a network as 203.0.113.0/24; undefined where it is about all of them. */
  readonly address: string | undefined;
}

/** Why a log-in is not judged. `until`: when one would be. */
export type Refusal = Pick<Lockout, "kind" | "total" | "until">;

interface Pair {
  readonly claim: Claim;
  readonly failures: Failures | undefined;
  /** It was told to wait until then. */
  readonly waitsUntil: Millis | undefined;
}

interface OfUser {
  readonly claim: Claim;
  readonly failures: Failures;
}

/** Budgets for wrong log-ins. A log-in that one of them refuses is not judged, and does not count. */
export class Budgets {
  readonly #pairs = { known: new Remembered<Pair>(MAX_PAIRS), unknown: new Remembered<Pair>(MAX_UNKNOWN) };
  readonly #users = {
    known: new Remembered<OfUser>(MAX_USERS),
    unknown: new Remembered<OfUser>(MAX_UNKNOWN),
  };
  readonly #addresses = new Remembered<Failures>(MAX_ADDRESSES);
  readonly #networks = new Remembered<Failures>(MAX_ADDRESSES);
  /** Pairs that came up. */
  readonly #cameUp = new Remembered<true>(MAX_KNOWN);

  /** Entries in memory. */
  get size(): number {
    const maps = [...Object.values(this.#pairs), ...Object.values(this.#users)];
    const sizes = [...maps, this.#addresses, this.#networks, this.#cameUp].map(({ size }) => size);
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Does it matter whether the user has connected from this address before? */
  historyMatters(claim: Claim, now: Millis): boolean {
    const { failures } = this.#pair(claim) ?? {};
    return (
      (failures !== undefined && failures.until > now) ||
      beyond(this.#user(claim), USER, now) ||
      beyond(this.#addresses.get(addressKey(claim)), ADDRESS, now) ||
      beyond(this.#networks.get(networkKey(claim)), NETWORK, now)
    );
  }

  /** Has the user connected from this address since the start? */
  hasComeUp(claim: Claim): boolean {
    return this.#cameUp.get(pairKey(claim)) !== undefined;
  }

  cameUp(claim: Claim): void {
    this.#cameUp.set(pairKey(claim), true, false);
  }

  /**
   * Why this log-in is not to be judged; undefined: it is. `known`: the user has connected from this address
   * before.
   */
  refusal(claim: Claim, known: boolean, now: Millis): Refusal | undefined {
    const own = this.#pair(claim)?.failures;
    const until =
      own === undefined ? now : known ? Math.min(own.until, own.last + LONGEST_WHERE_KNOWN) : own.until;
    if (own !== undefined && until > now)
      return { kind: "user-address", total: own.total, until: millis(until) };
    return known ? this.#whereKnown(claim, now) : this.#whereUnknown(claim, now);
  }

  /** The password was wrong. Returns the budgets that refuse from now on and did not before. */
  wrong(claim: Claim, now: Millis): readonly Lockout[] {
    const pair = this.#pair(claim);
    const began: Lockout[] = [];
    const count = (
      kind: BudgetKind,
      before: Failures | undefined,
      rule: Rule,
      keep: (failures: Failures, heavy: boolean) => void,
    ) => {
      const free = kind !== "user-address" || pair?.waitsUntil === undefined;
      const failures = failed(before, rule, now, { free });
      const refuses = beyond(failures, rule, now);
      keep(failures, refuses);
      if (refuses && !beyond(before, rule, now)) began.push(lockout(kind, claim, failures));
    };
    count("user-address", pair?.failures, PAIR, (failures, heavy) =>
      this.#keepPair({ claim, failures, waitsUntil: undefined }, heavy),
    );
    count("user", this.#user(claim), USER, (failures, heavy) =>
      this.#users[kindOf(claim)].set(userKey(claim), { claim, failures }, heavy),
    );
    count("address", this.#addresses.get(addressKey(claim)), ADDRESS, (failures, heavy) =>
      this.#addresses.set(addressKey(claim), failures, heavy),
    );
    count("network", this.#networks.get(networkKey(claim)), NETWORK, (failures, heavy) =>
      this.#networks.set(networkKey(claim), failures, heavy),
    );
    return began;
  }

  /** How long it takes from now until this user is judged again at this address. */
  delay(claim: Claim, now: Millis): Millis {
    return millis(Math.max(0, (this.#pair(claim)?.failures?.until ?? now) - now));
  }

  /** The password was right: the user's failures at this address count no more. */
  right(claim: Claim): void {
    this.#pairs[kindOf(claim)].delete(pairKey(claim));
  }

  /**
   * An administrator lifts what the user's failures cost, at all addresses. Returns how many budgets that
   * were.
   */
  liftUser(userId: string): number {
    const gone = [...this.#pairs.known.entries()].filter(([, { claim }]) => claim.userId === userId);
    for (const [key] of gone) this.#pairs.known.delete(key);
    return gone.length + (this.#users.known.delete(userId) ? 1 : 0);
  }

  /** The same for an address and the network around it, whoever dialled from there. */
  liftAddress(address: Ipv4): number {
    let lifted = 0;
    for (const pairs of Object.values(this.#pairs)) {
      for (const [key, { claim }] of [...pairs.entries()]) {
        if (claim.address === address && pairs.delete(key)) lifted++;
      }
    }
    const where = { address };
    if (this.#addresses.delete(addressKey(where))) lifted++;
    if (this.#networks.delete(networkKey(where))) lifted++;
    return lifted;
  }

  /** Every budget in which more count than are free, the latest failure first. */
  lockouts(now: Millis): readonly Lockout[] {
    const found: Lockout[] = [];
    for (const { claim, failures } of this.#everyPair())
      if (failures !== undefined && beyond(failures, PAIR, now))
        found.push(lockout("user-address", claim, failures));
    for (const users of Object.values(this.#users))
      for (const [, { claim, failures }] of users.entries())
        if (beyond(failures, USER, now)) found.push(lockout("user", claim, failures));
    for (const [address, failures] of this.#addresses.entries())
      if (beyond(failures, ADDRESS, now)) found.push(place("address", address, failures));
    for (const [network, failures] of this.#networks.entries())
      if (beyond(failures, NETWORK, now)) found.push(place("network", network, failures));
    return found.sort((a, b) => b.last - a.last);
  }

  /** The failures of one user that still count, over all addresses and at each; the latest first. */
  ofUser(
    userId: string,
    now: Millis,
  ): { readonly all: Lockout | undefined; readonly at: readonly Lockout[] } {
    const user = this.#users.known.get(userId);
    const all = user !== undefined && counted(user.failures, USER, now) > 0 ? user : undefined;
    const at = [...this.#pairs.known.entries()].flatMap(([, { claim, failures }]) =>
      claim.userId === userId && failures !== undefined && counted(failures, PAIR, now) > 0
        ? [lockout("user-address", claim, failures)]
        : [],
    );
    return {
      all: all === undefined ? undefined : lockout("user", all.claim, all.failures),
      at: at.sort((a, b) => b.last - a.last),
    };
  }

  /** Whoever has connected from here is held up by nobody else, but by a whole office of guesses. */
  #whereKnown(claim: Claim, now: Millis): Refusal | undefined {
    const here = this.#addresses.get(addressKey(claim));
    if (here === undefined || counted(here, ADDRESS, now) <= ADDRESS_EXHAUSTED) return undefined;
    return this.#wait(claim, WAIT_WHERE_EXHAUSTED, now, "address", here);
  }

  #whereUnknown(claim: Claim, now: Millis): Refusal | undefined {
    const here = this.#addresses.get(addressKey(claim));
    if (here !== undefined && here.until > now) return { kind: "address", ...here };
    const around = this.#networks.get(networkKey(claim));
    if (around !== undefined && around.until > now) return { kind: "network", ...around };
    const everywhere = this.#user(claim);
    const delay = delayOf(counted(everywhere, USER, now), USER);
    if (everywhere === undefined || delay === 0) return undefined;
    return this.#wait(claim, delay, now, "user", everywhere);
  }

  /**
   * Each address waits for itself, from its first log-in on: no other can take its turn, so whoever dials
   * again gets in, however many others guess meanwhile.
   */
  #wait(claim: Claim, delay: Millis, now: Millis, kind: BudgetKind, failures: Failures): Refusal | undefined {
    const pair = this.#pair(claim);
    const told = pair?.waitsUntil;
    if (told !== undefined && told <= now && now < told + WAITED_COUNTS_FOR) return undefined;
    const until = told !== undefined && told > now ? told : millis(now + delay);
    const heavy = beyond(pair?.failures, PAIR, now);
    this.#keepPair({ claim, failures: pair?.failures, waitsUntil: until }, heavy);
    return { kind, total: failures.total, until };
  }

  #pair(claim: Claim): Pair | undefined {
    return this.#pairs[kindOf(claim)].get(pairKey(claim));
  }

  #keepPair(pair: Pair, heavy: boolean): void {
    this.#pairs[kindOf(pair.claim)].set(pairKey(pair.claim), pair, heavy);
  }

  #user(claim: Claim): Failures | undefined {
    return this.#users[kindOf(claim)].get(userKey(claim))?.failures;
  }

  *#everyPair(): Iterable<Pair> {
    for (const pairs of Object.values(this.#pairs)) for (const [, pair] of pairs.entries()) yield pair;
  }
}

const kindOf = ({ userId }: Claim) => (userId === undefined ? "unknown" : "known");

/** A user by ID, as a name may change; a name that nobody has as it stands. */
const userKey = ({ userId, name }: Claim): string => userId ?? nameKey(name);

/** One user at one address, as a key. */
export const pairKey = (claim: Claim): string => `${claim.address} ${userKey(claim)}`;

const addressKey = ({ address }: Pick<Claim, "address">): string => formatIpv4(address);

const networkKey = ({ address }: Pick<Claim, "address">): string =>
  `${formatIpv4(((address & 0xffffff00) >>> 0) as Ipv4)}/24`;

function lockout(kind: BudgetKind, claim: Claim, failures: Failures): Lockout {
  if (kind === "address") return place(kind, addressKey(claim), failures);
  if (kind === "network") return place(kind, networkKey(claim), failures);
  const { since, last, total, until } = failures;
  const { userId, name } = claim;
  const address = kind === "user" ? undefined : addressKey(claim);
  return { kind, userId, name, address, since, last, total, until };
}

const place = (
  kind: "address" | "network",
  address: string,
  { since, last, total, until }: Failures,
): Lockout => ({
  kind,
  userId: undefined,
  name: undefined,
  address,
  since,
  last,
  total,
  until,
});
