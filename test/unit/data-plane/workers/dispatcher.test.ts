import assert from "node:assert/strict";
import { test } from "node:test";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, INNER, KEYS, NETWORK, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { greData, readPacket, TunnelClient } from "../../../support/data-plane/tunnel-client.ts";
import { WorkersBench } from "../../../support/data-plane/workers-bench.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const DELAYED = { delayed: true };
const { callId } = SPEC;
const packet = udpPacket({ source: INNER, destination: SERVER }, 16);

/** Of a worker that is behind with its work: a tunnel that is open, and its client. */
async function behind() {
  const bench = new WorkersBench(1, DELAYED);
  bench.sharing(callId);
  bench.plane.setKeys(callId, KEYS);
  await bench.settle();
  return { bench, plane: bench.plane, client: new TunnelClient(bench, SPEC, KEYS) };
}

test("a tunnel is there when the loop says so, not before", async () => {
  const bench = new WorkersBench(1, DELAYED);
  let there = false;
  const added = bench.plane.addTunnel(SPEC).then(() => {
    there = true;
  });
  await bench.clock.advance(0);
  assert.equal(there, false);
  bench.perform();
  await bench.clock.advance(0);
  assert.equal(there, false);
  bench.report();
  await added;
});

test("calls take effect in the order made", async () => {
  const bench = new WorkersBench(1, DELAYED);
  const [guard, tun] = [bench.guards[0]!, bench.tuns[0]!];
  void bench.plane.addTunnel(SPEC);
  bench.plane.setKeys(callId, KEYS);
  bench.plane.sendControl(callId, bytes`ff03 80fd`);
  bench.plane.openNetwork(callId, NETWORK);
  assert.deepEqual([guard.done, guard.sent], [[], []]);
  bench.perform();
  assert.deepEqual(readPacket(guard.take()[0]!).payload, bytes`ff03 80fd`);
  const client = new TunnelClient(bench, SPEC, KEYS);
  client.data(packet);
  await bench.clock.advance(0);
  assert.deepEqual(
    tun.take().map((sent) => sent.bytes),
    [packet],
  );
  bench.plane.sendControl(callId, bytes`ff03 80fd`);
  bench.plane.remove(callId);
  bench.plane.sendControl(callId, bytes`ff03 80fd`);
  bench.perform();
  assert.equal(guard.take().length, 1);
  assert.deepEqual(guard.done, [`admit ${callId} ${SPEC.peerAddress}`, `dismiss ${callId}`]);
});

test("what comes of a tunnel that was removed is for nobody, though its call ID has another by now", async () => {
  const { bench, plane, client } = await behind();
  const wrong = new TunnelClient(bench, SPEC, { ...KEYS, receive: KEYS.send });
  const desynchronise = async () => {
    client.frame(bytes`ff03 c021`, wrong.sequence++);
    for (let n = 0; n < 101; n += 1) wrong.data(packet);
    await bench.clock.advance(0);
  };
  await desynchronise();
  plane.remove(callId);
  bench.report();
  assert.deepEqual(bench.events, []);

  void plane.addTunnel(SPEC);
  await bench.settle();
  plane.setKeys(callId, KEYS);
  await bench.settle();
  wrong.sequence = 0;
  wrong.rekey({ ...KEYS, receive: KEYS.send });
  await desynchronise();
  plane.remove(callId);
  void plane.addTunnel(SPEC);
  bench.report();
  assert.deepEqual(bench.events, []);

  await bench.settle();
  plane.setKeys(callId, KEYS);
  await bench.settle();
  wrong.sequence = 0;
  wrong.rekey({ ...KEYS, receive: KEYS.send });
  await desynchronise();
  bench.report();
  assert.deepEqual(bench.events, [`control ${callId}`, `broken ${callId} mppe-desynchronised`]);
});

test("what the loop still counts for a removed tunnel is not counted for the next one", async () => {
  const { bench, plane, client } = await behind();
  assert.equal(plane.remove(callId).rxPackets, 0);
  void plane.addTunnel(SPEC);
  client.data(packet);
  await bench.clock.advance(0);
  assert.equal(bench.tuns[0]!.take().length, 1);
  assert.equal(plane.counters(callId).rxPackets, 0);
  await bench.settle();
  void bench.add(9);
  assert.equal(plane.counters(toCallId(9)).rxPackets, 0);
});

test("what was not answered when the loop ends is rejected", async () => {
  const { plane } = new WorkersBench(1, DELAYED);
  const added = assert.rejects(plane.addTunnel(SPEC), /has ended/);
  await plane.close();
  await added;
});

test("octets of a call belong to the loop: changing them afterwards changes nothing", async () => {
  const { bench, plane } = await behind();
  const frame = bytes`ff03 c021`;
  plane.sendControl(callId, frame);
  frame.fill(0);
  bench.perform();
  assert.deepEqual(readPacket(bench.guards[0]!.take()[0]!).payload, bytes`ff03 c021`);
});

