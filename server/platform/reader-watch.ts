import { type ChildProcess, spawn } from "node:child_process";
import { fstatSync } from "node:fs";

/**
 * Calls back once nobody reads the pipe any more that is open for writing here. Writing would tell as well,
 * but there may be nothing to write for minutes, and Node has no poll(2).
 *
 * GNU tail has: following a file, it ends by SIGPIPE as soon as its output has no reader. Where there is no
 * such tail, nobody calls back. It ends with this process, however that ends.
 */
export function watchReader(fd: number, gone: () => void): void {
  let tail: ChildProcess;
  try {
    const output = fstatSync(fd);
    if (!output.isFIFO() && !output.isSocket()) return;
    tail = spawn("tail", ["-n", "0", "-f", `--pid=${process.pid}`, import.meta.filename], {
      stdio: ["ignore", fd, "ignore"],
    });
  } catch {
    return;
  }
  const end = () => tail.kill("SIGKILL");
  process.once("exit", end);
  tail.on("error", () => {});
  tail.on("exit", (_, signal) => {
    process.off("exit", end);
    if (signal === "SIGPIPE") gone();
  });
  tail.unref();
}
