#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import pkg from "../package.json" with { type: "json" };
import { openCapture } from "./capture/input.ts";
import { unpacked } from "./capture/packed.ts";
import { systemHost } from "./client/host.ts";
import { createFile } from "./output-file.ts";
import { run } from "./run.ts";

// A reader that closes the pipe early, such as head, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  fetch: (url, init) => fetch(url, init),
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
  stdin: () => text(process.stdin),
  readFile: (path) => readFile(path, "utf8"),
  openCapture,
  stdinCapture: { chunks: unpacked(process.stdin), size: undefined },
  createFile,
  screen: { columns: process.stdout.columns, errIsTerminal: process.stderr.isTTY },
  now: () => new Date(),
  host: systemHost,
  onInterrupt: (task) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, task);
  },
  version: pkg.version,
});
