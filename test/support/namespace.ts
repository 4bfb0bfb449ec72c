import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

let made = 0;

/** A network namespace of this process's own, with loopback up and nothing else. Needs root and iproute2. */
export class Namespace {
  readonly name = `pacd-ut-${process.pid}-${made++}`;

  constructor() {
    succeed("ip", ["netns", "add", this.name]);
    succeed("ip", ["-n", this.name, "link", "set", "lo", "up"]);
  }

  /**
   * Runs a file of node:test facts inside, in a process of its own, and returns them one by one. `output` is
   * all that the process wrote, for whoever has to find out why one failed.
   */
  facts(file: URL): { readonly facts: readonly Fact[]; readonly output: string } {
    const command = [process.execPath, "--test-reporter=tap", fileURLToPath(file)];
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = spawnSync("ip", ["netns", "exec", this.name, ...command], { encoding: "utf8", env });
    const output = run.stdout + run.stderr;
    const facts = [...run.stdout.matchAll(/^(not )?ok \d+ - (.*)$/gm)].map((line) => ({
      holds: line[1] === undefined,
      name: line[2]!,
    }));
    // A file that dies before its last fact must not pass for the ones it got to.
    if (facts.length === 0 || (run.status !== 0 && facts.every((fact) => fact.holds))) {
      facts.push({ name: "the process ends well", holds: false });
    }
    return { facts, output };
  }

  remove(): void {
    succeed("ip", ["netns", "delete", this.name]);
  }
}

export interface Fact {
  readonly name: string;
  readonly holds: boolean;
}

/** Runs a program that must succeed, and returns what it wrote. */
export function succeed(program: string, args: readonly string[]): string {
  const run = spawnSync(program, args, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${run.stderr}`);
  return run.stdout;
}
