import type { Network } from "../../../pacctl/client/link/link-types.ts";
import { MRU } from "../../../pacctl/client/tunnel/limits.ts";
import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import { innerMtu } from "../../../server/ppp/inner-mtu.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { ping, udpTo } from "./inner-packet.ts";
import { LightDial } from "./light-dial.ts";
import { SealedBatches } from "./sealed-batches.ts";
import { SharedGre } from "./shared-gre.ts";

// A client that is faster than the server: SERVER USER PASSWORD INSIDE PORT SECONDS. Dials, says that it is
// ready and with which address and MTU; at SIGUSR2 it feeds the server for SECONDS with packets that it has
// made before, for a UDP port at the server's own address INSIDE, and says how many there were. Then it
// stays, and takes no notice of what comes.

const [server, user, password, inside, port, seconds] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

/** Batches that are made before any of them is sent: 64 MiB. */
const CYCLE = 512;

/**
 * Every so many batches end with a ping. Two pings may be unanswered: 2048 packets fit into the server's
 * socket.
 */
const BURST = 16;
const UNANSWERED = 2;

/** Milliseconds after which a ping is taken for lost, and between looks for its answer. */
const PATIENCE = 500;
const LOOK = 0.1;

/** Resolves when the session is up. */
function dialled(gre: SharedGre): Promise<{ call: LightDial; keys: MppeKeys; network: Network }> {
  return new Promise((resolve, reject) => {
    let keys: MppeKeys | undefined;
    const call: LightDial = new LightDial(
      gre,
      { server, user, password },
      {
        armed(both) {
          keys = both;
        },
        up: (_, network) => resolve({ call, keys: keys!, network }),
        over: (failure) => reject(new Error(failure ?? "the session ended")),
      },
    );
  });
}

const shared = new SharedGre();
const { call, keys, network } = await dialled(shared);
const mtu = innerMtu(MRU, network.peerMru, true);
// What the server sends is not for us, and would fill this process's time.
shared.close();

/** Answers to pings that have come: data packets, since nobody else sends to us. */
function answers(socket: ReturnType<typeof openRawSocket>, batch: PacketBatch, header: GreHeader): number {
  const count = socket.receive(batch, 0);
  let data = 0;
  for (let i = 0; i < count; i += 1) {
    const at = batch.offsets[i]!;
    const sound = readGre(batch.bytes, at, at + batch.lengths[i]!, header) === GRE_OK;
    if (sound && header.payloadLength > 0) data += 1;
  }
  return data;
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Sends as fast as the server answers pings. Returns how many pings were lost. */
function send(batches: readonly PacketBatch[], socket: ReturnType<typeof openRawSocket>): number {
  const arrived = new PacketBatch(64, 2048);
  const header = new GreHeader();
  let [asked, answered, lost] = [0, 0, 0];
  batches.forEach((batch, i) => {
    socket.send(batch, batch.capacity);
    if ((i + 1) % BURST !== 0) return;
    asked += 1;
    const limit = performance.now() + PATIENCE;
    while (asked - answered - lost >= UNANSWERED) {
      answered += answers(socket, arrived, header);
      if (performance.now() > limit) lost = asked - answered;
      else if (asked - answered - lost >= UNANSWERED) Atomics.wait(pause, 0, 0, LOOK);
    }
  });
  return lost;
}

function feed(): void {
  const [to, from] = [parseIpv4(inside)!, network.address];
  const datagram = udpTo(from, to, Number(port), mtu);
  const question = ping(from, to);
  const header = new GreHeader();
  const sealed = new SealedBatches(keys, parseIpv4(server)!, (length) => call.number(header, length));
  const socket = openRawSocket();
  const end = performance.now() + Number(seconds) * 1000;
  let [packets, lost] = [0, 0];
  while (performance.now() < end) {
    const batches = Array.from({ length: CYCLE }, (_, i) =>
      sealed.make(datagram, (i + 1) % BURST === 0 ? question : datagram),
    );
    packets += CYCLE * batches[0]!.capacity;
    lost += send(batches, socket);
  }
  process.stdout.write(`${JSON.stringify({ packets, lost })}\n`);
}

process.once("SIGUSR2", feed);
process.stdout.write(`${JSON.stringify({ ready: true, address: network.address, mtu })}\n`);
