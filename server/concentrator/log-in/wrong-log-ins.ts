import { type BudgetKind, Budgets, type Claim, type Lockout, type Refusal } from "../../guessing/budgets.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { SessionRepository, UserSecrets } from "../../store/store-types.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../../wire/ipv4.ts";
import { TokenBucket } from "../../wire/token-bucket.ts";
import type { Ending } from "../records/ending.ts";
import { ADDRESSES_SHOWN, KNOWN_FOR, LEARN_FROM, LOCKOUT_LINES, LOCKOUT_LINES_PER_SECOND } from "./limits.ts";
import type { FailedLogIns, LockoutView, LogInFailures } from "./lockout-views.ts";
import { WrongPasswords } from "./wrong-passwords.ts";

interface Parts {
  readonly clock: Pick<Clock, "now" | "date">;
  readonly log: Pick<Logger, "warn">;
  /** Who has connected from where, also before this process began. */
  readonly sessions: Pick<SessionRepository, "hasBeenFrom">;
  /** Told with each line of the log, and no oftener. */
  readonly slowed: (guessing: GuessingSlowed) => void;
}

/** A budget for wrong log-ins has begun to refuse. */
export interface GuessingSlowed {
  readonly kind: BudgetKind;
  /** The name of the last wrong log-in, printable. */
  readonly user: string;
  /** Undefined: no user has that name. */
  readonly userId: string | undefined;
  /** Of the last wrong log-in, or the network that it is about. */
  readonly address: string;
  /** Wrong log-ins that count. */
  readonly failures: number;
  /** Others that began to refuse since one was last told. */
  readonly leftOut: number;
}

/**
 * The budgets for wrong log-ins and what stands around them: asks the store, tells the log, counts, and
 * shows.
 */
export class WrongLogIns {
  readonly #parts: Parts;
  readonly #budgets = new Budgets();
  readonly #passwords = new WrongPasswords();
  readonly #lines = new TokenBucket(LOCKOUT_LINES, LOCKOUT_LINES_PER_SECOND);
  #unsaid = 0;
  #wrong = 0;
  #unjudged = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Would it matter for this log-in whether the user has connected from there before? */
  historyMatters(claim: Claim): boolean {
    return this.#budgets.historyMatters(claim, this.#parts.clock.now());
  }