test("a call goes to the loop whose number is left when its ID is divided by how many there are", () => {
  const { plane, guards, made } = new WorkersBench(3);
  for (const guard of guards) guard.done.length = 0;
  for (const id of [3, 7, 65_534]) void plane.addTunnel({ ...SPEC, callId: toCallId(id) });
  const admitted = guards.map(({ done }) => done.filter((what) => what.startsWith("admit")));
  assert.deepEqual(
    admitted,
    [3, 7, 65_534].map((id) => [`admit ${id} ${SPEC.peerAddress}`]),
  );
  made.length = 0;
  plane.setKeys(toCallId(7), KEYS);
  plane.sendControl(toCallId(7), bytes`ff03 80fd`);
  plane.setTrafficPolicy(toCallId(7), NETWORK.traffic);
  plane.flushEncryption(toCallId(7));
  plane.closeNetwork(toCallId(7));
  plane.remove(toCallId(7));
  // Its last tunnel is gone: the first one counts for it.
  assert.deepEqual(made, [...new Array(6).fill("worker 1"), "worker 0"]);
  assert.deepEqual(
    guards.map(({ sent }) => sent.length),
    [0, 1, 0],
  );
});

test("packets for an address go to its loop before the network opens, and anywhere when it is closed", () => {
  const { plane, made } = new WorkersBench(2);
  void plane.addTunnel({ ...SPEC, callId: toCallId(5) });
  plane.openNetwork(toCallId(5), NETWORK);
  plane.closeNetwork(toCallId(5));
  plane.openNetwork(toCallId(5), NETWORK);
  plane.remove(toCallId(5));
  assert.deepEqual(made, [
    "worker 0", // counts for the other no longer
    "worker 1",
    "10.77.0.10 to 1",
    "worker 1",
    "10.77.0.10 to any",
    "worker 1",
    "10.77.0.10 to 1",
    "worker 1",
    "10.77.0.10 to any",
    "worker 1",
    "worker 0",
  ]);
});

test("a network that is opened again with another address gives up the first", () => {
  const bench = new WorkersBench(2);
  const { plane, made } = bench;
  bench.sharing(5);
  made.length = 0;
  plane.openNetwork(toCallId(5), { ...NETWORK, address: address("10.77.0.11") });
  plane.openNetwork(toCallId(5), { ...NETWORK, address: address("10.77.0.11") });
  assert.deepEqual(made, ["10.77.0.11 to 1", "10.77.0.10 to any", "worker 1", "10.77.0.11 to 1", "worker 1"]);
});

test("an address that another tunnel has claimed meanwhile stays with that one's loop", () => {
  const bench = new WorkersBench(2);
  const { plane, made } = bench;
  bench.sharing(4, 5);
  made.length = 0;
  plane.remove(toCallId(4));
  assert.deepEqual(made, ["worker 0"]);
  plane.remove(toCallId(5));
  assert.deepEqual(made, ["worker 0", "10.77.0.10 to any", "worker 1", "worker 0"]);
});

test("the tunnel that had an address before does not come by it again", () => {
  const bench = new WorkersBench(2);
  const { plane, made } = bench;
  bench.sharing(4, 5);
  made.length = 0;
  plane.remove(toCallId(5));
  assert.deepEqual(made, ["worker 1", "worker 0"]);
  plane.closeNetwork(toCallId(4));
  assert.deepEqual(made.slice(2), ["10.77.0.10 to any", "worker 0"]);
});

test("the network of an unknown call claims nothing", () => {
  const { plane, made } = new WorkersBench(2);
  plane.openNetwork(toCallId(5), NETWORK);
  plane.closeNetwork(toCallId(5));
  assert.ok(!made.some((what) => what.includes("10.77.0.10")));
});

test("call IDs of the first loop with the fewest tunnels balance", () => {
  const bench = new WorkersBench(3);
  const { plane } = bench;
  const balancing = () => [3, 4, 5].filter((id) => plane.balances(toCallId(id)));
  assert.deepEqual(balancing(), [3]);
  void bench.add(7);
  assert.deepEqual(balancing(), [3]);
  void bench.add(6);
  assert.deepEqual(balancing(), [5]);
  void bench.add(8);
  plane.remove(toCallId(7));
  plane.remove(toCallId(7));
  assert.deepEqual(balancing(), [4]);
});

test("the first loop hears which of the others have no tunnel, so that it counts for them", () => {
  const bench = new WorkersBench(3);
  const told = () => bench.guards[0]!.done.splice(0).filter((what) => what.startsWith("count for"));
  assert.deepEqual(told(), ["count for 1: true", "count for 2: true"]);
  for (const id of [3, 4, 7, 8]) void bench.add(id);
  assert.deepEqual(told(), ["count for 1: false", "count for 2: false"]);
  for (const id of [4, 3, 8, 7]) bench.plane.remove(toCallId(id));
  assert.deepEqual(told(), ["count for 2: true", "count for 1: true"]);
});

test("drops of all loops and those at the queues are one account", async () => {
  const bench = new WorkersBench(2);
  bench.sharing(2, 3);
  for (const id of [4, 5, 7]) bench.deliver(greData(id, 0, bytes`ff03 c021`), SPEC.peerAddress, 0);
  bench.guards[1]!.lost = 4;
  bench.overflowed = 7;
  bench.deliver(greData(3, 0, bytes`ff03 c021`), SPEC.peerAddress, SPEC.localAddress);
  await bench.clock.advance(1000);
  const { "gre-unknown-call": unknown, "gre-overflow": gre, "tun-overflow": tun } = bench.plane.drops();
  assert.deepEqual([unknown, gre, tun], [3, 4, 7]);
});

test("the queues are closed when all loops have ended", async () => {
  const { plane, made } = new WorkersBench(2);
  await plane.close();
  assert.deepEqual(made, ["worker 0 ended", "worker 1 ended", "queues closed"]);
});
