/**
 * What a codec says of hostile bytes: a value, or why not and where. Never thrown.
 */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: DecodeFault /** Octet offset of the fault. */; readonly at: number };

/** The register of decode faults: counters and traces use these words. */
export const DECODE_FAULTS = [
  "truncated", // the input ends before the field does
  "bad-length", // a length field that does not fit what it counts
  "bad-magic", // not the magic cookie 0x1a2b3c4d (RFC 2637 §2)
  "bad-type", // a message type that this protocol does not know
  "bad-version", // a version that this protocol does not speak
  "bad-flags", // a flag combination that the RFC forbids
  "bad-protocol", // a protocol field that is not what must stand there
  "bad-value", // a field value that the RFC forbids
] as const;

export type DecodeFault = (typeof DECODE_FAULTS)[number];

export const decoded = <T>(value: T): Decoded<T> => ({ ok: true, value });

export const fault = (code: DecodeFault, at: number): Decoded<never> => ({ ok: false, code, at });
