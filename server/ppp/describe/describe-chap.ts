import { printable } from "../../wire/printable.ts";
import { decodeChangePassword } from "../auth/change-password.ts";
import { CHAP, decodeChapValue } from "../auth/chap.ts";
import type { Packet } from "../packet.ts";

const NAMES = new Map<number, string>([
  [CHAP.challenge, "Challenge"],
  [CHAP.response, "Response"],
  [CHAP.success, "Success"],
  [CHAP.failure, "Failure"],
  [CHAP.changePassword, "Change-Password"],
]);

/** `Challenge`, or `code-9`. */
export const chapCodeName = (code: number): string => NAMES.get(code) ?? `code-${code}`;

/** What a Success or Failure carries in `S=` and `C=`, and any other long run of hexadecimal digits. */
const SECRET = /(?<=[SC]=)\S+|[0-9A-Fa-f]{16,}/g;

/**
 * A CHAP packet. Challenge, Response and `S=` together are enough to search for the password off line, so
 * each shows as its length only; so does whatever does not decode.
 */
export function describeChap(packet: Packet): string {
  const { code, identifier, data } = packet;
  const head = `${chapCodeName(code)} id=${identifier}`;
  if (code === CHAP.challenge || code === CHAP.response) {
    const result = decodeChapValue(data);
    if (!result.ok) return `${head} malformed (${result.code}), ${data.length} octets`;
    const { value, name } = result.value;
    return `${head} value=(${value.length} octets) name="${printable(name)}"`;
  }
  if (code === CHAP.changePassword) return `${head} ${changePassword(packet)}`;
  if (code === CHAP.success || code === CHAP.failure) return `${head} "${printable(withoutSecrets(data))}"`;
  return `${head} ${data.length} octets`;
}

function changePassword(packet: Packet): string {
  const result = decodeChangePassword(packet);
  if (!result.ok) return `malformed (${result.code}), ${packet.data.length} octets`;
  const { encryptedPassword, encryptedHash, ntResponse } = result.value;
  return `password=(${encryptedPassword.length} octets) hash=(${encryptedHash.length} octets) response=(${ntResponse.length} octets)`;
}

/**
 * The message of a Success or Failure without what stands for the password. To be called before it is cut: a
 * cut could leave a piece of a secret too short to be found.
 */
export function withoutSecrets(message: Uint8Array): Uint8Array {
  const text = Buffer.from(message).toString("latin1");
  return Buffer.from(
    text.replace(SECRET, (secret) => `(${secret.length} characters)`),
    "latin1",
  );
}
