import type { StartKeys } from "../../crypto/start-keys.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { LogInOutcome } from "../../ppp/auth/log-in-outcome.ts";
import type { User, UserSecrets } from "../../store/store-types.ts";
import { objectionTo, passwordExpired } from "../policy/objections.ts";
import type { Ending } from "../records/ending.ts";
import type { LogInDial } from "./log-in-dial.ts";
import type { Proven } from "./proof.ts";

/** What became of a log-in. */
export interface LogIn {
  /** The answer to the link, which the client sees. */
  readonly outcome: LogInOutcome;
  /**
   * Why the client is not let in, truly: for the record only. After failure 648 a new password may still
   * come.
   */
  readonly reason?: Ending;
}

/** Past the right password: what was decided about this user, and a place among the user's sessions. */
export async function admit(
  dial: LogInDial,
  user: User,
  proven: Proven,
  method: Credentials["method"],
): Promise<LogIn> {
  const { services } = dial;
  const now = services.clock.date();
  const objection = objectionTo(user, dial.from, now);
  if (objection !== undefined) return refused(after("The password was right.", objection));
  if (passwordExpired(user, now)) return expired(user, method);
  const again = dial.user !== undefined;
  // Before the place is waited for: what an administrator changes meanwhile counts.
  dial.setUser(user);
  const noPlace = await services.places.claim(user, dial);
  if (noPlace !== undefined) return refused(after("The password was right.", noPlace));
  dial.record.loggedInBy(method);
  const encryptionRequired = (dial.user ?? user).encryption === "required";
  const keys = again ? unused(proven.keys, method) : proven.keys;
  return { outcome: { ok: true, ...proven, keys, encryptionRequired } };
}

/**
 * The keys that a second log-in on one call may bring. Those of 56 and 40 bits after MS-CHAPv1 come from the
 * LAN Manager hash alone (RFC 3079 §2.1, §2.2), with nothing of the challenge: the first log-in had the same,
 * and a key stream serves once.
 */
const unused = (keys: StartKeys, method: Credentials["method"]): StartKeys => {
  const { 128: long } = keys;
  return method !== "ms-chap-v1" ? keys : long === undefined ? {} : { 128: long };
};

/** No log-in, for the reason given. */
export const refused = (reason: Ending | undefined): LogIn => ({
  outcome: { ok: false, failure: 691 },
  reason: reason ?? { verdict: "bad-credentials", evidence: "The password is wrong." },
});

/** LCP negotiated anew brings a second log-in on one call; the address and the record belong to the first. */
export function otherUser({ user }: LogInDial, found: UserSecrets | undefined): Ending | undefined {
  if (user === undefined || user.id === found?.user.id) return undefined;
  const evidence = `LCP was negotiated anew on a call of ${user.name}, and somebody else logged in.`;
  return { verdict: "user-changed", evidence };
}

/** Only MS-CHAPv2 can change a password (RFC 2759 §7). */
function expired({ passwordExpiresAt }: User, method: Credentials["method"]): LogIn {
  const verdict = "password-expired";
  const since = `The password was right and expired at ${passwordExpiresAt}`;
  if (method === "ms-chap-v2") {
    const evidence = `${since}; the client did not change it.`;
    return { outcome: { ok: false, failure: 648 }, reason: { verdict, evidence } };
  }
  return refused({ verdict, evidence: `${since}; only MS-CHAPv2 lets the client change it.` });
}

const after = (sentence: string, { verdict, evidence }: Ending): Ending => ({
  verdict,
  evidence: `${sentence} ${evidence}`,
});
