import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterWriter, counterMemories } from "../../../server/data-plane/counters.ts";
import { Front } from "../../../server/data-plane/front.ts";
import type { LoopCall } from "../../../server/data-plane/loop-messages.ts";
import { formatIpv4 } from "../../../server/wire/ipv4.ts";
import { bytes } from "../../support/bytes.ts";
import { address, KEYS, NETWORK, SPEC } from "../../support/data-plane/bench.ts";

/** A front whose loops are far away: what they are sent piles up, and they say only what the test has them say. */
function distant(loops = 1) {
  const calls: LoopCall[] = [];
  /** Calls of tunnels by loop, and what was asked of the queues, in the order made. */
  const made: string[] = [];
  const heard: string[] = [];
  const memories = counterMemories(4, loops);
  const front = new Front({
    links: memories.map((_, loop) => ({
      send(call) {
        calls.push(call);
        if (call.call !== "count-for") made.push(`${loop} ${call.call}`);
      },
      close: async () => void made.push(`${loop} ended`),
    })),
    counters: memories,
    queues: {
      steer: (to, loop) => made.push(`${formatIpv4(to)} to ${loop}`),
      unsteer: (to) => made.push(`${formatIpv4(to)} to any`),
      overflowed: () => 7,
      close: () => made.push("queues closed"),
    },
    events: {
      control: (callId) => heard.push(`control ${callId}`),
      coherencyLost: (callId) => heard.push(`coherency lost ${callId}`),
      broken: (callId, reason) => heard.push(`broken ${callId} ${reason}`),
    },
  });
  return { front, calls, made, heard, counters: memories.map((memory) => new CounterWriter(memory)) };
}

/** Tunnels with these call IDs, all under one address. */
function sharing(front: Front, ...callIds: readonly number[]) {
  for (const callId of callIds) {
    void front.addTunnel({ ...SPEC, callId });
    front.openNetwork(callId, NETWORK);
  }
}

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
  counters[0]!.received(first, 100, 1);
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

/** Two loops with a tunnel each, of which the first is busy and the second quiet. */
function quietBesideBusy() {
  const distantOnes = distant(2);
  const { front, made } = distantOnes;
  sharing(front, 2, 3);
  front.hear({ news: "pace", worker: 1, pace: "quiet" });
  made.splice(0);
  front.hear({ news: "pace", worker: 0, pace: "busy" });
  return distantOnes;
}

test("a quiet loop beside a busy one rests, once the busy one carries for it", () => {
  const { front, calls, made } = quietBesideBusy();
  assert.deepEqual(calls.at(-1), {
    call: "carry",
    worker: 1,
    calls: [{ callId: 3, peer: SPEC.peerAddress }],
  });
  front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.deepEqual(made.splice(0), ["0 carry"], "asked once");
  front.hear({ news: "carrying", worker: 1 });
  assert.deepEqual(calls.at(-1), { call: "rest", rests: true });
  assert.deepEqual(made, ["1 rest"]);
});

for (const [why, stir] of [
  ["more is carried than a quiet one gets", ({ front }) => front.hear({ news: "carried-much", worker: 1 })],
  ["the first is no longer busy", ({ front }) => front.hear({ news: "pace", worker: 0, pace: "some" })],
  ["it gets another tunnel", ({ front }) => void front.addTunnel({ ...SPEC, callId: 5 })],
  ["it loses its last tunnel", ({ front }) => void front.remove(3)],
] as readonly (readonly [string, (around: ReturnType<typeof distant>) => void])[]) {
  for (const asleep of [true, false])
    test(`${asleep ? "a loop that rests" : "one that is about to"} wakes up when ${why}`, () => {
      const around = quietBesideBusy();
      const { front, calls, made } = around;
      if (asleep) front.hear({ news: "carrying", worker: 1 });
      made.splice(0);
      stir(around);
      const woken = made.indexOf("1 rest");
      assert.deepEqual(calls.filter(({ call }) => call === "rest").at(-1), { call: "rest", rests: false });
      // Before a new tunnel is confirmed.
      if (made.includes("1 add")) assert.ok(woken < made.indexOf("1 add"));
      // The first goes on carrying until packets arrive at the other again, and neither goes to sleep meanwhile.
      front.hear({ news: "carrying", worker: 1 });
      front.hear({ news: "pace", worker: 0, pace: "busy" });
      assert.ok(!made.includes("0 carry-no-more") && made.filter((call) => call === "1 rest").length === 1);
      front.hear({ news: "awake", worker: 1 });
      assert.deepEqual(calls.at(-1), { call: "carry-no-more", worker: 1 });
    });
}

test("a loop without tunnels, a busy one, and the only one have nobody carry for them", () => {
  const idle = distant(2);
  sharing(idle.front, 2);
  idle.front.hear({ news: "pace", worker: 1, pace: "quiet" });
  idle.front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.ok(!idle.made.includes("0 carry"));
  const busy = distant(2);
  sharing(busy.front, 2, 3);
  busy.front.hear({ news: "pace", worker: 1, pace: "busy" });
  busy.front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.ok(!busy.made.includes("0 carry"));
});
