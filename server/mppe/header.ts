/** The two octets before MPPE's ciphertext: four bits and a count (RFC 3078 §3.1). */
export const HEADER_OCTETS = 2;

/**
 * Bit A, "flushed": the RC4 tables were initialised for this packet. Set on every packet in stateless mode.
 */
export const FLUSHED = 0x8000;

/**
 * Bit D: the packet is encrypted. Bits B (0x4000) and C (0x2000) mean nothing to MPPE and are not looked at.
 */
export const ENCRYPTED = 0x1000;

/** The coherency count counts modulo 4096. */
export const COUNT_MASK = 0x0fff;

/**
 * The low octet of the count of a "flag" packet, before which the key changes in stateful mode (RFC 3078
 * §7.2).
 */
export const FLAG = 0xff;

export const isFlag = (count: number): boolean => (count & FLAG) === FLAG;

/** How many flag packets there are from count `first` up to and including `first` + `ahead`. */
export const flagsWithin = (first: number, ahead: number): number =>
  ((first + ahead + 1) >> 8) - (first >> 8);
