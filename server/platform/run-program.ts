import { spawn } from "node:child_process";
import { type Millis, seconds } from "../wire/units.ts";
import { systemClock } from "./clock.ts";

/** Ours: a system tool that takes longer than this hangs. */
const TIMEOUT: Millis = seconds(10);

/** Ours: what we keep of a tool's complaints, and of what it says besides. */
const [MAX_COMPLAINT, MAX_OUTPUT] = [4096, 64 * 1024];

export type ProgramResult =
  | { readonly ran: false; readonly reason: "missing" | "not-executable" }
  | {
      readonly ran: true /** null when a signal ended it. */;
      readonly code: number | null;
      readonly stdout: string;
      readonly stderr: string;
    };

/**
 * Runs a system tool with `input` on its standard input, in the C locale. Looks into /usr/sbin and /sbin as
 * well, which `su` leaves out of the path. Never throws for what the tool does or lacks.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  input: string,
  maxOutput = MAX_OUTPUT,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, LC_ALL: "C", PATH: searchPath() },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // Not spawn's own timeout: where there is no such program, that keeps the process alive until it passes.
    const cancel = systemClock.after(TIMEOUT, () => child.kill("SIGKILL"));
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout = (stdout + text).slice(0, maxOutput);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(0, MAX_COMPLAINT);
    });
    // The tool may end without reading everything (EPIPE); its exit code says enough.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.once("error", (error: NodeJS.ErrnoException) => {
      cancel();
      resolve({ ran: false, reason: error.code === "ENOENT" ? "missing" : "not-executable" });
    });
    child.once("close", (code) => {
      cancel();
      resolve({ ran: true, code, stdout, stderr });
    });
  });
}

const searchPath = (): string => `${process.env["PATH"] ?? "/usr/bin:/bin"}:/usr/sbin:/sbin`;
