import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { run } from "./processes.ts";

/** Names carry the process that made them, so that a later run can tell what a killed one left behind. */
const PREFIX = "pacd-lab-";

let made = 0;

/** A network namespace of our own. */
export class Namespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  static async create(): Promise<Namespace> {
    sweep();
    made += 1;
    const namespace = new Namespace(`${PREFIX}${process.pid}-${made}`);
    await run("ip", "netns", "add", namespace.name);
    process.once("exit", namespace.removeNow);
    await namespace.ip("link set lo up");
    return namespace;
  }

  /** One `ip` command in this namespace, words split at blanks. */
  async ip(command: string): Promise<string> {
    return run("ip", "-n", this.name, ...command.split(" "));
  }

  /** Program and arguments that run a command in here, in the very process that starts them. */
  enter(program: string, ...args: readonly string[]): readonly [string, readonly string[]] {
    return ["ip", ["netns", "exec", this.name, program, ...args]];
  }

  /** Runs a short program in here; throws when it fails. */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    return run("ip", "netns", "exec", this.name, program, ...args);
  }

  async remove(): Promise<void> {
    process.removeListener("exit", this.removeNow);
    await run("ip", "netns", "del", this.name);
  }

  /** For the end of a process that did not come to `remove`. */
  readonly removeNow = (): void => remove(this.name);
}

function remove(name: string): void {
  try {
    execFileSync("ip", ["netns", "del", name], { stdio: "ignore" });
  } catch {
    // gone already
  }
}

/** Removes the namespaces of test processes that were killed. */
function sweep(): void {
  if (!existsSync("/run/netns")) return;
  for (const name of readdirSync("/run/netns")) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-\\d+$`).exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) remove(name);
  }
}
