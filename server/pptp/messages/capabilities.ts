/** Framing: capabilities of a side (RFC 2637 §2.1, §2.2) and the type of a call (§2.7, §2.11). */
export const FRAMING = { asynchronous: 1, synchronous: 2 } as const;

/** Bearer: capabilities of a side, and the type of a call (RFC 2637 §2.1, §2.2, §2.7, §2.9). */
export const BEARER = { analog: 1, digital: 2 } as const;
