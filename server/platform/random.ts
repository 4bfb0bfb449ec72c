import { randomInt, randomBytes as secureBytes } from "node:crypto";

/** Unpredictable octets: challenges, keys, tokens. */
export const randomBytes = (length: number): Uint8Array => new Uint8Array(secureBytes(length));

/** 0 to 65535: call IDs. */
export const randomU16 = (): number => randomInt(0x1_0000);

/** 0 to 4294967295: magic numbers. */
export const randomU32 = (): number => randomInt(0x1_0000_0000);

/** Chance, as it is handed to what needs some; tests hand in one that begins from a seed. */
export interface Random {
  /** Cryptographically strong in production. */
  bytes(count: number): Uint8Array;
  /** 0 to 65535. */
  u16(): number;
  /** 0 to 4294967295. */
  u32(): number;
  uuid(): string;
}
