import { end, start } from "../../support/lab/processes.ts";
import type { Way } from "./traffic.ts";

const PORT = "5201";

/**
 * One TCP stream by iperf3, in Mbit/s as the receiver has them, so that our own tool's figures can be
 * trusted.
 */
export async function iperf({ from, to }: Way, seconds: number): Promise<number> {
  const server = start(...to.namespace.enter("iperf3", "-s", "-p", PORT, "--forceflush"), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await new Promise((resolve) => server.stdout!.once("data", resolve));
    const whole = `${Math.max(1, Math.round(seconds))}`;
    const report = await from.namespace.run("iperf3", "-c", to.address, "-p", PORT, "-t", whole, "--json");
    return JSON.parse(report).end.sum_received.bits_per_second / 1e6;
  } finally {
    await end(server, "SIGKILL");
  }
}
