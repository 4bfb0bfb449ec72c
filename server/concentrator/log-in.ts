import type { Credentials, Verified } from "../ppp/link/link-types.ts";
import { authenticate } from "./authenticator.ts";
import type { CallSession } from "./call-session.ts";
import type { CallServices } from "./call-types.ts";
import { loginName, safeText } from "./login-name.ts";
import type { Ending } from "./verdicts/ending.ts";

/**
 * One log-in of one dial: checks the Response, and writes down who claimed to be whom and who it was. `refusal` is the
 * true reason, for the record only.
 */
export async function logIn(
  services: CallServices,
  session: CallSession,
  credentials: Credentials,
): Promise<{ readonly outcome: Verified; readonly refusal: Ending | undefined }> {
  const name = loginName(credentials.name);
  session.claimed(safeText(name));
  const result = await authenticate(services.users, name, credentials);
  if (result.ok) {
    session.known.user = result.user;
    return { outcome: result.verified, refusal: undefined };
  }
  return {
    outcome: { ok: false, failure: 691 },
    refusal: { verdict: result.verdict, evidence: result.evidence },
  };
}
