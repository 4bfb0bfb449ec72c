import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { Writer } from "../../../server/wire/writer.ts";
import { address, ipv4 } from "../capture/frames.ts";

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;
const TCP = 6;
const PORT = 1723;

type From = "client" | "server";

/**
 * Writes the segments of one TCP connection to port 1723, with sequence numbers and checksums as they must
 * be.
 */
export class SegmentWriter {
  readonly #ends: Readonly<Record<From, { readonly address: string; readonly port: number }>>;
  readonly #write: (packet: Uint8Array) => void;
  readonly #next: Record<From, number>;
  readonly #ended: Record<From, boolean> = { client: false, server: false };
  #id = 0;

  constructor(
    client: string,
    server: string,
    port: number,
    write: (packet: Uint8Array) => void,
    first: Readonly<Record<From, number>> = { client: 1000, server: 5000 },
  ) {
    this.#next = { ...first };
    this.#ends = { client: { address: client, port }, server: { address: server, port: PORT } };
    this.#write = write;
  }

  open(): void {
    this.syn("client");
    this.syn("server");
    this.#segment("client", ACK);
  }

  syn(from: From): void {
    this.#segment(from, from === "client" ? SYN : SYN | ACK);
    this.#next[from] += 1;
  }

  /** The SYN once more. */
  synAgain(from: From): void {
    this.#next[from] -= 1;
    this.syn(from);
  }

  say(from: From, octets: Uint8Array): void {
    this.#segment(from, ACK, octets);
    this.#next[from] += octets.length;
  }

  /** The same once more. */
  again(from: From, octets: Uint8Array): void {
    this.#next[from] -= octets.length;
    this.say(from, octets);
  }

  /** Once from each side. */
  fin(from: From): void {
    if (this.#ended[from]) return;
    this.#ended[from] = true;
    this.#segment(from, FIN | ACK);
    this.#next[from] += 1;
  }

  /** An acknowledgement and nothing else. */
  acknowledge(from: From): void {
    this.#segment(from, ACK);
  }

  reset(from: From): void {
    this.#segment(from, RST | ACK);
  }

  #segment(from: From, flags: number, payload: Uint8Array = new Uint8Array(0)): void {
    const to = from === "client" ? "server" : "client";
    const { address: source, port } = this.#ends[from];
    const { address: destination, port: peer } = this.#ends[to];
    const segment = new Writer()
      .u16(port)
      .u16(peer)
      .u32(this.#next[from])
      .u32((flags & ACK) === 0 ? 0 : this.#next[to])
      .u8(0x50)
      .u8(flags)
      .u16(64_240)
      .u32(0)
      .octets(payload);
    const pseudo = concat(
      address(source),
      address(destination),
      Uint8Array.of(0, TCP, segment.length >>> 8, segment.length),
    );
    const partial = ~internetChecksum(pseudo, 0, pseudo.length) & 0xffff;
    segment.patchU16(16, internetChecksum(segment.bytes(), 0, segment.length, partial));
    this.#id += 1;
    this.#write(ipv4({ source, destination, protocol: TCP, id: this.#id & 0xffff }, segment.bytes()));
  }
}
