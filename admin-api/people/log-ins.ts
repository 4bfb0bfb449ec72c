import { AppError } from "../../server/errors/app-error.ts";
import type { Administrator } from "../../server/store/people/administrator-types.ts";
import type { Token } from "../../server/store/people/token-types.ts";
import type { Store } from "../../server/store/store-types.ts";
import { millis } from "../../server/wire/units.ts";
import { tokenHash } from "../token-hash.ts";
import { type HashingTurns, isOutdated, makeHash, matchesHash } from "./password-hash.ts";
import { newTokenText } from "./token-text.ts";
import { WrongLogIns } from "./wrong-log-ins.ts";

/** How long a log-in holds; a working day. */
const LOG_IN_HOLDS = 12 * 3_600_000;

/** What a log-in gives: the token, which is shown this once. */
export interface LogIn {
  readonly administrator: Administrator;
  readonly token: Token;
  readonly text: string;
}

interface Parts {
  readonly store: Pick<Store, "administrators" | "tokens">;
  readonly turns: HashingTurns;
  readonly now: () => Date;
}

/**
 * Log-ins of administrators. Whether a name is there is told by nothing: neither by the words nor by the
 * time, for a password is hashed either way.
 */
export class LogIns {
  readonly #parts: Parts;
  readonly #wrong = new WrongLogIns();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws log-in-refused, rate-limited. */
  async logIn(name: string, password: string, address: string): Promise<LogIn> {
    const { store, turns, now } = this.#parts;
    const { id, hash } = await turns.take(() => this.#judge(name, password, address));
    const rehashed = isOutdated(hash) ? await turns.take(() => makeHash(password)) : undefined;
    const text = newTokenText();
    const expiresAt = new Date(now().getTime() + LOG_IN_HOLDS).toISOString();
    const token = await store.tokens.logIn({ administratorId: id, hash: tokenHash(text), expiresAt });
    const administrator = await store.administrators.loggedIn(id, address, rehashed);
    return { administrator, token, text };
  }

  /** In its turn, so that of many at once each is counted before the next is looked at. */
  async #judge(name: string, password: string, address: string): Promise<{ id: string; hash: string }> {
    const { store, now } = this.#parts;
    const found = await store.administrators.secret(name);
    const at = () => millis(now().getTime());
    const known = found !== undefined && found.administrator.lastLogInAddress === address;
    const wait = Math.ceil(this.#wrong.wait(name, address, known, at()) / 1000);
    if (wait > 0)
      throw new AppError("rate-limited", `Too many wrong log-ins. Try again in ${wait} s.`, {
        retryAfterSeconds: wait,
      });
    const right = await matchesHash(password, found?.password);
    if (found !== undefined && right && found.administrator.enabled) {
      this.#wrong.right(name, address);
      return { id: found.administrator.id, hash: found.password };
    }
    this.#wrong.wrong(name, address, at());
    throw new AppError("log-in-refused", "No administrator has this name and this password.");
  }
}
