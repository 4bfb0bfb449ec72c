import type { fc } from "../support/fc.ts";

/**
 * Something that hostile octets reach. An input is always a string of octets, whatever the target makes of
 * it: so what was found is kept as a file of hexadecimal digits (`corpus/`), and every string of octets is a
 * valid input.
 */
export interface Target {
  readonly name: string;
  /** Its part of all inputs, relative to the other targets'. */
  readonly share: number;
  readonly inputs: fc.Arbitrary<Uint8Array>;
  /** Throws where something does not hold. */
  readonly run: (input: Uint8Array) => void | Promise<void>;
  /** After the last input. */
  readonly close?: () => Promise<void>;
}
