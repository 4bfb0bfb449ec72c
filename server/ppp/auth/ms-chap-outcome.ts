/**
 * Does the Success prove the server (RFC 2759 §5)? `expected`: `S=` and its 40 digits, or undefined where the
 * method proves nothing; what follows them is text for people.
 */
export function provesServer(expected: string | undefined, success: Uint8Array): boolean {
  if (expected === undefined) return true;
  const digits = String.fromCharCode(...success.subarray(0, expected.length)).toUpperCase();
  return digits === expected;
}

/** E= of a Failure (RFC 2433 §8, RFC 2759 §6); undefined where it has none. */
export function errorOf(failure: Uint8Array): number | undefined {
  const [, digits] = /(?:^| )E=(\d{1,10})(?: |$)/.exec(String.fromCharCode(...failure.subarray(0, 64))) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** C= of a Failure: what the next answer is made with (RFC 2433 §8, RFC 2759 §6). */
export function challengeOf(failure: Uint8Array): Uint8Array | undefined {
  const [, digits] = / C=((?:[0-9A-F]{16}){1,2})(?: |$)/i.exec(Buffer.from(failure).toString("latin1")) ?? [];
  return digits === undefined ? undefined : Uint8Array.from(Buffer.from(digits, "hex"));
}
