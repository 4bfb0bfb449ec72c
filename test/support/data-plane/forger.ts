import { concat } from "../../../server/wire/bytes.ts";
import { bytes } from "../bytes.ts";
import { SPEC } from "./bench.ts";
import { greData, type TunnelClient } from "./tunnel-client.ts";

/**
 * What a forged packet may hold: MPPE with counts of all kinds over octets that are no ciphertext of anybody,
 * or LCP, or clear text.
 */
export const CONTENTS = [
  "counts in a row",
  "any counts",
  "counts 950 ahead",
  "an LCP frame",
  "clear text",
] as const;
export type Content = (typeof CONTENTS)[number];

/** Somebody who knows call ID and addresses of a client, and where its numbers are, but no key. */
export class Forger {
  readonly #client: TunnelClient;
  #seed = 7;

  constructor(client: TunnelClient) {
    this.#client = client;
  }

  /**
   * So many packets in a row, the first so far ahead of the client's next one; `count` is the count of that
   * one.
   */
  send(ahead: number, burst: number, content: Content, count = 0): void {
    for (let i = 0; i < burst; i += 1) {
      const frame = this.#frame(content, count, ahead + i, i);
      this.#client.raw(greData(SPEC.callId, (this.#client.sequence + ahead + i) >>> 0, frame));
    }
  }

  #frame(content: Content, count: number, ahead: number, i: number): Uint8Array {
    if (content === "an LCP frame") return bytes`ff03 c021 0c07 0004`;
    if (content === "clear text") return concat(bytes`ff03 0021`, this.#noise());
    const counts = {
      "counts in a row": count + ahead,
      "any counts": this.#next(),
      "counts 950 ahead": count + 950 + i,
    };
    const header = 0x9000 | (counts[content] & 0xfff);
    return concat(bytes`ff03 00fd`, Uint8Array.of(header >> 8, header), this.#noise());
  }

  #noise(): Uint8Array {
    return Uint8Array.from({ length: 40 }, () => this.#next());
  }

  #next(): number {
    this.#seed = (this.#seed * 1103515245 + 12345) & 0x7fffffff;
    return this.#seed >> 8;
  }
}
