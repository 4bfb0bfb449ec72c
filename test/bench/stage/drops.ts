import type { Namespace } from "../../support/lab/namespace.ts";
import type { Client } from "./network.ts";
import type { Pacd } from "./pacd.ts";
import type { Stage } from "./stage.ts";

/** Packets that were lost, by the place that counts them. */
export type Drops = Readonly<Record<string, number>>;

/** Ends what pacd has from the kernel, which is asked below: such a packet is lost once. */
const OF_THE_KERNEL = "-overflow";

/** Everywhere on the road of a tunnel where the kernel or pacd counts what it loses, since ever. */
export async function countDrops(stage: Stage, client: Client, pacd: Pacd): Promise<Drops> {
  const { drops } = await pacd.api("GET", "/api/v1/status");
  const ofPacd = Object.entries(drops as Drops)
    .filter(([reason]) => !reason.endsWith(OF_THE_KERNEL))
    .map(([reason, count]) => [`pacd's ${reason}`, count] as const);
  return {
    ...Object.fromEntries(ofPacd),
    ...(await ofNamespace("client", client.namespace)),
    ...(await ofNamespace("host", stage.network.host)),
  };
}

export const dropsBetween = (before: Drops, after: Drops): Drops =>
  Object.fromEntries(Object.entries(after).map(([where, count]) => [where, count - (before[where] ?? 0)]));

/** "5,055 at the client's vpn0 tx", or "nothing". */
export const dropsInWords = (drops: Drops): string =>
  Object.entries(drops)
    .filter(([, count]) => count !== 0)
    .map(([where, count]) => `${count.toLocaleString("en-US")} at ${where}`)
    .join(", ") || "nothing";

/**
 * Interfaces (a TUN whose queue is full counts under tx) and raw sockets. UDP sockets are asked by their
 * owners.
 */
async function ofNamespace(side: string, namespace: Namespace): Promise<Drops> {
  const found: Record<string, number> = {};
  for (const { ifname, stats64 } of JSON.parse(await namespace.ip("-s -j link show")))
    for (const way of ["rx", "tx"] as const)
      found[`the ${side}'s ${ifname} ${way}`] = stats64[way].dropped + stats64[way].errors;
  const raw = (await namespace.run("cat", "/proc/net/raw")).trim().split("\n").slice(1);
  found[`the ${side}'s raw sockets`] = raw.reduce(
    (sum, line) => sum + Number(line.trim().split(/\s+/).at(-1)),
    0,
  );
  return found;
}
