import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import type { TunnelSpec } from "../../../../../server/data-plane/data-plane.ts";
import {
  launchPacketWorker,
  type WorkerEvents,
} from "../../../../../server/data-plane/workers/packet-worker.ts";
import { startDataPlane } from "../../../../../server/data-plane/workers/worker-data-plane.ts";
import { ClientRoutes } from "../../../../../server/platform/client-routes.ts";
import { nextTurn } from "../../../../../server/platform/next-turn.ts";
import { openTunInterface } from "../../../../../server/platform/tun-interface.ts";
import { toCallId, toPeerCallId } from "../../../../../server/wire/call-id.ts";
import { formatIpv4, type Ipv4 } from "../../../../../server/wire/ipv4.ts";
import { octets } from "../../../../../server/wire/units.ts";
import { bytes } from "../../../../support/bytes.ts";
import { address, KEYS, NETWORK, REORDER } from "../../../../support/data-plane/bench.ts";
import { RawGreClient } from "../../../../support/data-plane/raw-gre-client.ts";
import { greData, TunnelClient } from "../../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../../support/packets/ipv4.ts";

const LOCAL = address("10.77.0.1");
const PORT = 5000;
/** For a test that waits for packets: without them it fails instead of waiting on. */
const TIMEOUT = { timeout: 30_000 };
const options = {
  interface: "ut-two",
  localAddress: LOCAL,
  mtu: octets(1400),
  routes: new ClientRoutes("ut-two", [{ address: address("10.77.0.0"), prefix: 24 }]),
  reorder: REORDER,
  workers: 2,
  mppe: "native",
} as const;

