import { ipv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../fc.ts";
import { ACK, FIN, mend, PSH, type TcpSegment, tcpSegment } from "./tcp-segment.ts";

/** What may be odd about a segment. */
type Oddity = (packet: Uint8Array) => Uint8Array;

const changed =
  (at: number, by: number, mended: boolean): Oddity =>
  (packet) => {
    packet[at]! ^= by;
    if (mended) mend(packet);
    return packet;
  };

const ODDITIES: readonly Oddity[] = [
  changed(1, 3, true), // congestion experienced
  changed(4, 0x80, true), // ID
  changed(6, 0x40, true), // DF
  changed(6, 0x80, true), // the reserved bit
  changed(6, 0x20, true), // a fragment
  changed(7, 0x01, true), // a later fragment
  changed(8, 1, true), // TTL
  changed(9, 0x17, true), // UDP
  changed(10, 1, false),
  changed(3, 1, true), // a length that is not the packet's
  changed(27, 1, true), // sequence
  changed(31, 1, true), // acknowledgment
  changed(32, 0x01, true), // the reserved bits
  changed(33, FIN, true),
  changed(33, 0x02, true), // SYN
  changed(33, 0x04, true), // RST
  changed(33, 0x20, true), // URG
  changed(33, 0x40, true), // ECE
  changed(33, 0x80, true), // CWR
  changed(33, ACK, true),
  changed(34, 1, true), // window
  changed(36, 1, false),
  changed(39, 1, true), // urgent pointer
  (packet) => changed(packet.length - 1, 1, false)(packet),
  (packet) => changed(packet.length - 1, 1, true)(packet),
  (packet) => packet.slice(0, 39),
  (packet) => packet.slice(0, 22),
  (packet) => packet.slice(0, 19),
  (packet) => packet.slice(0, 0),
];

const oddity: fc.Arbitrary<Oddity> = fc.constantFrom(...ODDITIES);

/** One step of a stream: what its next segment is like. */
interface Step {
  readonly flow: number;
  /** Of the payload; undefined: as long as usual. */
  readonly length: number | undefined;
  readonly pushed: boolean;
  readonly odd: Oddity | undefined;
  /** A change of the stream that stays. */
  readonly change: number;
}

interface Flow {
  readonly segment: TcpSegment;
  readonly idStep: number;
  readonly usual: number;
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>, weight = 12) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const address = fc.integer({ min: 1, max: 3 }).map((last) => ipv4(0x0a4d0000 + last));
const port = fc.integer({ min: 80, max: 81 });
const u32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0xfffff000, max: 0xffffffff }),
);
const u16 = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xfff0, max: 0xffff }));
const words = fc.nat(10).chain((count) => fc.uint8Array({ minLength: 4 * count, maxLength: 4 * count }));

/** `idSteps`: 0 for streams whose segments all have one ID, which needs DF. */
const flow = (idSteps: readonly number[]): fc.Arbitrary<Flow> =>
  fc.record({
    segment: fc.record({
      source: address,
      destination: address,
      sourcePort: port,
      destinationPort: port,
      tos: fc.constantFrom(0, 2),
      id: u16,
      dontFragment: fc.boolean(),
      ttl: fc.constantFrom(64, 128),
      sequence: u32,
      acknowledgment: u32,
      flags: fc.constant(ACK),
      window: u16,
      ipv4Options: fc.oneof(
        { weight: 9, arbitrary: fc.constant(new Uint8Array(0)) },
        { weight: 1, arbitrary: words },
      ),
      tcpOptions: words,
      payload: fc.constant(new Uint8Array(0)),
    }),
    idStep: fc.constantFrom(...idSteps),
    usual: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(1348), fc.constant(4000)),
  });

const step: fc.Arbitrary<Step> = fc.record({
  flow: fc.nat(3),
  length: rarely(fc.nat(1500)),
  pushed: rarely(fc.constant(true)).map((pushed) => pushed === true),
  odd: rarely(oddity),
  change: rarely(fc.integer({ min: 1, max: 4 }), 40).map((change) => change ?? 0),
});

/**
 * Up to 64 packets of a few TCP streams, as they lie in a batch: mostly segments that continue each other,
 * and now and then all that may come between.
 */
export const tcpFlows = (idSteps: readonly number[] = [1, 1, 0]): fc.Arbitrary<Uint8Array[]> =>
  fc
    .tuple(
      fc.array(flow(idSteps), { minLength: 1, maxLength: 4 }),
      fc.array(step, { maxLength: 64, size: "max" }),
      fc.boolean(),
    )
    .map(([flows, steps, oneOnly]) => {
      const streams = flows.map((one) => ({ ...one, ...one.segment }));
      return steps.map((next) => {
        const stream = streams[oneOnly ? 0 : next.flow % streams.length]!;
        const length = next.length ?? stream.usual;
        const payload = Uint8Array.from({ length }, (_, i) => (stream.sequence + i * 37) & 0xff);
        const packet = tcpSegment({ ...stream, payload, flags: next.pushed ? ACK | PSH : ACK });
        stream.sequence = (stream.sequence + length) >>> 0;
        stream.id = (stream.id + stream.idStep) & 0xffff;
        if (next.change === 1) stream.window ^= 1;
        if (next.change === 2) stream.ttl = 65;
        if (next.change === 3) stream.acknowledgment = (stream.acknowledgment + 1) >>> 0;
        if (next.change === 4) stream.sequence = (stream.sequence + 1) >>> 0;
        return next.odd === undefined ? packet : next.odd(packet);
      });
    });
