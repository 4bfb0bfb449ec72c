import assert from "node:assert/strict";
import { test } from "node:test";
import type { LoopCall } from "../../../../server/data-plane/loop/loop-messages.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, KEYS, NETWORK, SPEC } from "../../../support/data-plane/bench.ts";
import { distant, sharing } from "../../../support/data-plane/distant-front.ts";

const slotOf = (call: LoopCall | undefined): number =>
  call !== undefined && "slot" in call ? call.slot : -1;

test("a tunnel is there when the loop says so, not before", async () => {
  const { front, calls } = distant();
  let there = false;
  const added = front.addTunnel(SPEC).then(() => {
    there = true;
  });
  await undefined;
  assert.equal(there, false);
  front.hear({ news: "added", slot: slotOf(calls[0]) });
  await added;
});

test("calls reach the loop in the order made", () => {
  const { front, calls } = distant();
  void front.addTunnel(SPEC);
  front.setKeys(SPEC.callId, KEYS);
  front.sendControl(SPEC.callId, bytes`ff03 80fd`);
  front.openNetwork(SPEC.callId, NETWORK);
  front.remove(SPEC.callId);
  assert.deepEqual(
    calls.map(({ call }) => call),
    ["add", "keys", "send", "open", "remove"],
  );
});

test("news of a tunnel that was removed is for nobody, though its call ID has another by now", () => {
  const { front, calls, heard } = distant();
  void front.addTunnel(SPEC);
  const first = slotOf(calls[0]);
  front.remove(SPEC.callId);
  const frame = bytes`ff03 c021`;
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: first });
  void front.addTunnel(SPEC);
  const second = slotOf(calls[2]);
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: first });
  front.hear({ news: "broken", callId: SPEC.callId, reason: "mppe-desynchronised", slot: first });
  assert.deepEqual(heard, []);
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: second });
  front.hear({ news: "broken", callId: SPEC.callId, reason: "mppe-desynchronised", slot: second });
  assert.deepEqual(heard, [`control ${SPEC.callId}`, `broken ${SPEC.callId} mppe-desynchronised`]);
});

test("what the loop still counts for a removed tunnel is not counted for the next one", () => {
  const { front, calls, counters } = distant();
  void front.addTunnel(SPEC);
  const first = slotOf(calls[0]);
  front.remove(SPEC.callId);
  void front.addTunnel(SPEC);
  counters[0]!.received(first, 100);
  assert.equal(front.counters(SPEC.callId).rxPackets, 0);
  front.hear({ news: "removed", slot: first });
  void front.addTunnel({ ...SPEC, callId: 9 });
  assert.equal(slotOf(calls.at(-1)), first);
  assert.equal(front.counters(9).rxPackets, 0);
});

test("what was not answered when the loop ends is rejected", async () => {
  const { front } = distant();
  const added = assert.rejects(front.addTunnel(SPEC), /has ended/);
  await front.close();
  await added;
});

test("octets of a call belong to the loop: changing them afterwards changes nothing", () => {
  const { front, calls } = distant();
  const frame = bytes`ff03 c021`;
  front.sendControl(SPEC.callId, frame);
  frame.fill(0);
  assert.deepEqual(calls[0], { call: "send", callId: SPEC.callId, frame: bytes`ff03 c021` });
});

test("a call goes to the loop whose number is left when its ID is divided by how many there are", () => {
  const { front, made } = distant(3);
  for (const callId of [3, 7, 65_534]) void front.addTunnel({ ...SPEC, callId });
  front.setKeys(7, KEYS);
  front.sendControl(7, bytes`ff03 80fd`);
  front.setTrafficPolicy(7, NETWORK.traffic);
  front.flushEncryption(7);
  front.closeNetwork(7);
  front.remove(7);
  assert.deepEqual(made, [
    "0 add",
    "1 add",
    "2 add",
    "1 keys",
    "1 send",
    "1 traffic",
    "1 flush",
    "1 shut",
    "1 remove",
  ]);
});

