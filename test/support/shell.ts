import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the launchers. */
export const BIN = fileURLToPath(new URL("../../bin", import.meta.url));

/** What a script said, standard error behind standard output, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** Runs a script of POSIX sh. Nothing of this process's environment reaches it but the PATH. */
export function sh(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Ended {
  const run = spawnSync("/bin/sh", ["-c", script, "sh", ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...env },
  });
  return { status: run.status, said: run.stdout + run.stderr };
}

/** What every Debian has, however bare. */
const BARE =
  "sh cat cp cksum date df dirname env flock getconf grep head id ls mkdir mktemp mv readlink rm sed stat uname";

/** Makes `folder` a PATH of a bare host, with these programs of this one besides. */
export function bareHost(folder: string, ...programs: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const program of [...BARE.split(" "), ...programs])
    symlinkSync(whereIs(program), join(folder, program));
}

/** Puts a program of the test's own, in sh, into a folder. */
export function writeProgram(folder: string, name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

function whereIs(program: string): string {
  for (const folder of (process.env["PATH"] ?? "").split(":")) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      // in another folder
    }
  }
  throw new Error(`${program} is not in the PATH`);
}
