import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { attempt, end, ended, type Outcome, run, start } from "../lab/processes.ts";
import { Booted } from "./booted.ts";
import { cachedRoot, type Suite } from "./cached-root.ts";
import { ROOTS } from "./roots-folder.ts";

const HOLD = fileURLToPath(new URL("hold.sh", import.meta.url));
const ENTER = fileURLToPath(new URL("enter.sh", import.meta.url));

/** A folder of this host that is seen inside, read-only. */
export interface Bind {
  readonly from: string;
  /** An absolute path inside. */
  readonly to: string;
}

/** "own": nothing but loopback. "host": that of this process, for apt. */
export type Network = "own" | "host";

/**
 * A Debian of its own for a test: what is written goes at its end, also where the test is killed. Programs
 * run in it in namespaces of their own, and its systemd may be booted. Needs root.
 */
export class DebianRoot {
  readonly #holder: ChildProcess;
  #booted: Booted | undefined;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /**
   * `packages`: of the suite's archive, installed without what they recommend; they are cached with the root.
   */
  static async open(
    options: {
      readonly suite?: Suite;
      readonly packages?: readonly string[];
      readonly binds?: readonly Bind[];
    } = {},
  ): Promise<DebianRoot> {
    const lower = await cachedRoot(options.suite ?? "bookworm", options.packages ?? []);
    return DebianRoot.over(lower, options.binds ?? []);
  }

  /** Over these folders, the topmost first. */
  static async over(lower: readonly string[], binds: readonly Bind[]): Promise<DebianRoot> {
    mkdirSync(ROOM, { recursive: true });
    const pairs = binds.map(({ from, to }) => `${from}:${to}`);
    const holder = start(
      "unshare",
      ["--mount", "--propagation", "private", "sh", HOLD, ROOM, lower.join(":"), ...pairs],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    const ready = new Promise<boolean>((resolve) => {
      createInterface({ input: holder.stdout! }).once("line", () => resolve(true));
      void ended(holder).then(() => resolve(false));
    });
    if (!(await ready)) throw new Error(`the root over ${lower.join(", ")} could not be mounted`);
    // A test that failed before it came to `close` ends all the same.
    for (const handle of [holder, holder.stdin as Socket, holder.stdout as Socket]) handle.unref();
    return new DebianRoot(holder);
  }

  /**
   * Where this process finds a file of the root, to read or write it. A symbolic link that is absolute leads
   * out of the root.
   */
  path(inside: string): string {
    return join(`/proc/${this.#holder.pid}/root`, ROOM, "root", inside);
  }

  /** Runs a shell script inside, without systemd. Nothing of it goes on when the script has ended. */
  run(script: string, network: Network = "own"): Promise<Outcome> {
    return attempt(
      "nsenter",
      ...this.#inside(network, ["env", "-i", ...environment(network), "sh", "-c", script]),
    );
  }

  /** As `run`; throws where the script fails, and returns what it wrote. */
  async must(script: string, network: Network = "own"): Promise<string> {
    const { code, output } = await this.run(script, network);
    if (code !== 0) throw new Error(`${script}: exit ${code}\n${output}`);
    return output;
  }

  /** Boots its systemd, and resolves when all that it starts by itself has started. */
  async boot(): Promise<Booted> {
    if (this.#booted !== undefined && !this.#booted.gone) throw new Error("this root is booted already");
    this.#booted = await Booted.boot((words) => ["nsenter", this.#inside("own", words)]);
    return this.#booted;
  }

  /** Copies what was written so far to where `over` can use it. */
  async keepLayer(to: string): Promise<void> {
    if (existsSync(to)) return;
    const partial = `${to}.${process.pid}.new`;
    await run("cp", "-a", `${this.path("/")}/../upper`, partial);
    await attempt("mv", "--no-target-directory", partial, to);
    await run("rm", "-rf", partial);
  }

  /** Shuts a booted systemd down, and forgets what was written. */
  async close(): Promise<void> {
    try {
      await this.#booted?.close();
    } finally {
      this.#holder.ref();
      await end(this.#holder, "SIGKILL");
    }
  }

  #inside(network: Network, words: readonly string[]): readonly string[] {
    return [
      `--mount=/proc/${this.#holder.pid}/ns/mnt`,
      ...["unshare", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc"],
      ...(network === "own" ? ["--net"] : []),
      ...(words[0] === "init" ? ["--cgroup"] : []),
      ...["sh", ENTER, `${ROOM}/root`, network, ...words],
    ];
  }
}

/** Each root has it for itself, since it is mounted in a namespace. */
const ROOM = join(ROOTS, "room");

/** What a program inside sees; a proxy of this host only where its network is seen too. */
function environment(network: Network): readonly string[] {
  const proxies = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));
  return [
    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME=/root",
    "LANG=C.UTF-8",
    "DEBIAN_FRONTEND=noninteractive",
    ...(network === "host" ? proxies.map(([name, value]) => `${name}=${value}`) : []),
  ];
}
