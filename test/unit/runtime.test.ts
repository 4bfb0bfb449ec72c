import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));

/** Its bit in the masks of /proc/PID/status: signal 10. */
const SIGUSR1 = 1n << 9n;

const mask = (pid: number, name: string): bigint =>
  BigInt(
    `0x${new RegExp(`^${name}:\\s*([0-9a-f]+)$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]}`,
  );

const isNode = (pid: number): boolean =>
  readFileSync(`/proc/${pid}/cmdline`, "latin1").startsWith(join(root, "node_modules"));

/** The process has got as far as to say what SIGUSR1 shall do: by then Node blocks it, or catches it. */
const isSettled = (pid: number): boolean =>
  isNode(pid) && ((mask(pid, "SigBlk") | mask(pid, "SigCgt")) & SIGUSR1) !== 0n;

/** Inodes of the sockets that listen for TCP, of the whole network namespace; "0A" is TCP_LISTEN. */
const listening = (): ReadonlySet<string> =>
  new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"]
      .filter((file) => existsSync(file))
      .flatMap((file) =>
        readFileSync(file, "utf8")
          .split("\n")
          .map((line) => line.trim().split(/\s+/)),
      )
      .filter((fields) => fields[3] === "0A")
      .map((fields) => `socket:[${fields[9]}]`),
  );

function listensItself(pid: number): boolean {
  const sockets = listening();
  const target = (fd: string): string => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ""; // closed meanwhile
    }
  };
  return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(target(fd)));
}

/** What the test runner has set for itself is none of the operator's. */
const OURS = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_")));

interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The rest of its life, once standard input is closed: the exit code, and everything that it said. */
  ended(): Promise<{ code: number; said: string }>;
}

/** `pacctl decode -`, a real process that lives until its standard input ends. */
function decoding(env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(join(root, "bin/pacctl"), ["decode", "-"], {
    cwd: folder,
    env: { ...OURS, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  after(() => child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      said += part;
    });
  }
  const closed = once(child, "close") as Promise<[number]>;
  return {
    child,
    pid: child.pid!,
    async ended() {
      child.stdin.end();
      const [code] = await closed;
      return { code, said };
    },
  };
}

/** Looks until it is so. Each look is a few system calls: as many as this take longer than any start. */
function until(reached: () => boolean): void {
  for (let looks = 0; looks < 5_000_000; looks += 1) if (reached()) return;
  assert.fail("the process did not come to this");
}

test("SIGUSR1 opens no inspector, and the process goes on", async () => {
  const untouched = await decoding().ended();
  const started = decoding();
  until(() => isSettled(started.pid));
  assert.equal(
    mask(started.pid, "SigCgt") & SIGUSR1,
    0n,
    "Node catches SIGUSR1, and opens its inspector for it",
  );
  process.kill(started.pid, "SIGUSR1");
  until(() => (mask(started.pid, "ShdPnd") & SIGUSR1) !== 0n);
  assert.equal(listensItself(started.pid), false);
  assert.deepEqual(await started.ended(), untouched);
});

test("what the environment holds for Node does not reach the process", async () => {
  const untouched = await decoding().ended();
  const started = decoding({
    NODE_OPTIONS:
      "--inspect=127.0.0.1:0 --require=/nonexistent --heapsnapshot-signal=SIGUSR2 --report-on-signal",
    NODE_DEBUG: "http,net",
    NODE_V8_COVERAGE: join(folder, "coverage"),
    NODE_REDIRECT_WARNINGS: join(folder, "warnings"),
    NODE_COMPILE_CACHE: "off",
    NODE_EXTRA_CA_CERTS: "/dev/null",
  });
  until(() => isSettled(started.pid));
  const environment = readFileSync(`/proc/${started.pid}/environ`, "utf8").split("\0");
  const named = environment.filter((line) => line.startsWith("NODE_")).sort();
  assert.deepEqual(named, [
    `NODE_COMPILE_CACHE=${join(root, "node_modules/.cache/node")}`,
    "NODE_EXTRA_CA_CERTS=/dev/null",
  ]);
  assert.equal(listensItself(started.pid), false);
  assert.deepEqual(await started.ended(), untouched);
  assert.deepEqual(readdirSync(folder), []);
});

test("it leaves no core dump", async () => {
  const started = decoding();
  until(() => isNode(started.pid));
  const limit = /^Max core file size +(\S+) +(\S+)/m.exec(
    readFileSync(`/proc/${started.pid}/limits`, "utf8"),
  );
  assert.deepEqual(limit?.slice(1), ["0", "0"]);
  await started.ended();
});

for (const program of ["pacd", "pacctl"]) {
  test(`a flag of Node is an unknown option of ${program}`, async () => {
    const child = spawn(join(root, "bin", program), ["--inspect"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      said += part;
    });
    const [code] = await once(child, "close");
    assert.equal(code, 2);
    assert.doesNotMatch(said, /Debugger/);
    assert.match(said, /--inspect/);
  });
}

const ran = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(join(root, file), args, { cwd: folder, env: { ...OURS, ...env }, encoding: "utf8" });

test("a variable of the launchers' own is not taken from the environment", () => {
  const { status, stderr } = ran("bin/pacctl", ["--version"], { pacd_flags: "--frobnicate" });
  assert.deepEqual([status, stderr], [0, ""]);
});

test("bin/node is the pinned Node with its flags and environment, wherever it is called", () => {
  const code = "console.log(process.cwd(), process.argv.slice(1).join('|')); process.exit(7)";
  const { status, stdout } = ran("bin/node", ["-e", code, "--", "a b", ""]);
  assert.deepEqual([status, stdout], [7, `${realpathSync(folder)} a b|\n`]);
  const { stdout: flags } = ran("bin/node", ["-p", "process.execPath + process.env.NODE_OPTIONS"], {
    NODE_OPTIONS: "--no-warnings",
  });
  assert.match(flags, /^.*\/node_modules\/node-linux-[a-z0-9]+\/bin\/node--no-warnings\n$/);
});

test("test/run.sh runs single files of a part, named from where one is or from the root", () => {
  const file = "test/unit/wire/length-of-time.test.ts";
  for (const name of [file, join(root, file)]) {
    const { status, stdout } = ran("test/run.sh", ["unit", name]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^unit +passed +\d+ s +[1-9]\d* pass 0 fail 0 skipped *$/m);
  }
});

for (const [words, said] of [
  [["unit", "nowhere.test.ts"], /there is no file nowhere\.test\.ts/],
  [
    ["lint", "test/unit/greeting.test.ts"],
    /files go with one of: checks unit browser fuzz simulation interop/,
  ],
  [["checks", "unit", "test/unit/greeting.test.ts"], /files go with one of/],
  [
    ["units"],
    /there is no part "units"; there are: types lint unused checks unit browser fuzz simulation interop/,
  ],
] as const) {
  test(`test/run.sh ${words.join(" ")} is refused`, () => {
    const { status, stdout, stderr } = ran("test/run.sh", words);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, said);
  });
}

test("test/fuzz/run.sh refuses a number of inputs that is none, since it would try nothing", () => {
  const { status, stdout, stderr } = ran("test/fuzz/run.sh", ["decode"]);
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /INPUTS is a whole number, "decode" is none/);
});