  /** Has the user connected from this address before? Nobody has where there is no such user. */
  async hasBeenHere(claim: Claim): Promise<boolean> {
    if (this.#budgets.hasComeUp(claim)) return true;
    if (claim.userId === undefined) return false;
    const { clock, sessions } = this.#parts;
    const since = new Date(clock.date().getTime() - KNOWN_FOR).toISOString();
    return sessions.hasBeenFrom(claim.userId, formatIpv4(claim.address), since);
  }

  /** Why this log-in is not judged; undefined: it is. */
  refusal(
    claim: Claim,
    known: boolean,
    credentials: Credentials,
    found: UserSecrets | undefined,
  ): Ending | undefined {
    if (this.#passwords.repeats(claim, credentials, found)) {
      this.#unjudged++;
      return { verdict: "bad-credentials", evidence: sameAgain(claim) };
    }
    const refusal = this.#budgets.refusal(claim, known, this.#parts.clock.now());
    if (refusal === undefined) return undefined;
    this.#unjudged++;
    return { verdict: "too-many-failures", evidence: this.#evidence(claim, refusal) };
  }

  /** The log-in was judged. */
  judged(claim: Claim, right: boolean, credentials?: Credentials): void {
    if (right) {
      this.#budgets.right(claim);
      return;
    }
    this.#wrong++;
    const now = this.#parts.clock.now();
    for (const lockout of this.#budgets.wrong(claim, now)) this.#tell(lockout, claim);
    if (credentials !== undefined && this.#budgets.delay(claim, now) >= LEARN_FROM)
      void this.#passwords.learn(claim, credentials);
  }

  /** The user's session is up. */
  cameUp(userId: string, name: string, address: Ipv4): void {
    this.#budgets.cameUp({ userId, name, address });
  }

  /** What an administrator lifts; returns how many budgets that were. */
  liftUser(userId: string): number {
    return this.#budgets.liftUser(userId);
  }

  liftAddress(text: string): number {
    const address = parseIpv4(text);
    return address === undefined ? 0 : this.#budgets.liftAddress(address);
  }

  lockouts(): readonly LockoutView[] {
    return this.#budgets.lockouts(this.#parts.clock.now()).map((lockout) => this.#view(lockout));
  }

  /** What still counts against a user. */
  ofUser(userId: string): FailedLogIns {
    const { all, at } = this.#budgets.ofUser(userId, this.#parts.clock.now());
    const addresses = at.slice(0, ADDRESSES_SHOWN).map((lockout) => this.#view(lockout));
    const last = all ?? at[0];
    return {
      count: Math.max(all?.total ?? 0, ...at.map(({ total }) => total), 0),
      since: last === undefined ? null : this.#when(last.since),
      last: last === undefined ? null : this.#when(last.last),
      newAddressesWait: this.#budgets
        .lockouts(this.#parts.clock.now())
        .some(({ kind, userId: of }) => kind === "user" && of === userId),
      addresses: addresses.map(({ address, failures, since, last, refusedUntil }) => ({
        address: address ?? "",
        failures,
        since,
        last,
        refusedUntil,
      })),
    };
  }

  /** Since start, and what refuses now. */
  figures(): LogInFailures {
    const lockouts: Record<BudgetKind, number> = { "user-address": 0, user: 0, address: 0, network: 0 };
    for (const { kind } of this.#budgets.lockouts(this.#parts.clock.now())) lockouts[kind]++;
    return { wrong: this.#wrong, unjudged: this.#unjudged, lockouts };
  }

  /** Once for each budget that begins to refuse, and no more than the log can take. */
  #tell(lockout: Lockout, { name, userId, address }: Claim): void {
    const { clock, log, slowed } = this.#parts;
    if (!this.#lines.take(clock.now())) {
      this.#unsaid++;
      return;
    }
    const about = lockout.kind === "network" ? lockout.address : formatIpv4(address);
    const fields = { user: name, exists: userId !== undefined, client: about, failures: lockout.total };
    const unsaid = this.#unsaid > 0 ? { linesLeftOut: this.#unsaid } : {};
    const { kind, total: failures } = lockout;
    const leftOut = this.#unsaid;
    this.#unsaid = 0;
    log.warn({ ...fields, ...unsaid }, TOLD[kind]);
    slowed({ kind, user: name, userId, address: about ?? formatIpv4(address), failures, leftOut });
  }

  #evidence({ name, address }: Claim, { kind, total, until }: Refusal): string {
    const { clock } = this.#parts;
    const here = formatIpv4(address);
    const left = Math.max(1, Math.ceil((until - clock.now()) / 1000));
    const who = JSON.stringify(name);
    const because = {
      "user-address": `${total} wrong log-ins as ${who} had come from ${here}.`,
      user: `${total} wrong log-ins as ${who} had come from all addresses together, and the user has not connected from ${here} lately.`,
      address: `${total} wrong log-ins, as whoever, had come from ${here}.`,
      network: `${total} wrong log-ins, as whoever, had come from the addresses around ${here}.`,
    }[kind];
    return `${because} The password was not looked at; the next log-in is judged in ${left} s, at ${this.#when(until)}.`;
  }

  #view({ kind, userId, name, address, total, since, last, until }: Lockout): LockoutView {
    const refuses = kind !== "user" && until > this.#parts.clock.now();
    return {
      kind,
      userId: userId ?? null,
      user: name ?? null,
      address: address ?? null,
      failures: total,
      since: this.#when(since),
      last: this.#when(last),
      refusedUntil: refuses ? this.#when(until) : null,
    };
  }

  /** The wall clock's time of a moment of the monotonic one. */
  #when(at: number): string {
    const { clock } = this.#parts;
    return new Date(clock.date().getTime() + (at - clock.now())).toISOString();
  }
}

const sameAgain = ({ address }: Claim): string =>
  `The password is wrong: the same one that came from ${formatIpv4(address)} again and again, most likely of a device that has it saved. It counts no more.`;

const TOLD: Record<BudgetKind, string> = {
  "user-address":
    "Wrong log-ins of one user from one address: the next ones are refused for a while, longer each time",
  user: "Wrong log-ins of one user from many addresses: addresses that are new for the user have to wait",
  address:
    "Wrong log-ins from one address: users who have not connected from there before are refused for a while",
  network:
    "Wrong log-ins from many addresses of one network: users who have not connected from their address before are refused for a while",
};
