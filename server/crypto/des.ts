import { createCipheriv } from "node:crypto";

/**
 * One block of 8 octets, encrypted with DES under a key of 7 octets (RFC 2759 §8.6 DesEncrypt).
 *
 * OpenSSL 3 refuses DES but not triple DES, and EDE with the same key three times is DES.
 */
export function desEncrypt(key7: Uint8Array, block: Uint8Array): Uint8Array {
  const key = desKey(key7);
  const cipher = createCipheriv("des-ede3-ecb", Buffer.concat([key, key, key]), null);
  cipher.setAutoPadding(false);
  return Uint8Array.from(cipher.update(block));
}

/** The 8-octet DES key of 7 octets: seven bits in each octet, then the bit that makes the parity odd. */
export function desKey(key7: Uint8Array): Uint8Array {
  const key = new Uint8Array(8);
  for (let i = 0; i < 8; i++) {
    // Bits 7i to 7i+6 of the 56: they end in octet i, and up to six of them come from the octet before.
    const pair = ((key7[i - 1] ?? 0) << 8) | (key7[i] ?? 0);
    key[i] = withOddParity((pair >> (i + 1)) & 0x7f);
  }
  return key;
}

function withOddParity(seven: number): number {
  let ones = 0;
  for (let bits = seven; bits !== 0; bits >>= 1) ones += bits & 1;
  return (seven << 1) | (ones % 2 === 0 ? 1 : 0);
}
