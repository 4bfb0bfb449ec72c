import { closeSync, openSync, writeSync } from "node:fs";
import type { OutputFile } from "./io.ts";

/**
 * Octets that are collected before they are written: packets are small, and each write costs a system call.
 */
const COLLECTED = 256 * 1024;

/** An empty file that is written in large pieces. Throws as `node:fs` does. */
export async function createFile(path: string): Promise<OutputFile> {
  const file = openSync(path, "w", 0o600);
  const buffer = new Uint8Array(COLLECTED);
  let held = 0;
  const all = (octets: Uint8Array) => {
    for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
  };
  const flush = () => {
    all(buffer.subarray(0, held));
    held = 0;
  };
  return {
    write(octets) {
      if (held + octets.length > COLLECTED) flush();
      if (octets.length > COLLECTED) all(octets);
      else {
        buffer.set(octets, held);
        held += octets.length;
      }
    },
    async close() {
      flush();
      closeSync(file);
    },
  };
}
