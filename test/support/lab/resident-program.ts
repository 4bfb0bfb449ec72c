import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import type { ResidentOperations, Upload } from "./resident-types.ts";

// The far side of `Resident`: one request a line on standard input, one answer a line on standard output.

/** Octets of both headers. */
const IPV4_AND_UDP = 28;

const silent = new Set<Socket>();
const uploads: Upload[] = [];

type Handlers = {
  readonly [N in keyof ResidentOperations]: (
    ...args: Parameters<ResidentOperations[N]>
  ) => Promise<ReturnType<ResidentOperations[N]>> | ReturnType<ResidentOperations[N]>;
};

const handlers: Handlers = {
  async fetch({ url, method, headers, body }) {
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  },

  async openSilent({ host, port, count }) {
    await Promise.all(Array.from({ length: count }, () => openOne(host, port)));
    return silent.size;
  },

  countSilent: () => silent.size,

  closeSilent() {
    const count = silent.size;
    for (const socket of silent) socket.destroy();
    return count;
  },

  exchange({ host, port, octets }) {
    const received: Buffer[] = [];
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => socket.write(Buffer.from(octets, "base64")));
      socket.on("data", (part) => received.push(part));
      socket.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "ECONNRESET") reject(error);
      });
      socket.on("close", () => resolve(Buffer.concat(received).toString("base64")));
    });
  },

  sendGre({ host, packets }) {
    const batch = new PacketBatch(packets.length, 2048);
    packets.forEach((packet, index) => {
      const octets = Buffer.from(packet, "base64");
      batch.bytes.set(octets, index * batch.slot);
      batch.offsets[index] = index * batch.slot;
      batch.lengths[index] = octets.length;
      batch.peers[index] = parseIpv4(host)!;
    });
    const socket = openRawSocket();
    const sent = socket.send(batch, packets.length);
    socket.close();
    return sent;
  },

  async floodUdp({ host, port, bitsPerSecond, octets, forMs }) {
    const socket = createSocket("udp4");
    const datagram = new Uint8Array(octets - IPV4_AND_UDP);
    const began = performance.now();
    let sent = 0;
    for (let lasted = 0; lasted < forMs; lasted = performance.now() - began) {
      const due = (lasted * bitsPerSecond) / 8000 / octets;
      for (; sent < due; sent += 1) socket.send(datagram, port, host);
      await sleep(2);
    }
    socket.close();
    return sent;
  },

  serveFile({ port, size }) {
    const file = randomBytes(size);
    const server = createServer((request, response) => {
      if (request.method !== "POST") return void response.setHeader("Content-Length", size).end(file);
      const hash = createHash("sha256");
      let octets = 0;
      request.on("data", (part: Buffer) => {
        octets += part.length;
        hash.update(part);
      });
      request.on("end", () => {
        uploads.push({ size: octets, sha256: hash.digest("hex"), from: request.socket.remoteAddress! });
        response.end();
      });
    });
    return new Promise((resolve) =>
      server.listen(port, "0.0.0.0", () => resolve(createHash("sha256").update(file).digest("hex"))),
    );
  },

  uploads: () => uploads,
};

function openOne(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      silent.add(socket);
      resolve();
    });
    socket.on("error", reject);
    socket.on("close", () => silent.delete(socket));
    socket.resume();
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, name, argument } = JSON.parse(line) as { id: number; name: keyof Handlers; argument: never };
  // Not awaited: the next request may come while this one waits for the network.
  void Promise.resolve()
    .then(() => handlers[name](argument))
    .then(
      (value: unknown) => ({ id, value }),
      (error: Error) => ({ id, error: `${name}: ${error.message}` }),
    )
    .then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`));
}
