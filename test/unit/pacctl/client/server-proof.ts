import { lmPasswordHash } from "../../../../server/crypto/lm-hash.ts";
import { authenticatorResponse } from "../../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../../server/crypto/nt-password-hash.ts";
import { msChapV1StartKeys, msChapV2StartKeys } from "../../../../server/crypto/start-keys.ts";
import type { Credentials } from "../../../../server/ppp/auth/credentials.ts";
import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";

type Right = Extract<LogInOutcome, { ok: true }>;

/** What the server answers to a right log-in; the password itself is not compared here. */
export function proofOf(credentials: Credentials, password: string): Partial<Right> {
  const hash = ntPasswordHash(password);
  switch (credentials.method) {
    case "ms-chap-v2":
      return {
        authenticatorResponse: authenticatorResponse(credentials, credentials.ntResponse, hash),
        keys: msChapV2StartKeys(hash, credentials.ntResponse),
      };
    case "ms-chap-v1":
      return {
        authenticatorResponse: undefined,
        keys: msChapV1StartKeys(hash, credentials.challenge, lmPasswordHash(password)),
      };
    default:
      return { authenticatorResponse: undefined, keys: {}, encryptionRequired: false };
  }
}
