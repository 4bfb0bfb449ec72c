import { pcapHeader, START } from "../capture/files.ts";
import { address, CLIENT } from "../capture/frames.ts";
import type { DialCapture } from "./dial-capture.ts";

const RECORD = 16;
const SOURCE = 12;
const DESTINATION = 16;
const IP = 20;
const TCP = 6;

/** One packet as a record of the file, and where in it the client's address stands. */
interface Record {
  readonly octets: Uint8Array;
  readonly client: number;
}

/** How the dials lie in time. */
interface Pace {
  /** So many go on at once, their packets in turn. */
  readonly atOnce?: number;
  /** Milliseconds from one packet to the next one of the same dial. */
  readonly step?: number;
}

/**
 * A pcap file, piece by piece, with as many dials as wanted: those that are given, over and over, each from
 * a client of its own (10.0.0.0/8). Their checksums are zero, as a sending host with offload leaves them.
 */
export function* manyDials(
  dials: readonly DialCapture[],
  count: number,
  { atOnce = 1, step = 1 }: Pace = {},
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
        if (record !== undefined) pieces.push(stamped(record, dial, milliseconds));
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
  return { octets, client: RECORD + (fromClient ? SOURCE : DESTINATION) };
}

function stamped({ octets, client }: Record, dial: number, milliseconds: number): Uint8Array {
  const copy = octets.slice();
  const view = new DataView(copy.buffer);
  view.setUint32(0, Number(START / 1_000_000_000n) + Math.floor(milliseconds / 1000), true);
  view.setUint32(4, Math.round((milliseconds % 1000) * 1e6), true);
  view.setUint32(client, 0x0a00_0001 + dial);
  return copy;
}
