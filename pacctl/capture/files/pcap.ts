import { MAX_INTERFACES, MAX_PACKET } from "../limits.ts";
import type { ProblemCode } from "../problems.ts";
import { ending, type Format, type RecordSink } from "./format.ts";
import { type ByteOrder, u16of, u32, u32of } from "./octets.ts";

/**
 * Nanoseconds that the fraction of a second counts in, by magic number; and whether record headers are the
 * longer ones.
 */
const MAGICS: ReadonlyMap<number, { readonly unit: number; readonly recordHeader: number }> = new Map([
  [0xa1b2c3d4, { unit: 1000, recordHeader: 16 }],
  [0xa1b23c4d, { unit: 1, recordHeader: 16 }],
  [0xa1b2cd34, { unit: 1000, recordHeader: 24 }], // Linux 2.2's patched libpcap: interface, protocol and type follow
]);

const FILE_HEADER = 24;
const VERSION_END = 8;
const MAJOR = 2;

/** Before 2.3 the two lengths of a record were the other way round, and in 2.3 sometimes. */
const MINOR_IN_ORDER = 4;

/** The upper bits say whether frames end with a frame check sequence. */
const LINK_TYPE_MASK = 0xffff;

/** Others wrote longer headers of records under the same magic number, which shows at the second record. */
const PATCHED = ", perhaps since Nokia, Red Hat 6.1 or SuSE 6.3 wrote it: editcap -F pcapng FILE OUT";

/** A second has no more parts than this, of any kind. */
const MAX_FRACTION = 1e9;

/** The byte order, where the first four octets are a magic number of pcap. */
export function pcapOrder(bytes: Uint8Array, at: number): ByteOrder | undefined {
  if (MAGICS.has(u32(bytes, at))) return "big";
  return MAGICS.has(u32of("little", bytes, at)) ? "little" : undefined;
}

/** First octets of all magic numbers, either way round: what tells most records at once. */
const FIRST_OCTETS: ReadonlySet<number> = new Set(
  [...MAGICS.keys()].flatMap((magic) => [magic >>> 24, magic & 255]),
);

/** Another file behind this one, as `cat` puts them: its magic number is a time in 2055 or later. */
function isHeader(bytes: Uint8Array, from: number, to: number): boolean {
  const order = to - from < VERSION_END ? undefined : pcapOrder(bytes, from);
  return order !== undefined && u16of(order, bytes, from + 4) === MAJOR;
}

/** The format of libpcap: a header, and records of time, lengths and octets (draft-ietf-opsawg-pcap). */
export class Pcap implements Format {
  readonly name = "pcap";
  readonly openSince = undefined;
  startedAt: bigint | undefined;
  wanted = FILE_HEADER;
  ended = false;
  #order: ByteOrder;
  readonly #sink: RecordSink;
  #linkType: number | undefined;
  #unit = 1000;
  #recordHeader = 16;
  #minor = 0;
  /** Of the file at hand, where several stand one behind the other. */
  #interface = -1;
  /** Records so far. */
  #read = 0;
  #seconds = 0;
  #nanoseconds = 0;

  constructor(order: ByteOrder, sink: RecordSink) {
    this.#order = order;
    this.#sink = sink;
  }

  takeSkip(): number {
    return 0;
  }

  read(bytes: Uint8Array, from: number, to: number, offset: number): number {
    if (this.#linkType === undefined || (FIRST_OCTETS.has(bytes[from]!) && isHeader(bytes, from, to)))
      return this.#fileHeader(bytes, from, to, offset);
    const body = this.#recordHeader;
    if (to - from < body) return this.#want(body);
    const order = this.#order;
    let captured = u32of(order, bytes, from + 8);
    let original = u32of(order, bytes, from + 12);
    if (this.#minor < MINOR_IN_ORDER && (this.#minor < MINOR_IN_ORDER - 1 || captured > original)) {
      [captured, original] = [original, captured];
    }
    const seconds = u32of(order, bytes, from);
    const fraction = u32of(order, bytes, from + 4);
    const second = this.#read === 1;
    if (captured > MAX_PACKET || (second && fraction >= MAX_FRACTION))
      return this.#end("bad-record", offset, `a packet of ${captured} octets${second ? PATCHED : ""}`);
    const end = from + body + captured;
    if (end > to) return this.#want(body + captured);
    const at = this.#time(seconds, fraction);
    this.#read += 1;
    this.#sink.packet(bytes, from + body, end, original, this.#interface, at);
    return body + captured;
  }

  #fileHeader(bytes: Uint8Array, from: number, to: number, offset: number): number {
    if (to - from < FILE_HEADER) return this.#want(FILE_HEADER);
    const order = pcapOrder(bytes, from)!;
    const magic = MAGICS.get(u32of(order, bytes, from))!;
    const major = u16of(order, bytes, from + 4);
    this.#minor = u16of(order, bytes, from + 6);
    if (major !== MAJOR) return this.#end("unsupported-version", offset, `pcap ${major}.${this.#minor}`);
    this.#order = order;
    this.#unit = magic.unit;
    this.#recordHeader = magic.recordHeader;
    const linkType = u32of(order, bytes, from + 20) & LINK_TYPE_MASK;
    if (linkType === this.#linkType) return FILE_HEADER;
    if (this.#interface + 1 >= MAX_INTERFACES) return this.#end("too-many-interfaces", offset, "");
    this.#linkType = linkType;
    this.#interface += 1;
    this.#sink.interface(linkType, undefined);
    return FILE_HEADER;
  }

  /** Differences first: the time itself has more digits than a number. */
  #time(seconds: number, fraction: number): number {
    if (this.startedAt === undefined) {
      this.startedAt = BigInt(seconds) * 1_000_000_000n + BigInt(fraction * this.#unit);
      this.#seconds = seconds;
      this.#nanoseconds = fraction * this.#unit;
    }
    return (seconds - this.#seconds) * 1e9 + (fraction * this.#unit - this.#nanoseconds);
  }

  #want(count: number): number {
    this.wanted = count;
    return 0;
  }

  #end(code: ProblemCode, offset: number, detail: string): number {
    this.ended = true;
    this.#sink.problem(ending(code, offset, detail));
    return 0;
  }
}
