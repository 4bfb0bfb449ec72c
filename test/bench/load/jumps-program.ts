import type { Network } from "../../../pacctl/client/link/link-types.ts";
import { GreHeader, greHeaderLength, writeGre } from "../../../server/gre/header.ts";
import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "../../../server/mppe/header.ts";
import { KEY_RECORD, writeKeyRecord } from "../../../server/mppe/key-record.ts";
import { loadMppeKernel } from "../../../server/platform/mppe-kernels.ts";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { udpTo } from "./inner-packet.ts";
import { LightDial } from "./light-dial.ts";
import { SharedGre } from "./shared-gre.ts";

// A client that is let in, and whose numbers jump: SERVER USER PASSWORD INSIDE LOST PER_SECOND SECONDS. Two
// packets that follow each other, then LOST that are numbered and never sent. It makes them all before it
// says that it is ready, since the keys between cost it as much as they cost the server; at SIGUSR2 it sends
// them, and says how many left.

const [server, user, password, inside, ...rest] = process.argv.slice(2) as [string, string, string, string];
const [lost, perSecond, seconds] = rest.map(Number) as [number, number, number];

/** FF 03, the protocol of MPPE; and within, the protocol of IPv4. */
const HEAD = Uint8Array.of(0xff, 0x03, 0x00, 0xfd);
const IPV4 = Uint8Array.of(0x00, 0x21);

/** Octets of the inner packet: 69 in all with GRE and PPP around it. */
const INNER = 41;
const PORT = 9;

/** Ms between looks at what is due. */
const LOOK = 2;

const shared = new SharedGre();
const { call, keys, network } = await new Promise<{ call: LightDial; keys: MppeKeys; network: Network }>(
  (resolve, reject) => {
    let keys: MppeKeys | undefined;
    const call: LightDial = new LightDial(
      shared,
      { server, user, password },
      {
        armed(both) {
          keys = both;
        },
        up: (_, network) => resolve({ call, keys: keys!, network }),
        over: (failure) => reject(new Error(failure ?? "the session ended")),
      },
    );
  },
);

function made(): PacketBatch[] {
  const [kernel, records, header] = [loadMppeKernel(), new Uint8Array(KEY_RECORD), new GreHeader()];
  const inner = udpTo(network.address, parseIpv4(inside)!, PORT, INNER);
  const payload = HEAD.length + HEADER_OCTETS + IPV4.length + inner.length;
  writeKeyRecord(records, 0, keys.send);
  let jumped = 0;
  return Array.from({ length: Math.round(perSecond * seconds) }, (_, i) => {
    const jump = i > 0 && i % 2 === 0 ? lost : 0;
    jumped += jump;
    const batch = new PacketBatch(1, 128);
    const { bytes } = batch;
    call.number(header, payload);
    header.sequence = (header.sequence + jumped) | 0;
    writeGre(bytes, 0, header);
    let at = greHeaderLength(header.hasSequence, header.hasAcknowledgement);
    batch.lengths[0] = at + payload;
    batch.peers[0] = parseIpv4(server)!;
    bytes.set(HEAD, at);
    const mppe = FLUSHED | ENCRYPTED | ((i + jumped) & COUNT_MASK);
    bytes[at + HEAD.length] = mppe >>> 8;
    bytes[at + HEAD.length + 1] = mppe;
    at += HEAD.length + HEADER_OCTETS;
    bytes.set(IPV4, at);
    bytes.set(inner, at + IPV4.length);
    kernel(records, bytes, Uint32Array.of(0, jump + 1, at, IPV4.length + inner.length), 1);
    return batch;
  });
}

const packets = made();
const socket = openRawSocket();

process.once("SIGUSR2", () => {
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(packets.length, ((performance.now() - began) / 1000) * perSecond);
    for (; sent < due; sent += 1) socket.send(packets[sent]!, 1);
    if (sent < packets.length) return;
    clearInterval(timer);
    process.stdout.write(`${JSON.stringify({ sent, seconds: (performance.now() - began) / 1000 })}\n`);
    process.exit(0);
  }, LOOK);
});
process.stdout.write(`${JSON.stringify({ ready: 1 })}\n`);
