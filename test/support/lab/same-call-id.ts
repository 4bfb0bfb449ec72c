import type { VpnClient } from "./vpn-client.ts";

/** The call ID that clients ask for after `askForSameCallId`. */
export const SAME_CALL_ID = 0x1234;

/**
 * Has a client ask for the same call ID from now on: pptp-linux takes it from the first two octets of
 * /dev/random.
 */
export async function askForSameCallId({ guest }: VpnClient): Promise<void> {
  await guest.must("printf '\\064\\022' >/run/random && mount --bind /run/random /dev/random");
}
