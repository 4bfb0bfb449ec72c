import { MAX_BLOCK, MAX_INTERFACES, MAX_PACKET } from "../limits.ts";
import type { ProblemCode } from "../problems.ts";
import { ending, type Format, passing, type RecordSink } from "./format.ts";
import { type FileStart, InterfaceClock } from "./interface-clock.ts";
import { readInterface } from "./interface-description.ts";
import { type ByteOrder, u16of, u32, u32of } from "./octets.ts";

/** Block types (draft-ietf-opsawg-pcapng §11.1). */
export const BLOCK = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  packet: 2, // obsolete
  simplePacket: 3,
  enhancedPacket: 6,
  systemdJournal: 9,
  custom: 0x00000bad,
  customNotCopied: 0x40000bad,
} as const;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const MAJOR = 1;

/** Type and length before the body, the length again behind it. */
const BLOCK_HEADER = 8;
const TRAILER = 4;
const OVERHEAD = BLOCK_HEADER + TRAILER;

/** Up to the version; and the whole section header without options. */
const SECTION_START = 16;
const SECTION_HEADER = 28;

const NOTHING = new Uint8Array(0);

/** Fields of a packet block before its octets. */
const TIMED_FIELDS = 20;
const SIMPLE_FIELDS = 4;

/** What is wrong with a block that does not end the reading. `lost`: it was a packet, of this kind. */
interface Fault {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly lost?: "malformed" | "unknown-link";
}

const badPacket = (detail: string): Fault => ({ code: "bad-record", detail, lost: "malformed" });
const SHORT = badPacket("a packet without its fields");
const DESCRIPTION: Fault = { code: "bad-block", detail: "the description of an interface" };

const unknownInterface = (id: number): Fault => ({
  code: "unknown-interface",
  detail: `interface ${id}`,
  lost: "unknown-link",
});

interface Interface {
  readonly id: number;
  /** 0: without limit. */
  readonly snapLength: number;
  readonly clock: InterfaceClock;
}

/**
 * pcapng (draft-ietf-opsawg-pcapng): blocks in sections, each section with its own byte order and interfaces.
 */
