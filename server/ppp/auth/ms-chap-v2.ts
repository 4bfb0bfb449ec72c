import { hex } from "../../wire/bytes.ts";
import { type Decoded, decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { ascii } from "../ascii.ts";
import type { Packet } from "../packet.ts";
import { decodeChapResponse } from "./chap.ts";
import type { ChapScheme } from "./chap-scheme.ts";
import type { MsChapV2Credentials } from "./credentials.ts";
import type { AuthFailure } from "./log-in-outcome.ts";

/** The Value of an MS-CHAPv2 Response (RFC 2759 §4), and the name behind it. */
export interface MsChapV2Response extends Pick<MsChapV2Credentials, "name" | "peerChallenge" | "ntResponse"> {
  readonly flags: number;
}

/** Windows 98 sets this flag and does not read a Success or Failure with ` M=`. */
const NO_MESSAGE = 0x04;

/**
 * The Response of MS-CHAPv2: 49 octets exactly (fault `bad-length`, at the Value-Size, for any other). The
 * eight reserved octets are not looked at.
 */
export function decodeMsChapV2Response(packet: Packet): Decoded<MsChapV2Response> {
  const outer = decodeChapResponse(packet, 49);
  if (!outer.ok) return outer;
  const { value, name } = outer.value;
  const reader = new Reader(value);
  const peerChallenge = reader.octets(16);
  reader.skip(8);
  const ntResponse = reader.octets(24);
  return decoded({ peerChallenge, ntResponse, flags: reader.u8(), name });
}

/** MS-CHAPv2 (RFC 2759): the default, and the only one that proves the server to the client. */
export const msChapV2: ChapScheme = {
  challengeLength: 16,
  read(packet, authenticatorChallenge) {
    const response = decodeMsChapV2Response(packet);
    if (!response.ok) return response;
    const { name, peerChallenge, ntResponse, flags } = response.value;
    return decoded({
      credentials: { method: "ms-chap-v2", name, authenticatorChallenge, peerChallenge, ntResponse },
      withText: (flags & NO_MESSAGE) === 0,
    });
  },
  success: successMessage,
  failure: failureMessage,
  changesPassword: true,
};

/** `S=` and the authenticator response in upper-case hexadecimal (RFC 2759 §5); Windows checks it. */
function successMessage(proof: Uint8Array | undefined, withText: boolean): Uint8Array {
  if (proof === undefined) throw new Error("MS-CHAPv2 needs an authenticator response");
  return ascii(`S=${hex(proof).toUpperCase()}${withText ? " M=Access granted" : ""}`);
}

const TEXTS: Record<AuthFailure, string> = {
  691: "Access denied",
  648: "Password expired",
  709: "The password was not changed",
};

/**
 * RFC 2759 §6. To all that is refused the answer is 691 and no retry, so that a client learns nothing but
 * "no" and each try is a dial of its own; C= must stand there, though with R=0 nobody answers it. 648 comes
 * after a right password alone, and R=1 with it makes Windows ask for a new one.
 */
function failureMessage(code: AuthFailure, challenge: Uint8Array, withText: boolean): Uint8Array {
  const retry = code === 648 ? 1 : 0;
  const text = withText ? ` M=${TEXTS[code]}` : "";
  return ascii(`E=${code} R=${retry} C=${hex(challenge).toUpperCase()} V=3${text}`);
}
