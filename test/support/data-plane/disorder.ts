import { concat } from "../../../server/wire/bytes.ts";
import { bytes } from "../bytes.ts";
import { udpPacket } from "../packets/ipv4.ts";
import { Bench, INNER, REORDER, SERVER, SPEC } from "./bench.ts";
import { greData } from "./tunnel-client.ts";

/** An inner packet that says which it is. */
export const numbered = (n: number): Uint8Array => {
  const packet = udpPacket({ source: INNER, destination: SERVER }, 8);
  packet[packet.length - 2] = n >>> 8;
  packet[packet.length - 1] = n;
  return packet;
};

/** An LCP frame that says which it is. */
export const control = (n: number): Uint8Array => bytes`ff03 c021 0b${Uint8Array.of(n)} 0004`;

/** A bench with a client whose packets are encrypted in order, and arrive as the test says. */
export async function stage(reorder = REORDER) {
  const bench = new Bench(reorder);
  const client = await bench.client();
  const frames: Uint8Array[] = [];
  const frame = (n: number): Uint8Array => {
    while (frames.length <= n) frames.push(client.sealed(concat(bytes`0021`, numbered(frames.length))));
    return frames[n]!;
  };
  return {
    bench,
    client,
    /** Packets with these sequence numbers arrive, in one turn. */
    async arrive(...numbers: readonly number[]) {
      for (const n of numbers) client.raw(greData(SPEC.callId, n, frame(n)));
      await bench.settle();
    },
    /** The numbers that came out of the TUN since last asked. */
    out: () => bench.tun.take().map(({ bytes: packet }) => (packet.at(-2)! << 8) | packet.at(-1)!),
  };
}
