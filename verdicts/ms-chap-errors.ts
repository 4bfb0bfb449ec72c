/** E= of a Failure that say why, and the cause that each names (RFC 2433 §8, RFC 2759 §6). */
const CAUSES = {
  /** ERROR_RESTRICTED_LOGON_HOURS */
  646: "account-restricted",
  /** ERROR_ACCT_DISABLED */
  647: "account-restricted",
  /** ERROR_PASSWD_EXPIRED */
  648: "password-expired",
  /** ERROR_NO_DIALIN_PERMISSION */
  649: "account-restricted",
  /** ERROR_AUTHENTICATION_FAILURE */
  691: "bad-credentials",
  /** ERROR_CHANGING_PASSWORD */
  709: "password-change-refused",
} as const;

/** What the E= of a Failure means. A refusal without one says no more than a wrong password would. */
export function causeOfError(
  error: number | undefined,
): (typeof CAUSES)[keyof typeof CAUSES] | "auth-refused" {
  if (error === undefined) return "bad-credentials";
  return Object.hasOwn(CAUSES, error) ? CAUSES[error as keyof typeof CAUSES] : "auth-refused";
}
