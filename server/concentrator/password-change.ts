import type { PasswordChange } from "../ppp/link/link-types.ts";
import type { UserSecrets } from "../store/store-types.ts";
import type { LogIn, LogInRoom } from "./log-in.ts";

/** A Change-Password packet (RFC 2759 §7). */
export async function changePassword(
  _room: LogInRoom,
  _found: UserSecrets | undefined,
  _change: PasswordChange,
): Promise<LogIn> {
  return {
    outcome: { ok: false, failure: 709 },
    refusal: { verdict: "password-change-refused", evidence: "The old password was not proved." },
  };
}
