import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "./lab.ts";
import { run } from "./processes.ts";

/** Wireshark's expert severity "Warning"; errors and malformed packets stand above it. */
const WARNING = 0x600000;

/**
 * What Wireshark's dissectors can't read of a capture, or warn of; empty where there is nothing. That
 * pptp-linux resets its TCP connection in the end, and what TCP repeats because the guest is slow, is between
 * the kernels.
 */
export async function complaints(lab: Lab, capture: Uint8Array): Promise<string> {
  const file = join(lab.folder, "complaints.pcap");
  writeFileSync(file, capture);
  const filter = `_ws.malformed || (_ws.expert.severity >= ${WARNING} && !(tcp.flags.reset == 1) && !tcp.analysis.flags)`;
  return run("tshark", "-r", file, "-Y", filter);
}
