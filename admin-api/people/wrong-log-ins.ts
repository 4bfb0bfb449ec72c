import { counted, type Failures, failed } from "../../server/guessing/failures.ts";
import type { Rule } from "../../server/guessing/limits.ts";
import { Remembered } from "../../server/guessing/remembered.ts";
import { nameKey } from "../../server/names/user-name.ts";
import { type Millis, millis, seconds } from "../../server/wire/units.ts";

// All ours.

/** One name from one address: whoever mistypes has five; then it is four an hour in the long run. */
const PAIR: Rule = {
  free: 5,
  first: seconds(5),
  doubledBy: 1,
  longest: seconds(900),
  forgiven: seconds(900),
  most: 15,
};

/** One address, whatever the names. */
const ADDRESS: Rule = {
  free: 20,
  first: seconds(5),
  doubledBy: 2,
  longest: seconds(300),
  forgiven: seconds(120),
  most: 60,
};

/**
 * One name from everywhere: an attack from many addresses. Passed over where the administrator has logged in
 * before.
 */
const NAME: Rule = {
  free: 50,
  first: seconds(2),
  doubledBy: 10,
  longest: seconds(60),
  forgiven: seconds(60),
  most: 200,
};

/** Entries of each kind. */
const MOST = 2000;

/** What wrong log-ins of administrators cost, by name and by address; in bounded memory. */
export class WrongLogIns {
  readonly #kinds = [
    { rule: PAIR, key: (name: string, address: string) => `${nameKey(name)} ${address}`, known: true },
    { rule: ADDRESS, key: (_name: string, address: string) => address, known: true },
    { rule: NAME, key: (name: string) => nameKey(name), known: false },
  ].map((kind) => ({ ...kind, failures: new Remembered<Failures>(MOST) }));

  /**
   * How long it takes until a log-in is looked at again; 0: this one is. `known`: this administrator has
   * logged in from there before.
   */
  wait(name: string, address: string, known: boolean, now: Millis): Millis {
    const until = this.#kinds
      .filter((kind) => kind.known || !known)
      .map(({ failures, key }) => failures.get(key(name, address))?.until ?? now);
    return millis(Math.max(0, ...until.map((time) => time - now)));
  }

  wrong(name: string, address: string, now: Millis): void {
    for (const { rule, key, failures } of this.#kinds) {
      const next = failed(failures.get(key(name, address)), rule, now);
      failures.set(key(name, address), next, counted(next, rule, now) > rule.free);
    }
  }

  /** The password was right: what this name cost at this address counts no more. */
  right(name: string, address: string): void {
    const [pair] = this.#kinds;
    pair?.failures.delete(pair.key(name, address));
  }
}
