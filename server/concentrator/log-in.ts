import type { Credentials, Verified } from "../ppp/link/link-types.ts";
import type { User, UserSecrets } from "../store/store-types.ts";
import type { CallSession } from "./call-session.ts";
import type { CallServices } from "./call-types.ts";
import { loginName, safeText } from "./login-name.ts";
import { objectionTo, passwordExpired } from "./objections.ts";
import { changePassword } from "./password-change.ts";
import { type Proven, prove } from "./proof.ts";
import type { PlaceHolder } from "./user-places.ts";
import type { Ending } from "./verdicts/ending.ts";

/** What became of a log-in. */
export interface LogIn {
  /** The answer to the link, which the client sees. */
  readonly outcome: Verified;
  /** Why it is refused, truly: for the record only. */
  readonly refusal?: Ending;
  /** Not refused yet: why the dial failed if nothing better comes. */
  readonly unlessChanged?: Ending;
}

/** The dial that somebody logs in on. */
export interface LogInRoom extends PlaceHolder {
  readonly services: CallServices;
  readonly session: CallSession;
}

/**
 * One log-in of one dial. Unknown, disabled and mistaken users take the same path: one look-up, one full computation; the
 * client is told the same. What an administrator decided about the user is looked at only after the right password.
 */
export async function logIn(room: LogInRoom, credentials: Credentials): Promise<LogIn> {
  const { services, session } = room;
  const name = loginName(credentials.name);
  session.claimed(safeText(name));
  const found = await secretsOf(services, name);
  if (credentials.method === "change-password") return changePassword(room, found, credentials);
  const proven = prove(found, credentials);
  const refusal = disbelief(found, credentials, proven !== undefined) ?? strange(session, found);
  if (refusal !== undefined || found === undefined || proven === undefined) return refused(refusal);
  return admit(room, found.user, proven, credentials.method);
}

/** Past the right password: what was decided about this user, and a place among the user's sessions. */
export async function admit(
  room: LogInRoom,
  user: User,
  proven: Proven,
  method: Credentials["method"],
): Promise<LogIn> {
  const { services, session } = room;
  const now = services.clock.date();
  const objection = objectionTo(user, room.from, now);
  if (objection !== undefined) return refused(after("The password was right.", objection));
  if (passwordExpired(user, now)) return expired(user, method);
  // From here on it is this user's dial: what an administrator changes while it waits for its place counts for it.
  session.known.user = user;
  const noPlace = await services.places.claim(user, room);
  if (noPlace !== undefined) return refused(after("The password was right.", noPlace));
  const encryptionRequired = session.loggedIn().encryption === "required";
  return { outcome: { ok: true, ...proven, encryptionRequired } };
}

/** As they are when the log-in goes on: a change that came while they were read is not told to a dial without a user. */
async function secretsOf({ users, tally }: CallServices, name: string): Promise<UserSecrets | undefined> {
  for (;;) {
    const { userChanges } = tally;
    const found = await users.credentials(name);
    if (tally.userChanges === userChanges) return found;
  }
}

/** No log-in, for the reason given. */
export const refused = (refusal: Ending | undefined): LogIn => ({
  outcome: { ok: false, failure: 691 },
  refusal: refusal ?? { verdict: "bad-credentials", evidence: "The password is wrong." },
});

/** Why the log-in is not believed; undefined: it is that user. */
function disbelief(
  found: UserSecrets | undefined,
  { method }: Credentials,
  right: boolean,
): Ending | undefined {
  if (found === undefined) return { verdict: "bad-credentials", evidence: "There is no user of that name." };
  const kept = method !== "chap-md5" || found.password !== undefined;
  const password = right ? "right" : "wrong as well";
  if (!found.user.enabled)
    return {
      verdict: "user-disabled",
      evidence: `The user is disabled${kept ? `; the password was ${password}` : ""}.`,
    };
  if (!kept)
    return {
      verdict: "no-recoverable-password",
      evidence: "The client logs in with CHAP-MD5, and the user's password is kept as a hash only.",
    };
  return right ? undefined : { verdict: "bad-credentials", evidence: "The password is wrong." };
}

/** LCP negotiated anew brings a second log-in on one call; the address and the record belong to the first. */
export function strange(session: CallSession, found: UserSecrets | undefined): Ending | undefined {
  const { user } = session.known;
  if (user === undefined || user.id === found?.user.id) return undefined;
  const evidence = `LCP was negotiated anew on a call of ${user.name}, and somebody else logged in.`;
  return { verdict: "user-changed", evidence };
}

/** Only MS-CHAPv2 can change a password (RFC 2759 §7). */
function expired({ passwordExpiresAt }: User, method: Credentials["method"]): LogIn {
  const verdict = "password-expired";
  const since = `The password was right and has expired at ${passwordExpiresAt}`;
  if (method === "ms-chap-v2") {
    const evidence = `${since}; the client did not change it.`;
    return { outcome: { ok: false, failure: 648 }, unlessChanged: { verdict, evidence } };
  }
  return refused({ verdict, evidence: `${since}; only MS-CHAPv2 lets the client change it.` });
}

const after = (sentence: string, { verdict, evidence }: Ending): Ending => ({
  verdict,
  evidence: `${sentence} ${evidence}`,
});
