import { hex } from "../../wire/bytes.ts";
import { ascii } from "../ascii.ts";

/** Success: `S=` and the authenticator response in upper-case hexadecimal (RFC 2759 §5); Windows checks it. */
export function successMessage(authenticatorResponse: Uint8Array, withText: boolean): Uint8Array {
  return ascii(`S=${hex(authenticatorResponse).toUpperCase()}${withText ? " M=Access granted" : ""}`);
}

/**
 * Failure (RFC 2759 §6): always 691 and no retry, so that a client learns nothing but "no" and each try is a dial of
 * its own. C= must stand there; with R=0 nobody answers it.
 */
export function failureMessage(challenge: Uint8Array, withText: boolean): Uint8Array {
  return ascii(`E=691 R=0 C=${hex(challenge).toUpperCase()} V=3${withText ? " M=Access denied" : ""}`);
}
