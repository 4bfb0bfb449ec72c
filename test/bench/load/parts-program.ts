import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { BATCH, HEADROOM, PACKET_SLOT } from "../../../server/data-plane/limits.ts";
import { GreHeader, writeGre } from "../../../server/gre/header.ts";
import { KERNEL_ENTRY } from "../../../server/mppe/kernel.ts";
import { KEY_RECORD, writeKeyRecord } from "../../../server/mppe/key-record.ts";
import { loadMppeKernel } from "../../../server/platform/mppe-kernels.ts";
import { PacketBatch, type PacketPort } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import { openTunTap, type TunTap } from "../../../server/platform/tun-tap.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { octets } from "../../../server/wire/units.ts";
import { threadTime } from "../stage/process.ts";
import { udpTo } from "./inner-packet.ts";

// One part of the packet loop by itself: PART SECONDS OCTETS, OCTETS being those of inner packets, with full
// batches, by the functions that the loop uses. Says that it is ready, works for so long, and says how many
// packets there were and how many nanoseconds of a core they took.
//
//   receive               GRE that somebody sends to this namespace
//   mppe                  the kernel, on packets of one tunnel
//   write PORT            inner packets into a TUN; they are for a UDP port here
//   read                  inner packets out of a TUN; somebody sends them to 10.99.1.1
//   send ADDRESS          GRE to another namespace

const [part, seconds, size, where] = process.argv.slice(2) as [string, string, string, string];

/** The TUN, its own address, and one behind it. */
const TUN = "parts0";
const OWN = "10.99.0.1";
const BEHIND = "10.99.1.1";

/** Octets of an inner packet. */
const INNER = Number(size);

/** Octets of what MPPE encrypts: the inner packet and its protocol. */
const SEALED = INNER + 2;

/** FF 03, protocol, MPPE's header. */
const PPP = 6;

/** Milliseconds in which packets gather, so that batches are full: a TUN has room for 500. */
const GATHER = 1;

const address = (dotted: string) => parseIpv4(dotted)!;

function openTun(): TunTap {
  const tun = openTunTap(TUN);
  const routes = [{ address: address(BEHIND), prefix: 32 }];
  tun.configure({ local: address(OWN), mtu: octets(1400), routes });
  return tun;
}

/** A batch whose slots all hold `packet`, with room before it. */
function filled(packet: Uint8Array): PacketBatch {
  const batch = new PacketBatch(BATCH, PACKET_SLOT);
  for (let i = 0; i < BATCH; i += 1) {
    batch.offsets[i] = i * PACKET_SLOT + HEADROOM;
    batch.lengths[i] = packet.length;
    batch.bytes.set(packet, batch.offsets[i]!);
  }
  return batch;
}

/** Takes packets as long as there are full batches; returns how many came. */
function drain(port: PacketPort, batch: PacketBatch, headroom: number): number {
  let all = 0;
  for (;;) {
    const count = port.receive(batch, headroom);
    all += count;
    if (count < BATCH) return all;
  }
}

function taking(port: PacketPort, headroom: number): () => Promise<number> {
  const batch = new PacketBatch(BATCH, PACKET_SLOT);
  return async () => {
    await sleep(GATHER);
    return drain(port, batch, headroom);
  };
}

/** So many batches before the clock is looked at. */
const ROUNDS = 16;

/** The port is asked to send full batches, over and over. */
function giving(port: PacketPort, batch: PacketBatch): () => Promise<number> {
  return async () => {
    let all = 0;
    for (let i = 0; i < ROUNDS; i += 1) all += port.send(batch, BATCH);
    await setImmediate();
    return all;
  };
}

function sealing(): () => Promise<number> {
  const kernel = loadMppeKernel();
  const records = new Uint8Array(KEY_RECORD);
  writeKeyRecord(records, 0, { key: new Uint8Array(16).fill(7), strength: 128, stateless: true });
  const { bytes, offsets } = filled(new Uint8Array(SEALED));
  const entries = new Uint32Array(KERNEL_ENTRY * BATCH);
  offsets.forEach((offset, i) => {
    entries.set([0, 1, offset, SEALED], i * KERNEL_ENTRY);
  });
  return async () => {
    for (let i = 0; i < ROUNDS; i += 1) kernel(records, bytes, entries, BATCH);
    await setImmediate();
    return ROUNDS * BATCH;
  };
}

function grePackets(to: string): PacketBatch {
  const header = Object.assign(new GreHeader(), { hasSequence: true, payloadLength: PPP + SEALED });
  const packet = new Uint8Array(12 + PPP + SEALED);
  writeGre(packet, 0, header);
  const batch = filled(packet);
  batch.peers.fill(address(to));
  return batch;
}

function work(): () => Promise<number> {
  switch (part) {
    case "receive":
      return taking(openRawSocket(), 0);
    case "mppe":
      return sealing();
    case "write":
      return giving(openTun(), filled(udpTo(address(BEHIND), address(OWN), Number(where), INNER)));
    case "read":
      return taking(openTun(), HEADROOM);
    case "send":
      return giving(openRawSocket(), grePackets(where));
    default:
      throw new Error(`no part of the loop: ${part}`);
  }
}

/** Packets until memory and Node's compiler are warm. */
const WARM = 20_000;

const turn = work();
process.stdout.write('{"ready":true}\n');
// Whoever sends to us begins now.
for (let packets = 0; packets < WARM; ) packets += await turn();
const [end, began] = [performance.now() + Number(seconds) * 1000, threadTime("/proc/thread-self")];
let packets = 0;
while (performance.now() < end) packets += await turn();
const nanoseconds = threadTime("/proc/thread-self") - began;
process.stdout.write(`${JSON.stringify({ packets, nanoseconds })}\n`, () => process.exit(0));
