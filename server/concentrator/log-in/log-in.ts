import type { Claim } from "../../guessing/budgets.ts";
import { loginName, safeText } from "../../names/login-name.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { UserSecrets } from "../../store/store-types.ts";
import type { Ending } from "../records/ending.ts";
import { admit, type LogIn, otherUser, refused } from "./admission.ts";
import type { LogInDial } from "./log-in-dial.ts";
import { changePassword } from "./password-change.ts";
import { prove } from "./proof.ts";
import { unknownUser } from "./unknown-user.ts";

/**
 * One log-in of one dial. Unknown, disabled and mistaken users take the same path: one look-up, one full
 * computation; the client is told the same. What an administrator decided about the user is looked at only
 * after the right password.
 */
export async function logIn(dial: LogInDial, credentials: Credentials): Promise<LogIn> {
  const { users, usersRevision, wrongLogIns } = dial.services;
  const name = loginName(credentials.name);
  dial.record.nameSent(safeText(name));
  let revision: number;
  let found: UserSecrets | undefined;
  let claim: Claim;
  let known: boolean | undefined;
  // A change that came while the secrets were read is not told to a dial without a user: read again. From the
  // last comparison until the dial has its user nothing is awaited, not even a function of our own.
  do {
    revision = usersRevision.number;
    found = await users.credentials(name);
    claim = { name: found?.user.name ?? safeText(name), userId: found?.user.id, address: dial.from };
    known = wrongLogIns.historyMatters(claim) ? await wrongLogIns.hasBeenHere(claim) : undefined;
  } while (usersRevision.number !== revision || (known === undefined && wrongLogIns.historyMatters(claim)));
  dial.record.nameBelongsTo(found?.user.id);
  if (credentials.method === "change-password") return changePassword(dial, found, credentials, claim);
  // Whoever is logged in on this call, and negotiates LCP anew, is no stranger who guesses.
  const again = found !== undefined && dial.user?.id === found.user.id;
  const slowed = again ? undefined : wrongLogIns.refusal(claim, known ?? false, credentials, found);
  if (slowed !== undefined) return refused(slowed);
  const proven = prove(found, credentials);
  if (judges(found, credentials)) wrongLogIns.judged(claim, proven !== undefined, credentials);
  const refusal =
    found === undefined
      ? unknownUser(name, users.sharing(name))
      : (whyRefused(found, credentials, proven !== undefined) ?? otherUser(dial, found));
  if (refusal !== undefined || found === undefined || proven === undefined) return refused(refusal);
  return admit(dial, found.user, proven, credentials.method);
}

/**
 * Without a password to compare with, what the client knows stays unknown. Names that nobody has look like
 * those that have one.
 */
const judges = (found: UserSecrets | undefined, { method }: Credentials): boolean =>
  method !== "chap-md5" || found === undefined || found.password !== undefined;

/** Why a log-in as a user who exists is refused; undefined: it is that user, and enabled. */
function whyRefused(found: UserSecrets, { method }: Credentials, right: boolean): Ending | undefined {
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
