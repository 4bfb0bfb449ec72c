import { constants } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { installation } from "../server/installation/installation.ts";
import { httpRequest } from "../server/platform/http-request.ts";
import { canConnect } from "../server/platform/local-connection.ts";
import { pause } from "../server/platform/pause.ts";
import { watchReader } from "../server/platform/reader-watch.ts";
import { writePrivateFile } from "../server/platform/state-files.ts";
import { openCapture } from "./capture/input.ts";
import { unpacked } from "./capture/packed.ts";
import { systemHost } from "./client/host.ts";
import { EXIT } from "./exit-codes.ts";
import { readInput } from "./input-file.ts";
import { createFile } from "./output-file.ts";
import { createFolder } from "./output-folder.ts";
import { createPrivate } from "./private-file.ts";
import { askHidden, askLine } from "./prompt.ts";
import { run } from "./run.ts";
import { StandardOutput } from "./standard-output.ts";

const output = new StandardOutput(process.stdout, {
  now: () => performance.now(),
  watch: watchReader,
  failed(error) {
    process.stderr.write(`pacctl: Standard output cannot be written: ${error.message}.\n`);
    process.exit(EXIT.usage);
  },
});

// Where standard error goes to the same head, there is nobody left to tell.
process.stderr.on("error", () => {});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  fetch: httpRequest,
  canConnect,
  out: (words) => output.write(words),
  pace: output,
  err: (words) => process.stderr.write(words),
  stdin: () => text(process.stdin),
  ...(process.stdin.isTTY && {
    askHidden: (question: string) =>
      askHidden(question, process.stdin, (words) => void process.stderr.write(words)),
    askLine: (question: string) => askLine(question, process.stdin, process.stderr),
  }),
  async writePrivate(path, words) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    writePrivateFile(path, words);
  },
  createPrivate,
  readInput: (path, limit) => readInput(path, process.stdin, limit),
  readFile: (path) => readFile(path, "utf8"),
  readStateFile: (path) =>
    readFile(path, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW }),
  openCapture,
  stdinCapture: { chunks: unpacked(process.stdin), size: undefined, close: () => process.stdin.destroy() },
  createFile,
  createFolder,
  screen: { columns: process.stdout.columns, errIsTerminal: process.stderr.isTTY },
  now: () => new Date(),
  pause,
  host: systemHost,
  onInterrupt: (task) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, task);
  },
  version: installation.version,
});
