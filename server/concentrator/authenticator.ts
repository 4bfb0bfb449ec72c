import { randomBytes } from "node:crypto";
import { equalSecrets } from "../crypto/constant-time.ts";
import { serverStartKeys } from "../crypto/mppe-keys.ts";
import { authenticatorResponse, ntResponse } from "../crypto/ms-chap-v2.ts";
import type { Credentials, Verified } from "../ppp/link/link-types.ts";
import type { User, UserRepository } from "../store/store-types.ts";

export type AuthOutcome =
  | { readonly ok: true; readonly user: User; readonly verified: Extract<Verified, { ok: true }> }
  | { readonly ok: false; readonly verdict: "bad-credentials" | "user-disabled"; readonly evidence: string };

/** Stands in for the hash of users that do not exist, so that they cost the same time as those that do. */
const NOBODY = randomBytes(16);

/**
 * Checks an MS-CHAPv2 Response against the store. Unknown, disabled and mistaken users take the same path: one look-up,
 * one full computation. The client is told the same in all three cases; only the record knows which it was.
 */
export async function authenticate(
  users: UserRepository,
  name: string,
  credentials: Credentials,
): Promise<AuthOutcome> {
  const found = await users.credentials(name);
  const verified = checkMsChapV2(found?.ntHashes[0] ?? NOBODY, credentials);
  if (found === undefined) {
    return { ok: false, verdict: "bad-credentials", evidence: "There is no user of that name." };
  }
  if (!found.user.enabled) {
    const password = verified.ok ? "right" : "wrong as well";
    return {
      ok: false,
      verdict: "user-disabled",
      evidence: `The user is disabled; the password was ${password}.`,
    };
  }
  if (!verified.ok) return { ok: false, verdict: "bad-credentials", evidence: "The password is wrong." };
  return { ok: true, user: found.user, verified };
}

/** RFC 2759 §8, RFC 3079 §3: everything is computed before anything is compared, right or wrong. */
function checkMsChapV2(ntHash: Uint8Array, credentials: Credentials): Verified {
  if (credentials.method !== "ms-chap-v2") return { ok: false, failure: 691 };
  const expected = ntResponse(credentials, ntHash);
  const proof = authenticatorResponse(credentials, credentials.ntResponse, ntHash);
  const keys = serverStartKeys(ntHash, credentials.ntResponse);
  if (!equalSecrets(expected, credentials.ntResponse)) return { ok: false, failure: 691 };
  return { ok: true, authenticatorResponse: proof, keys: { 128: keys }, encryptionRequired: true };
}
