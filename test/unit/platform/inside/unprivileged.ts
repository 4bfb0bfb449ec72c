import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { getPriority, release } from "node:os";
import { test } from "node:test";
import type { Finding } from "../../../../server/platform/host-check.ts";

const PLATFORM = new URL("../../../../server/platform/", import.meta.url).href;

/**
 * Evaluates an expression over the modules named, as root without some capabilities: by default the two that
 * pacd needs.
 */
function withoutRights(
  modules: readonly string[],
  expression: string,
  lacking = "-net_admin,-net_raw",
): unknown {
  const imports = modules.map((name, i) => `import * as m${i} from ${JSON.stringify(PLATFORM + name)};`);
  const code = `${imports.join("")} console.log(JSON.stringify(await (${expression})));`;
  const run = spawnSync(
    "setpriv",
    [`--bounding-set=${lacking}`, process.execPath, "--input-type=module", "--eval", code],
    { encoding: "utf8" },
  );
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

const codeOf = (call: string) =>
  `(async () => { try { await ${call}; return "it worked"; } catch (error) { return error.code; } })()`;

test("every check that needs a right says so, and the others hold", () => {
  const findings = withoutRights(["host-check.ts"], "m0.checkHost()") as Finding[];
  const failed = findings.filter((finding) => !finding.ok);
  assert.deepEqual(
    failed.map((finding) => finding.code),
    ["host-not-root", "host-no-raw-socket", "host-nat-refused"],
  );
  assert.match(failed[0]!.sentence, /lacks CAP_NET_ADMIN and CAP_NET_RAW: run it as root/);
  assert.match(failed[1]!.sentence, /CAP_NET_RAW/);
  assert.match(failed[2]!.sentence, /nft cannot set up masquerading \(.*ermitted.*\)/);
});

/**
 * Evaluates as a user who is not root and has the two rights that pacd needs, beside that to read this
 * repository.
 */
function asService(modules: readonly string[], expression: string): unknown {
  const imports = modules.map((name, i) => `import * as m${i} from ${JSON.stringify(PLATFORM + name)};`);
  const code = `${imports.join("")} console.log(JSON.stringify(await (${expression})));`;
  const rights = "+net_admin,+net_raw,+dac_read_search";
  const user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  const run = spawnSync(
    "setpriv",
    [...user, `--inh-caps=${rights}`, `--ambient-caps=${rights}`, process.execPath, "--input-type=module"],
    { encoding: "utf8", input: code },
  );
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

test("a user with just the two rights is told what it can do, and then does it", () => {
  const off = () => writeFileSync("/proc/sys/net/ipv4/ip_forward", "0");
  const forwards = () => readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8").trim();
  off();
  const findings = asService(["host-check.ts"], "m0.checkHost()") as Finding[];
  // Whether that user may open the TUN device is for the host's udev to say.
  assert.deepEqual(
    findings.filter(({ ok, code }) => !ok && code !== "host-no-tun"),
    [],
  );
  assert.equal(forwards(), "0", "the check changed it");
  asService(["forwarding.ts"], "m0.enableForwarding()");
  assert.equal(forwards(), "1");
  off();
});

test("opening the raw socket and the TUN is refused by name", () => {
  assert.equal(withoutRights(["raw-socket.ts"], codeOf("m0.openRawSocket()")), "host-no-raw-socket");
  assert.equal(withoutRights(["tun-tap.ts"], codeOf('m0.openTunTap("ut6")')), "host-no-tun");
  assert.equal(withoutRights(["tun-interface.ts"], codeOf('m0.openTunInterface("ut6", 2)')), "host-no-tun");
});

test("without the right to bpf(2) the interface has one queue", () => {
  const queues = (lacking: string) =>
    withoutRights(["tun-interface.ts"], '[m0.openTunInterface("ut6", 2).queues, m0.maySteer()]', lacking);
  assert.deepEqual(queues("+all"), [2, true]);
  // Some hosts give that right to everybody.
  const everybody = readFileSync("/proc/sys/kernel/unprivileged_bpf_disabled", "utf8").trim() === "0";
  assert.deepEqual(queues("-bpf,-sys_admin"), everybody ? [2, true] : [1, false]);
});

test("without the right to bpf(2) a guarded socket gets its share unguarded", () => {
  // A packet of its own to a call that nobody has admitted arrives only where nothing is guarded.
  const arrived = (lacking: string) =>
    withoutRights(
      ["raw-socket.ts", "packet-batch.ts"],
      `(() => {
        const socket = m0.openGuardedSocket({ worker: 0, of: 1 });
        const batch = new m1.PacketBatch(4, 256);
        batch.bytes.set([0x30, 1, 0x88, 0x0b, 0, 0, 0, 7]);
        batch.lengths[0] = 8;
        batch.peers[0] = 0x7f000001;
        socket.send(batch, 1);
        return [socket.receive(batch, 0), socket.refused().unknownCall];
      })()`,
      lacking,
    );
  assert.deepEqual(arrived("+all"), [0, 1]);
  const everybody = readFileSync("/proc/sys/kernel/unprivileged_bpf_disabled", "utf8").trim() === "0";
  assert.deepEqual(arrived("-bpf,-sys_admin"), everybody ? [0, 1] : [1, 0]);
});

/** Nice value and slice of a thread: code of a function of its ID. */
const place = `(thread) => {
  const read = (file) => fs.readFileSync("/proc/self/task/" + thread + "/" + file, "utf8");
  const nice = read("stat").replace(/^.*\\) /, "").split(" ")[16];
  const slice = /^se\\.slice *: *(\\d+)$/m.exec(read("sched"))?.[1];
  return [nice, slice].map(Number);
}`;

// Older kernels have slices of one length, for all.
const [major, minor] = release().split(".").map(Number) as [number, number];
const haveSlices = major > 6 || (major === 6 && minor >= 12);

test("without the right to a nice value below zero an urgent thread has short slices alone", () => {
  const urgent = (lacking: string, busy = false) =>
    withoutRights(
      ["thread-priority.ts"],
      `(async () => {
        const fs = await import("node:fs");
        m0.raiseThreadPriority(${busy});
        return (${place})(process.pid);
      })()`,
      lacking,
    );
  const slice = haveSlices ? 500_000 : (urgent("+all") as number[])[1];
  assert.deepEqual(urgent("+all"), [-20, slice]);
  assert.deepEqual(urgent("+all", true), [-10, slice]);
  assert.deepEqual(urgent("-sys_nice"), [getPriority(), slice]);
});

test("a patient process has long slices in all of its threads, and no other nice value; later threads have them, too", () => {
  const places = withoutRights(
    ["thread-priority.ts"],
    `(async () => {
      const fs = await import("node:fs");
      const before = fs.readdirSync("/proc/self/task").length;
      m0.lengthenProcessSlices();
      const { Worker } = await import("node:worker_threads");
      const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
      await new Promise((resolve) => worker.once("online", resolve));
      const threads = fs.readdirSync("/proc/self/task");
      const places = threads.map(${place});
      await worker.terminate();
      return { more: threads.length > before, places };
    })()`,
    "-sys_nice",
  ) as { more: boolean; places: readonly [number, number][] };
  assert.ok(places.more);
  assert.ok(places.places.length > 2);
  for (const [nice, slice] of places.places) {
    assert.equal(nice, getPriority());
    if (haveSlices) assert.equal(slice, 8_000_000);
  }
});
