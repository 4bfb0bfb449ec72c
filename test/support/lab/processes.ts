import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What a program left behind. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a short program to its end; throws with its output when it fails. */
export async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { maxBuffer: 64 << 20 });
  return stdout;
}

/** As `run`, for programs that may fail. Output holds both streams. */
export async function attempt(program: string, ...args: readonly string[]): Promise<Outcome> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 128));
  });
  return { code, output };
}

/** A program that runs beside the test. It dies with this process, even when that is killed. */
export function start(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], options);
  child.on("error", (error) => {
    throw error;
  });
  return child;
}

/** Resolves with the exit status (128 and more for a signal) when a process started here is gone. */
export function ended(child: ChildProcess): Promise<number> {
  const status = () => child.exitCode ?? 128;
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(status());
  return new Promise((resolve) => child.once("exit", () => resolve(status())));
}

/** Sends a signal to a process started here, if it still runs, and waits for its end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended(child);
}