test("packets for an address go to its loop before the network opens, and anywhere when it is closed", () => {
  const { front, made } = distant(2);
  void front.addTunnel({ ...SPEC, callId: 5 });
  front.openNetwork(5, NETWORK);
  front.closeNetwork(5);
  front.openNetwork(5, NETWORK);
  front.remove(5);
  assert.deepEqual(made, [
    "1 add",
    "10.77.0.10 to 1",
    "1 open",
    "10.77.0.10 to any",
    "1 shut",
    "10.77.0.10 to 1",
    "1 open",
    "10.77.0.10 to any",
    "1 remove",
  ]);
});

test("a network that is opened again with another address gives up the first", () => {
  const { front, made } = distant(2);
  sharing(front, 5);
  front.openNetwork(5, { ...NETWORK, address: address("10.77.0.11") });
  front.openNetwork(5, { ...NETWORK, address: address("10.77.0.11") });
  assert.deepEqual(made.slice(3), [
    "10.77.0.11 to 1",
    "10.77.0.10 to any",
    "1 open",
    "10.77.0.11 to 1",
    "1 open",
  ]);
});

test("an address that another tunnel has claimed meanwhile stays with that one's loop", () => {
  const { front, made } = distant(2);
  sharing(front, 4, 5);
  made.length = 0;
  front.remove(4);
  assert.deepEqual(made, ["0 remove"]);
  front.remove(5);
  assert.deepEqual(made, ["0 remove", "10.77.0.10 to any", "1 remove"]);
});

test("the tunnel that had an address before does not come by it again", () => {
  const { front, made } = distant(2);
  sharing(front, 4, 5);
  made.length = 0;
  front.remove(5);
  assert.deepEqual(made, ["1 remove"]);
  front.closeNetwork(4);
  assert.deepEqual(made.slice(1), ["10.77.0.10 to any", "0 shut"]);
});

test("the network of an unknown call claims nothing", () => {
  const { front, made } = distant(2);
  front.openNetwork(5, NETWORK);
  front.closeNetwork(5);
  assert.ok(!made.some((what) => what.includes("10.77.0.10")));
});

test("call IDs of the first loop with the fewest tunnels balance", () => {
  const { front } = distant(3);
  const balancing = () => [3, 4, 5].filter((callId) => front.balances(callId));
  assert.deepEqual(balancing(), [3]);
  void front.addTunnel({ ...SPEC, callId: 7 });
  assert.deepEqual(balancing(), [3]);
  void front.addTunnel({ ...SPEC, callId: 6 });
  assert.deepEqual(balancing(), [5]);
  void front.addTunnel({ ...SPEC, callId: 8 });
  front.remove(7);
  front.remove(7);
  assert.deepEqual(balancing(), [4]);
});

test("the first loop hears which of the others have no tunnel, so that it counts for them", () => {
  const { front, calls } = distant(3);
  const told = () =>
    calls.splice(0).flatMap((call) => (call.call === "count-for" ? [[call.worker, call.counts]] : []));
  for (const callId of [3, 4, 7, 8]) void front.addTunnel({ ...SPEC, callId });
  assert.deepEqual(told(), [
    [1, false],
    [2, false],
  ]);
  for (const callId of [4, 3, 8, 7]) front.remove(callId);
  assert.deepEqual(told(), [
    [2, true],
    [1, true],
  ]);
});

test("drops of all loops and those at the queues are one account", () => {
  const { front, counters } = distant(2);
  counters[0]!.dropped("gre-unknown-call");
  counters[1]!.dropped("gre-unknown-call", 2);
  counters[1]!.droppedSoFar("gre-overflow", 4);
  const { "gre-unknown-call": unknown, "gre-overflow": gre, "tun-overflow": tun } = front.drops();
  assert.deepEqual([unknown, gre, tun], [3, 4, 7]);
});

test("the queues are closed when all loops have ended", async () => {
  const { front, made } = distant(2);
  await front.close();
  assert.deepEqual(made, ["0 ended", "1 ended", "queues closed"]);
});
