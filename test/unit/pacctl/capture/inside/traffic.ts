/**
 * Traffic for a capture, in a namespace of its own: control connections as the kernel makes them, over IPv4
 * and IPv6, GRE whole and in fragments, and packets of others. The last packet carries the words of the first
 * argument.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { PacketBatch } from "../../../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../../../server/platform/raw-socket.ts";
import { parseIpv4 } from "../../../../../server/wire/ipv4.ts";

const PORT = 1723;
const CLIENT = "10.9.9.1";
const SERVER = "10.9.9.2";

/** Sizes of what the client writes; the server answers each with as many octets. */
const WRITES = [156, 168, 24, 1, 1300, 16, 4000, 148];

async function dial(host: string, from: string, port = PORT): Promise<void> {
  const server = createServer((socket) =>
    socket.on("data", (octets) => socket.write(octets.map((octet) => octet ^ 0xff))),
  );
  server.listen(port, host);
  await once(server, "listening");
  const socket = connect({ host, port, localAddress: from });
  await once(socket, "connect");
  for (const [index, size] of WRITES.entries()) {
    socket.write(Buffer.alloc(size, index + 1));
    await received(socket, size);
  }
  socket.end();
  await once(socket, "close");
  server.close();
}

async function received(socket: Socket, count: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const [octets] = (await once(socket, "data")) as [Buffer];
    left -= octets.length;
  }
}

function sendGre(sizes: readonly number[]): void {
  const socket = openRawSocket();
  const largest = Math.max(...sizes);
  const batch = new PacketBatch(sizes.length, largest);
  for (const [i, size] of sizes.entries()) {
    batch.offsets[i] = i * largest;
    batch.lengths[i] = size;
    batch.peers[i] = parseIpv4(SERVER)!;
    batch.locals[i] = parseIpv4(CLIENT)!;
    batch.bytes.fill(i, i * largest, i * largest + size);
    batch.bytes.set([0x30, 0x01, 0x88, 0x0b, 0, size - 12, 0x42, 0x42, 0, 0, 0, i], i * largest);
  }
  if (socket.send(batch, sizes.length) !== sizes.length) throw new Error("the kernel took not all packets");
  socket.close();
}

await dial(SERVER, CLIENT);
sendGre([20, 64, 1200, 3000, 5000]);
await dial("::1", "::1");
await dial(SERVER, CLIENT, 8080);
const last = createSocket("udp4");
last.send(process.argv[2]!, 9, SERVER, () => last.close());
