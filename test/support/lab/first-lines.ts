import type { ChildProcess } from "node:child_process";
import { until } from "./until.ts";

/**
 * Resolves when a pacd serves, which the last of its first lines says. Rejects with its output where it has
 * ended.
 */
export async function firstLines(name: string, child: ChildProcess, output: () => string): Promise<void> {
  await until(
    `the first lines of ${name}`,
    () => {
      if (child.exitCode !== null) throw new Error(`${name} ended:\n${output()}`);
      return /^(Add the first user|Users): /m.test(output());
    },
    60_000,
  );
}
