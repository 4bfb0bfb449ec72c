import { hasHashTail, hashTail, searchHashTail } from "../../crypto/des-search.ts";
import { challengeHash } from "../../crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../crypto/nt-password-hash.ts";
import { type Claim, pairKey } from "../../guessing/budgets.ts";
import { MAX_PAIRS } from "../../guessing/limits.ts";
import { Remembered } from "../../guessing/remembered.ts";
import { nextTurn } from "../../platform/next-turn.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { UserSecrets } from "../../store/store-types.ts";
import { TAILS_OF_A_PAIR } from "./limits.ts";

/**
 * Knows a wrong password again that somebody goes on dialling with, as a telephone does that has an old one
 * saved: 16 bits of its hash, which a response gives away. Who has the user's own password is never taken for
 * that.
 */
export class WrongPasswords {
  readonly #tails = new Remembered<readonly number[]>(MAX_PAIRS);
  #searching = false;

  /** Is this one of them? Then it is wrong, and needs no judging. */
  repeats(claim: Claim, credentials: Credentials, found: UserSecrets | undefined): boolean {
    const own = (found?.ntHashes ?? []).map(hashTail);
    const tails = (this.#tails.get(pairKey(claim)) ?? []).filter((tail) => !own.includes(tail));
    return tails.length > 0 && tails.some((tail) => fits(credentials, tail));
  }

  /** Remembers a wrong one. One search at a time, in pieces; what comes meanwhile comes again. */
  async learn(claim: Claim, credentials: Credentials): Promise<void> {
    const search = tailOf(credentials);
    if (search === undefined || this.#searching) return;
    this.#searching = true;
    let step = search.next();
    while (!step.done) {
      await nextTurn();
      step = search.next();
    }
    this.#searching = false;
    if (step.value === undefined) return;
    const others = (this.#tails.get(pairKey(claim)) ?? []).filter((tail) => tail !== step.value);
    this.#tails.set(pairKey(claim), [step.value, ...others].slice(0, TAILS_OF_A_PAIR), false);
  }
}

function fits(credentials: Credentials, tail: number): boolean {
  const given = response(credentials);
  if (given !== undefined) return hasHashTail(...given, tail);
  return credentials.method === "pap" && hashTail(papHash(credentials.password)) === tail;
}

function tailOf(credentials: Credentials): Generator<undefined, number | undefined> | undefined {
  const given = response(credentials);
  if (given !== undefined) return searchHashTail(...given);
  return credentials.method === "pap" ? known(hashTail(papHash(credentials.password))) : undefined;
}

/** Challenge and response, where the method has some that come from the hash. */
function response(credentials: Credentials): readonly [Uint8Array, Uint8Array] | undefined {
  if (credentials.method === "ms-chap-v2") return [challengeHash(credentials), credentials.ntResponse];
  if (credentials.method === "ms-chap-v1") return [credentials.challenge, credentials.ntResponse];
  return undefined;
}

const papHash = (password: Uint8Array): Uint8Array => ntPasswordHash(Buffer.from(password).toString("utf8"));

function* known(tail: number): Generator<undefined, number> {
  yield;
  return tail;
}
