import type { ChildProcess } from "node:child_process";
import type { Namespace } from "./namespace.ts";
import { type CapturedPacket, readPcap } from "./pcap.ts";
import { end, ended, start } from "./processes.ts";

/** GRE by its number: its name stands in /etc/protocols, which a minimal Debian does not have. */
const FILTER = "tcp port 1723 or ip proto 47";

/**
 * Enough of each packet for all control messages and control frames; the end of data packets is of no
 * interest.
 */
const SNAPLEN = 320;

/** tcpdump on the clients' side of the server: the control connection and GRE. */
export class Capture {
  readonly #process: ChildProcess;
  readonly #parts: Buffer[] = [];

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.stdout!.on("data", (part: Buffer) => this.#parts.push(part));
  }

  /** Resolves when every packet from now on is recorded; of each `snaplen` octets, 0 for all. */
  static async start(namespace: Namespace, snaplen = SNAPLEN): Promise<Capture> {
    const options = ["-i", "br0", "-s", `${snaplen}`, "-B", "16384", "-U", "--immediate-mode", "-w", "-"];
    const child = start(...namespace.enter("tcpdump", ...options, FILTER), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const capture = new Capture(child);
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr!.on("data", (part: Buffer) => {
        said += part.toString();
        if (said.includes("listening on")) resolve();
      });
      void ended(child).then(() => reject(new Error(`tcpdump ended: ${said}`)));
    });
    return capture;
  }

  /** The file so far, in pcap format. */
  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  /** What has come so far. A packet may take some milliseconds from the wire to here. */
  packets(): CapturedPacket[] {
    return readPcap(this.bytes());
  }

  /** Ends it and gives all that was recorded. */
  async stop(): Promise<CapturedPacket[]> {
    const drained = new Promise((resolve) => this.#process.stdout!.once("end", resolve));
    await end(this.#process, "SIGINT");
    await drained;
    return this.packets();
  }

  async close(): Promise<void> {
    await end(this.#process, "SIGKILL");
  }
}
