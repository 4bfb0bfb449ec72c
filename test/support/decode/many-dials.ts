import { pcapHeader, START } from "../capture/files.ts";
import { address, CLIENT } from "../capture/frames.ts";
import type { DialCapture } from "./dial-capture.ts";

const RECORD = 16;
const SOURCE = 12;
const DESTINATION = 16;
const IP = 20;
const TCP = 6;

/** Begins the magic number (LCP option 5), and the Protocol field before it. */
const MAGIC = [5, 6];
const LCP = [0xc0, 0x21];

/** One packet as a record of the file, and where in it the client's address stands. */
interface Record {
  readonly octets: Uint8Array;
  readonly client: number;
  /** Where numbers of 32 bits stand that are random in each dial. */
  readonly random: readonly number[];
}

/** How the dials lie in time. */
interface Pace {
  /** So many go on at once, their packets in turn. */
  readonly atOnce?: number;
  /** Milliseconds from one packet to the next one of the same dial. */
  readonly step?: number;
  /** Each has sequence numbers of TCP and magic numbers of its own, as those of real clients are. */
  readonly own?: boolean;
}

/**
 * A pcap file, piece by piece, with as many dials as wanted: those that are given, over and over, each from
 * a client of its own (10.0.0.0/8). Their checksums are zero, as a sending host with offload leaves them.
 */
export function* manyDials(
  dials: readonly DialCapture[],
  count: number,
  { atOnce = 1, step = 1, own = false }: Pace = {},
): Generator<Uint8Array> {
  const templates = dials.map(({ packets }) => packets.map(({ octets }) => recordOf(octets)));
  const longest = Math.max(...templates.map(({ length }) => length));
  yield pcapHeader("little", true, 101);
  let milliseconds = 0;
  for (let first = 0; first < count; first += atOnce) {
    const last = Math.min(count, first + atOnce);
    for (let index = 0; index < longest; index += 1) {
      const pieces: Uint8Array[] = [];
      for (let dial = first; dial < last; dial += 1) {
        const record = templates[dial % templates.length]![index];
        if (record !== undefined) pieces.push(stamped(record, dial, milliseconds, own));
      }
      milliseconds += step;
      yield Buffer.concat(pieces);
    }
  }
}

function recordOf(packet: Uint8Array): Record {
  const octets = new Uint8Array(RECORD + packet.length);
  const view = new DataView(octets.buffer);
  view.setUint32(8, packet.length, true);
  view.setUint32(12, packet.length, true);
  octets.set(packet, RECORD);
  view.setUint16(RECORD + 10, 0);
  if (packet[9] === TCP) view.setUint16(RECORD + IP + 16, 0);
  const fromClient = Buffer.from(address(CLIENT)).equals(packet.subarray(SOURCE, SOURCE + 4));
  return { octets, client: RECORD + (fromClient ? SOURCE : DESTINATION), random: randomIn(packet) };
}

function randomIn(packet: Uint8Array): readonly number[] {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
  // Of a SYN, no octet is acknowledged.
  if (packet[9] === TCP)
    return [IP + 4, IP + 8].filter((at) => bytes.readUInt32BE(at) !== 0).map((at) => RECORD + at);
  const lcp = bytes.indexOf(Buffer.from(LCP), IP);
  const magic = lcp < 0 ? -1 : bytes.indexOf(Buffer.from(MAGIC), lcp + 6);
  return magic < 0 ? [] : [RECORD + magic + 2];
}

function stamped(
  { octets, client, random }: Record,
  dial: number,
  milliseconds: number,
  own: boolean,
): Uint8Array {
  const copy = octets.slice();
  const view = new DataView(copy.buffer);
  view.setUint32(0, Number(START / 1_000_000_000n) + Math.floor(milliseconds / 1000), true);
  view.setUint32(4, Math.round((milliseconds % 1000) * 1e6), true);
  view.setUint32(client, 0x0a00_0001 + dial);
  if (own) for (const at of random) view.setUint32(at, view.getUint32(at) + Math.imul(dial, 0x9e37_79b1));
  return copy;
}
