import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Namespace } from "../lab/namespace.ts";
import { attempt, ended, type Outcome, run, start } from "../lab/processes.ts";
import { until } from "../lab/until.ts";
import { makeCgroup, removeCgroup } from "./cgroup.ts";

/** systemd(1): a signal to PID 1 that powers off. glibc's SIGRTMIN is 34. */
const POWER_OFF = 34 + 4;

/** A Debian whose systemd runs as PID 1, in namespaces of its own. */
export class Booted {
  /** systemd, as this host counts processes. */
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #cgroup: string;

  private constructor(process: ChildProcess, pid: number, cgroup: string) {
    this.#process = process;
    this.pid = pid;
    this.#cgroup = cgroup;
  }

  /** `inside`: program and arguments that run words in the root; "init" is systemd. */
  static async boot(
    inside: (words: readonly string[]) => readonly [string, readonly string[]],
  ): Promise<Booted> {
    const cgroup = makeCgroup();
    const [program, args] = inside(["init"]);
    const join = 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"';
    const child = start("sh", ["-c", join, "sh", cgroup, program, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    try {
      const pid = await until("PID 1", () => onlyChild(child));
      const booted = new Booted(child, pid, cgroup);
      await until(
        "systemd to listen",
        () => {
          if (booted.gone) throw new Error("systemd ended while it booted");
          return existsSync(`/proc/${pid}/root${BUS}`);
        },
        30_000,
      );
      await booted.run("systemctl is-system-running --wait");
      child.unref(); // a test that failed before it came to `close` ends all the same
      return booted;
    } catch (error) {
      kill(child);
      await ended(child);
      removeCgroup(cgroup);
      throw error;
    }
  }

  /** It was shut down, from within or by `close`. */
  get gone(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Runs a shell script beside systemd, as root. */
  run(script: string): Promise<Outcome> {
    return attempt("nsenter", ...this.#namespaces(), "env", "-i", ...ENVIRONMENT, "sh", "-c", script);
  }

  /** As `run`; throws where the script fails, and returns what it wrote. */
  async must(script: string): Promise<string> {
    const { code, output } = await this.run(script);
    if (code !== 0) throw new Error(`${script}: exit ${code}\n${output}`);
    return output;
  }

  /** Entries of the journal, oldest first; `filter` are words for journalctl, for example `-u pacd`. */
  async journal(filter = ""): Promise<readonly Readonly<Record<string, string>>[]> {
    const lines = await this.must(
      `journalctl --sync && journalctl --quiet --no-pager --output=json ${filter}`,
    );
    return lines
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, string>);
  }

  /** A cable between a namespace of the test and this host; addresses with prefix, such as 10.9.0.1/24. */
  async connect(
    to: Namespace,
    ends: { readonly here: string; readonly there: string },
    name = "eth0",
  ): Promise<void> {
    await to.ip(`link add ${name} type veth peer name ${name} netns ${this.pid}`);
    await to.ip(`addr add ${ends.there} dev ${name}`);
    await to.ip(`link set ${name} up`);
    for (const command of [`addr add ${ends.here} dev ${name}`, `link set ${name} up`])
      await run("nsenter", `--net=/proc/${this.pid}/ns/net`, "ip", ...command.split(" "));
  }

  /** Runs a program of this host in the network namespace of that one. */
  network(program: string, ...args: readonly string[]): Promise<string> {
    return run("nsenter", `--net=/proc/${this.pid}/ns/net`, program, ...args);
  }

  /** Shuts it down as an administrator would, and resolves when everything of it is gone. */
  async powerOff(): Promise<void> {
    if (!this.gone) process.kill(this.pid, POWER_OFF);
    await this.#removed();
  }

  /** Ends it at once. */
  async close(): Promise<void> {
    kill(this.#process);
    await this.#removed();
  }

  async #removed(): Promise<void> {
    this.#process.ref();
    await ended(this.#process);
    removeCgroup(this.#cgroup);
  }

  #namespaces(): readonly string[] {
    return ["--target", `${this.pid}`, "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup"];
  }
}

/** Where systemd listens for root, also without a message bus. */
const BUS = "/run/systemd/private";

const ENVIRONMENT = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"];

/** The program that waits for PID 1 ends when that is gone, and everything in the namespace with it. */
function kill(process: ChildProcess): void {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const pid = onlyChild(process);
  if (pid === undefined) process.kill("SIGKILL");
  else globalThis.process.kill(pid, "SIGKILL");
}

function onlyChild(process: ChildProcess): number | undefined {
  if (process.exitCode !== null) throw new Error(`exit ${process.exitCode} before systemd began`);
  // The shell becomes nsenter, that unshare, which has one child.
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim();
  return /^\d+$/.test(children) ? Number(children) : undefined;
}
