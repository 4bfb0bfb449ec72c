import { equalSecrets } from "../../crypto/constant-time.ts";
import { ntResponse } from "../../crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../crypto/nt-password-hash.ts";
import { decryptNewPassword, provesOldHash } from "../../crypto/password-change.ts";
import { AppError } from "../../errors/app-error.ts";
import type { Claim } from "../../guessing/budgets.ts";
import { passwordObjection } from "../../policy/password-rule.ts";
import type { PasswordChange } from "../../ppp/auth/credentials.ts";
import type { User, UserSecrets } from "../../store/store-types.ts";
import { objectionTo } from "../policy/objections.ts";
import { admit, type LogIn, otherUser, refused } from "./admission.ts";
import type { LogInDial } from "./log-in-dial.ts";
import { hashesOf, msChapV2Proven } from "./proof.ts";

const DAY = 86_400_000;

/** A password that its user chose; it goes into the store and nowhere else. */
interface NewPassword {
  readonly password: string;
  readonly ntHash: Uint8Array;
}

/**
 * A Change-Password packet (RFC 2759 §7): whoever knows the old password may set a new one, where the rules
 * like it, and is logged in with it.
 */
export async function changePassword(
  dial: LogInDial,
  found: UserSecrets | undefined,
  change: PasswordChange,
  claim: Claim,
): Promise<LogIn> {
  const { clock, passwordRule, wrongLogIns } = dial.services;
  const chosen = newPassword(found, change);
  // Asked for after a right password alone, so nothing was guessed to come here; a wrong proof counts all the
  // same.
  if (chosen === undefined) wrongLogIns.judged(claim, false);
  if (found === undefined || chosen === undefined) return refusedChange("The old password was not proved.");
  const no = otherUser(dial, found) ?? objectionTo(found.user, dial.from, clock.date());
  if (no !== undefined) return refused(no);
  const isOld = found.ntHashes.some((ntHash) => equalSecrets(ntHash, chosen.ntHash));
  const circumstances = { name: found.user.name, minLength: passwordRule.minLength, isOld };
  const objection = passwordObjection(chosen.password, circumstances);
  if (objection !== undefined) return refusedChange(objection);
  // Before the password is written: what an administrator changes meanwhile counts.
  dial.setUser(found.user);
  const user = await keep(dial, found.user, chosen.password);
  if (user instanceof AppError) return refusedChange("The store refused the new password; the log says why.");
  dial.record.note("The user changed the password");
  return admit(dial, user, msChapV2Proven(change, chosen.ntHash), "ms-chap-v2");
}

/** With its expiry, which counts from now on. */
async function keep({ services }: LogInDial, { id, name }: User, password: string): Promise<User | AppError> {
  const { clock, passwordRule, users, log } = services;
  const expires = new Date(clock.date().getTime() + passwordRule.maxAgeDays * DAY);
  const passwordExpiresAt = passwordRule.maxAgeDays === 0 ? null : expires.toISOString();
  try {
    // By ID: an administrator may give the name to somebody else meanwhile.
    return await users.setPassword({ id }, { password, passwordExpiresAt });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ user: name, code: error.code }, "A password that a user chose was refused by the store");
    return error;
  }
}

/**
 * The new password, where it comes with all three proofs: the old hash decrypts it, the new hash encrypts the
 * old one, and the NT-Response fits the new one. The same work for a user that does not exist.
 */
function newPassword(found: UserSecrets | undefined, change: PasswordChange): NewPassword | undefined {
  const candidates = hashesOf(found).map((oldHash) => {
    const opened = decryptNewPassword(change.encryptedPassword, oldHash);
    const password = opened.ok ? opened.value : "";
    const ntHash = ntPasswordHash(password);
    const known = provesOldHash(change.encryptedHash, oldHash, ntHash);
    const answered = equalSecrets(ntResponse(change, ntHash), change.ntResponse);
    return { password, ntHash, right: opened.ok && known && answered };
  });
  return candidates.find(({ right }) => right);
}

const refusedChange = (evidence: string): LogIn => ({
  outcome: { ok: false, failure: 709 },
  reason: { verdict: "password-change-refused", evidence },
});