export class Pcapng implements Format, FileStart {
  readonly name = "pcapng";
  startedAt: bigint | undefined;
  wanted = OVERHEAD;
  ended = false;
  openSince: number | undefined;
  readonly #sink: RecordSink;
  #order: ByteOrder = "big";
  /** Of this section. Undefined: its description could not be read. */
  #interfaces: (Interface | undefined)[] = [];
  /** In the whole file: descriptions, and those of them that could be read. */
  #described = 0;
  #known = 0;
  #skip = 0;
  /** Total length of the block that was passed over: its trailer comes next. */
  #trailerOf: number | undefined;
  #last = 0;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  takeSkip(): number {
    const skip = this.#skip;
    this.#skip = 0;
    return skip;
  }

  read(bytes: Uint8Array, from: number, to: number, offset: number): number {
    if (this.#trailerOf !== undefined) return this.#trailer(bytes, from, to);
    if (to - from < BLOCK_HEADER) return this.#want(BLOCK_HEADER);
    if (u32(bytes, from) === BLOCK.sectionHeader) {
      if (to - from < SECTION_START) return this.#want(SECTION_START);
      if (!this.#section(bytes, from, offset)) return 0;
    }
    const type = u32of(this.#order, bytes, from);
    const total = u32of(this.#order, bytes, from + 4);
    const least = type === BLOCK.sectionHeader ? SECTION_HEADER : OVERHEAD;
    if (total < least) return this.#end("bad-block", offset, `a block of ${total} octets`);
    const length = total % 4 === 0 ? total : total + 4 - (total % 4); // lengths that are no multiple of four are met
    if (total > MAX_BLOCK) return this.#passOver(type, total, length, offset);
    if (to - from < length) return this.#want(length);
    const end = from + length - TRAILER;
    const again = u32of(this.#order, bytes, end);
    if (again !== total) return this.#end("bad-block", offset, `lengths ${total} and ${again}`);
    this.#block(type, bytes, from + BLOCK_HEADER, end, offset);
    return length;
  }

  #block(type: number, bytes: Uint8Array, from: number, to: number, offset: number): void {
    const fault = this.#faultIn(type, bytes, from, to);
    if (fault === undefined) return;
    this.#sink.problem(passing(fault.code, offset, fault.detail));
    if (fault.lost !== undefined) this.#sink.unreadable(fault.lost);
  }

  /** Reads a block, and says what is wrong with it. */
  #faultIn(type: number, bytes: Uint8Array, from: number, to: number): Fault | undefined {
    switch (type) {
      case BLOCK.enhancedPacket:
        return to - from < TIMED_FIELDS
          ? SHORT
          : this.#timed(u32of(this.#order, bytes, from), bytes, from, to);
      case BLOCK.packet: // interface and drop count share the first word
        return to - from < TIMED_FIELDS
          ? SHORT
          : this.#timed(u16of(this.#order, bytes, from), bytes, from, to);
      case BLOCK.simplePacket:
        return to - from < SIMPLE_FIELDS ? SHORT : this.#simple(bytes, from, to);
      case BLOCK.interfaceDescription:
        return this.#interface(bytes, from, to);
      case BLOCK.systemdJournal:
      case BLOCK.custom:
      case BLOCK.customNotCopied:
        this.#sink.unreadable("other-link"); // other tools number these as packets
    }
    return undefined;
  }

  /** False where no section can follow. */
  #section(bytes: Uint8Array, from: number, offset: number): boolean {
    const big = u32(bytes, from + 8) === BYTE_ORDER_MAGIC;
    if (!big && u32of("little", bytes, from + 8) !== BYTE_ORDER_MAGIC) {
      this.#end("bad-block", offset, "a section without a byte order");
      return false;
    }
    this.#order = big ? "big" : "little";
    const major = u16of(this.#order, bytes, from + 12);
    if (major !== MAJOR) {
      this.#end("unsupported-version", offset, `pcapng ${major}.${u16of(this.#order, bytes, from + 14)}`);
      return false;
    }
    this.#interfaces = [];
    return true;
  }

  #interface(bytes: Uint8Array, from: number, to: number): Fault | undefined {
    if (this.#described >= MAX_INTERFACES) return { code: "too-many-interfaces", detail: "" };
    this.#described += 1;
    const description = readInterface(this.#order, bytes, from, to);
    if (description === undefined) {
      this.#interfaces.push(undefined);
      return DESCRIPTION;
    }
    const { linkType, snapLength, name, resolution, timeOffset } = description;
    const clock = new InterfaceClock(this, resolution, timeOffset);
    this.#interfaces.push({ id: this.#known++, snapLength, clock });
    this.#sink.interface(linkType, name);
    return description.whole ? undefined : DESCRIPTION;
  }

  #timed(id: number, bytes: Uint8Array, from: number, to: number): Fault | undefined {
    const order = this.#order;
    const of = this.#interfaces[id];
    if (of === undefined) return unknownInterface(id);
    const captured = u32of(order, bytes, from + 12);
    const start = from + TIMED_FIELDS;
    if (captured > to - start || captured > MAX_PACKET) return badPacket(`a packet of ${captured} octets`);
    this.#last = of.clock.at(u32of(order, bytes, from + 4), u32of(order, bytes, from + 8));
    this.#sink.packet(bytes, start, start + captured, u32of(order, bytes, from + 16), of.id, this.#last);
    return undefined;
  }

  /** Has no time and no captured length: that follows from the others. */
  #simple(bytes: Uint8Array, from: number, to: number): Fault | undefined {
    const of = this.#interfaces[0];
    if (of === undefined) return unknownInterface(0);
    const original = u32of(this.#order, bytes, from);
    const start = from + SIMPLE_FIELDS;
    const kept = of.snapLength === 0 ? original : Math.min(original, of.snapLength);
    const captured = Math.min(kept, to - start, MAX_PACKET);
    this.#sink.packet(bytes, start, start + captured, original, of.id, this.#last);
    return undefined;
  }

  /** A block that is too large to hold: its header is taken, its body skipped, its trailer read. */
  #passOver(type: number, total: number, length: number, offset: number): number {
    if (type === BLOCK.enhancedPacket || type === BLOCK.packet || type === BLOCK.simplePacket) {
      this.#sink.problem(passing("bad-record", offset, `a packet block of ${total} octets`));
      this.#sink.unreadable("malformed");
    } else this.#block(type, NOTHING, 0, 0, offset);
    const taken = type === BLOCK.sectionHeader ? SECTION_START : BLOCK_HEADER;
    this.#skip = length - taken - TRAILER;
    this.#trailerOf = total;
    this.openSince = offset;
    return taken;
  }

  #trailer(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < TRAILER) return this.#want(TRAILER);
    const total = this.#trailerOf!;
    const again = u32of(this.#order, bytes, from);
    if (again !== total) return this.#end("bad-block", this.openSince!, `lengths ${total} and ${again}`);
    this.#trailerOf = undefined;
    this.openSince = undefined;
    return TRAILER;
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
