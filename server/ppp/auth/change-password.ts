import type { Decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import type { Packet } from "../packet.ts";
import type { PasswordChange } from "./credentials.ts";

/** What a Change-Password packet carries. */
export type ChangePassword = Omit<PasswordChange, "method" | "name" | "authenticatorChallenge">;

/**
 * The Change-Password packet of MS-CHAPv2 (RFC 2759 §7): 582 octets of data. Fault: `truncated`. Reserved and
 * Flags are not looked at, nor is anything behind them.
 */
export function decodeChangePassword({ data }: Packet): Decoded<ChangePassword> {
  const reader = new Reader(data);
  const encryptedPassword = reader.octets(516);
  const encryptedHash = reader.octets(16);
  const peerChallenge = reader.octets(16);
  reader.skip(8);
  const ntResponse = reader.octets(24);
  reader.skip(2);
  return reader.done({ encryptedPassword, encryptedHash, peerChallenge, ntResponse });
}