/** Nice values of this process's threads, its main thread first. */
const niceValues = (): readonly number[] =>
  readdirSync("/proc/self/task").map((task) => {
    const stat = readFileSync(`/proc/self/task/${task}/stat`, "utf8");
    // Field 19 of proc_pid_stat(5); the name before it may hold spaces.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });

const events = {
  control: () => {},
  coherencyLost: () => assert.fail("coherency lost"),
  broken: () => assert.fail("broken"),
  crashed: (error: Error) => assert.fail(error),
};
const before = niceValues();
/** Takes reports in the workers' name: as busy as it would have to be, no worker is in a test. */
let report: WorkerEvents["report"] | undefined;
const plane = await startDataPlane(options, events, {
  openTunInterface,
  launchPacketWorker(data, workerEvents) {
    report = workerEvents.report;
    return launchPacketWorker(data, workerEvents);
  },
});
const host = createSocket("udp4");
host.bind(PORT, formatIpv4(LOCAL));
await once(host, "listening");
const sockets: RawGreClient[] = [];
after(() => {
  for (const socket of sockets) socket.close();
});

/** Clients of one host; a raw socket sees what comes for any of them, so each has a call ID of its own. */
let clients = 0;

/** A tunnel with its network open, and the client at its other end. */
async function dial(id: number, inner: Ipv4) {
  const callId = toCallId(id);
  const number = clients++;
  const spec: TunnelSpec = {
    callId,
    peerCallId: toPeerCallId(40_000 + number),
    peerAddress: address(`127.0.1.${number + 1}`),
    localAddress: address("127.0.0.1"),
  };
  // The workers hear what pacd sends to its clients as well, on this one host. A tunnel under the client's ID
  // takes it.
  await plane.addTunnel({ ...spec, callId: toCallId(spec.peerCallId), peerAddress: address("192.0.2.1") });
  await plane.addTunnel(spec);
  plane.setKeys(callId, KEYS);
  plane.openNetwork(callId, { ...NETWORK, address: inner });
  // A frame back and forth: by then the worker has done what it was told.
  const socket = new RawGreClient(spec.peerCallId);
  sockets.push(socket);
  plane.sendControl(callId, bytes`ff03 c021 0101 0004`);
  await socket.next();
  return { callId, inner, socket, client: new TunnelClient(socket.out, spec, KEYS) };
}

type Client = Awaited<ReturnType<typeof dial>>;

/**
 * What the host sends to the client's address comes out of the tunnel. Acknowledgements on the way are passed
 * over.
 */
async function comesDown({ inner, socket, client }: Client, text: string): Promise<void> {
  host.send(text, PORT, formatIpv4(inner));
  for (;;) {
    const { payload } = await socket.next();
    if (payload.length === 0) continue;
    assert.equal(Buffer.from(client.opened(payload).slice(30)).toString(), text);
    return;
  }
}

/** What the client sends to the host arrives there. */
async function goesUp({ inner, client }: Client): Promise<void> {
  const arrived = once(host, "message");
  client.data(udpPacket({ source: inner, destination: LOCAL }, 8));
  const [message, from] = await arrived;
  assert.deepEqual(
    [Uint8Array.from(message), from.address],
    [new Uint8Array(8).fill(0x55), formatIpv4(inner)],
  );
}

const inner = (last: number): Ipv4 => address(`10.77.0.${last}`);
let even: Client;
let odd: Client;

/** Of a worker that has little to do, and of a busy one. */
const isUrgent = (nice: number): boolean => nice === -20 || nice === -10;

test("two workers run, and they alone come before other threads", () => {
  assert.equal(plane.loops, 2);
  const now = niceValues();
  assert.deepEqual([before[0], before.some(isUrgent), now.filter(isUrgent).length], [now[0], false, 2]);
});

test("packets pass both ways, each by the worker that has the tunnel", TIMEOUT, async () => {
  // First what comes from the host: nothing that a client has sent can have shown the kernel the way.
  for (let n = 0; n < 8; n += 1) {
    const client = await dial(100 + n, inner(10 + n));
    await comesDown(client, `to ${n}`);
    await goesUp(client);
    if (n % 2 === 0) even = client;
    else odd = client;
  }
  const { "tun-no-tunnel": astray, "tun-overflow": lost } = plane.drops();
  assert.deepEqual([astray, lost], [0, 0]);
  assert.deepEqual(
    [plane.counters(toCallId(100)).rxPackets, plane.counters(toCallId(101)).rxPackets],
    [1, 1],
  );
  assert.deepEqual(
    [plane.counters(toCallId(100)).txPackets, plane.counters(toCallId(101)).txPackets],
    [1, 1],
  );
});

test("a GRE packet of no call is counted once, by the worker whose call it would be", TIMEOUT, async () => {
  const seen = plane.drops()["gre-unknown-call"];
  for (let callId = 200; callId < 210; callId += 1) even.client.raw(greData(callId, 0, bytes`ff03 c021`));
  const counted = () => plane.drops()["gre-unknown-call"] - seen;
  // The kernel is asked once a second.
  while (counted() < 10) await nextTurn();
  assert.equal(counted(), 10);
});

/** GRE sockets of workers that pause: they are bound to 127.255.255.254. */
const paused = () => readFileSync("/proc/self/net/raw", "utf8").split(" FEFFFF7F:002F ").length - 1;

test("beside a busy worker a quiet one pauses, and its packets are forwarded to it", TIMEOUT, async () => {
  const unknown = plane.drops()["gre-unknown-call"];
  const forwarded = plane.counters(toCallId(odd.callId)).rxPackets;
  assert.equal(paused(), 0);
  report!({ type: "load", worker: 1, load: "quiet" });
  report!({ type: "load", worker: 0, load: "busy" });
  while (paused() === 0) await nextTurn();
  for (let n = 0; n < 3; n += 1) {
    await goesUp(odd);
    await goesUp(even);
    await comesDown(odd, `while paused ${n}`);
  }
  assert.equal(paused(), 1);
  // More than a quiet one gets.
  const packet = udpPacket({ source: odd.inner, destination: LOCAL }, 8);
  for (let n = 0; n < 400; n += 1) odd.client.data(packet);
  while (paused() > 0) await nextTurn();
  const received = () => plane.counters(toCallId(odd.callId)).rxPackets - forwarded;
  while (received() < 403) await nextTurn();
  await goesUp(odd);
  // A packet is counted when its batch is through, which may be after it was read from the TUN.
  while (received() < 404) await nextTurn();
  assert.equal(received(), 404);
  assert.equal(plane.drops()["gre-unknown-call"], unknown);
});

test(
  "an address that was a removed tunnel's goes to the other worker with the tunnel that gets it",
  TIMEOUT,
  async () => {
    plane.remove(toCallId(even.callId));
    const next = await dial(201, even.inner);
    await comesDown(next, "from one");
    plane.remove(toCallId(next.callId));
    await comesDown(await dial(202, even.inner), "to the other");
    assert.equal(plane.drops()["tun-no-tunnel"], 0);
  },
);

test(
  "an address that a tunnel takes over stays with it when the one before is removed",
  TIMEOUT,
  async () => {
    const first = await dial(300, inner(50));
    const second = await dial(301, inner(50));
    await comesDown(second, "the last to claim it has it");
    plane.remove(toCallId(first.callId));
    await comesDown(second, "still");
  },
);

test("new calls go where there are fewer tunnels", () => {
  const taken = [400, 402, 404, 406].map((even) => {
    const [callId, another] = [even, even + 1].filter((id) => plane.balances(toCallId(id)));
    assert.equal(another, undefined);
    void plane.addTunnel({
      callId: toCallId(callId!),
      peerCallId: toPeerCallId(1),
      peerAddress: LOCAL,
      localAddress: LOCAL,
    });
    return callId!;
  });
  // However many each had: by now they take turns.
  assert.notEqual(taken[2]! % 2, taken[3]! % 2);
});

test("closing ends both workers and takes the interface away", async () => {
  host.close();
  await plane.close();
  assert.ok(!existsSync(`/sys/class/net/${options.interface}`));
  assert.ok(!niceValues().some(isUrgent));
});

test("a worker without its socket is a refusal of all, and no interface is left", () => {
  const server = new URL("../../../../../server/", import.meta.url).href;
  const code = `(async () => {
    const { startDataPlane } = await import("${server}data-plane/workers/worker-data-plane.ts");
    const { ClientRoutes } = await import("${server}platform/client-routes.ts");
    const routes = new ClientRoutes("ut-two", []);
    await startDataPlane({ ...${JSON.stringify(options)}, routes }, {}).catch(({ code }) => console.log(code));
  })()`;
  const program = [process.execPath, "--eval", code];
  const run = spawnSync("setpriv", ["--bounding-set=-net_raw", ...program], { encoding: "utf8" });
  assert.deepEqual([run.stdout, run.status], ["host-no-raw-socket\n", 0], run.stderr);
  assert.ok(!existsSync(`/sys/class/net/${options.interface}`));
});
