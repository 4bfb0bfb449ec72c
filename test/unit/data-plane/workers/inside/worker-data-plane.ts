import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { startDataPlane } from "../../../../../server/data-plane/workers/worker-data-plane.ts";
import { ClientRoutes } from "../../../../../server/platform/client-routes.ts";
import { octets } from "../../../../../server/wire/units.ts";
import { bytes } from "../../../../support/bytes.ts";
import { address, INNER, KEYS, NETWORK, REORDER, SPEC } from "../../../../support/data-plane/bench.ts";
import { RawGreClient } from "../../../../support/data-plane/raw-gre-client.ts";
import { TunnelClient } from "../../../../support/data-plane/tunnel-client.ts";
import { succeed } from "../../../../support/namespace.ts";
import { udpPacket } from "../../../../support/packets/ipv4.ts";

const LOCAL = address("10.77.0.1");
const spec = { ...SPEC, peerAddress: address("127.0.0.2"), localAddress: address("127.0.0.1") };
const options = {
  interface: "ut-worker0",
  localAddress: LOCAL,
  mtu: octets(1400),
  routes: new ClientRoutes("ut-worker0", [{ address: address("10.77.0.0"), prefix: 24 }]),
  reorder: REORDER,
  workers: 1,
  mppe: "typescript",
} as const;
const isUp = (): boolean => existsSync(`/sys/class/net/${options.interface}`);

/** Control frames that came, and who waits for the next one. */
const frames: Uint8Array[] = [];
let arrived: (() => void) | undefined;
let crashed: (error: Error) => void = (error) => assert.fail(error);

const events = {
  control: (callId: number, frame: Uint8Array): void => {
    assert.equal(callId, spec.callId);
    frames.push(frame);
    arrived?.();
  },
  coherencyLost: () => assert.fail("coherency lost"),
  broken: () => assert.fail("broken"),
  crashed: (error: Error) => crashed(error),
};

const socket = new RawGreClient(spec.peerCallId);
after(() => socket.close());
const client = new TunnelClient(socket.out, spec, KEYS);
const plane = await startDataPlane(options, events);

test("control frames pass both ways, and what came is acknowledged", async () => {
  await plane.addTunnel(spec);
  plane.sendControl(spec.callId, bytes`ff03 c021 0101 0004`);
  const first = await socket.next();
  assert.deepEqual([first.sequence, first.payload], [0, bytes`ff03 c021 0101 0004`]);

  const came = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  client.frame(bytes`ff03 c021 0201 0004`);
  await came;
  assert.deepEqual(frames, [bytes`ff03 c021 0201 0004`]);
  const { sequence, acknowledgement } = await socket.next();
  assert.deepEqual([sequence, acknowledgement], [undefined, 0]);
});

test("a frame that is a view of larger memory arrives as that view", async () => {
  plane.sendControl(spec.callId, Buffer.from("00ff03c02101010004ff", "hex").subarray(1, 9));
  assert.deepEqual((await socket.next()).payload, bytes`ff03 c021 0101 0004`);
});

test("encrypted data passes the TUN both ways and is counted", async () => {
  plane.setKeys(spec.callId, KEYS);
  plane.openNetwork(spec.callId, NETWORK);
  plane.sendControl(spec.callId, bytes`ff03 80fd 0201 0004`);
  await socket.next();

  const host = createSocket("udp4");
  host.bind(5000, "10.77.0.1");
  await once(host, "listening");
  const inner = udpPacket({ source: INNER, destination: LOCAL }, 8);
  client.data(inner);
  const [message, from] = await once(host, "message");
  assert.deepEqual([Uint8Array.from(message), from.address], [new Uint8Array(8).fill(0x55), "10.77.0.10"]);

  host.send("answer", from.port, from.address);
  const { payload } = await socket.next();
  const answer = client.opened(payload);
  assert.deepEqual(answer.slice(-6), Uint8Array.from(Buffer.from("answer")));
  host.close();

  const { rxPackets, rxBytes, txPackets, txBytes } = plane.counters(spec.callId);
  assert.deepEqual([rxPackets, rxBytes, txPackets, txBytes], [1, inner.length, 1, answer.length - 2]);
});

test("a removed tunnel gives its counters, and its call ID can be used at once", async () => {
  assert.equal(plane.remove(spec.callId).rxPackets, 1);
  await plane.addTunnel(spec);
  assert.equal(plane.counters(spec.callId).rxPackets, 0);
});

test("an interface that exists is refused with its name", async () => {
  await assert.rejects(startDataPlane(options, events), { code: "interface-in-use", message: /ut-worker0/ });
  assert.ok(isUp());
});

test("an interface that the kernel does not set up is refused, and gone", async () => {
  const wrong = { ...options, interface: "ut-worker1", mtu: octets(20) };
  await assert.rejects(startDataPlane(wrong, events), { code: "interface-refused", message: /ut-worker1/ });
  assert.ok(!existsSync("/sys/class/net/ut-worker1"));
});

test("closing ends the worker and takes the interface away", async () => {
  await plane.close();
  assert.ok(!isUp());
});

test("a worker that dies says so", async () => {
  const second = await startDataPlane(options, events);
  const died = new Promise<Error>((resolve) => {
    crashed = resolve;
  });
  succeed("ip", ["link", "delete", options.interface]);
  assert.ok((await died) instanceof Error);
  await second.close();
});
