import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Namespace } from "../../support/lab/namespace.ts";
import { run } from "../../support/lab/processes.ts";
import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import { type Tunnel, tunnelBetween } from "./tunnel.ts";

/** Inner addresses of host and client. */
const HOST = "10.79.0.1";
const CLIENT = "10.79.0.2";

const PORT = "51820";

/** As wg-quick has it over Ethernet: 1500 less IPv6, UDP and WireGuard's own headers. */
const MTU = 1420;

/**
 * /run, where its socket lies, is its own: `ip netns exec` has given it a mount namespace. In the foreground
 * (-f) it does not mind a kernel that has WireGuard itself.
 */
const PROGRAM = "mount -t tmpfs tmpfs /run && exec wireguard-go -f wg0";

/** Both ends of a WireGuard tunnel by wireguard-go. */
export async function wireguard(stage: Stage, client: Client): Promise<Tunnel> {
  const [ours, theirs] = [keys(stage, "host"), keys(stage, "client")];
  await device(stage, stage.network.host, HOST, [
    ...["listen-port", PORT, "private-key", ours.file],
    ...["peer", theirs.public, "allowed-ips", `${CLIENT}/32`],
  ]);
  await device(stage, client.namespace, CLIENT, [
    ...["private-key", theirs.file],
    ...["peer", ours.public, "allowed-ips", `${HOST}/32`, "endpoint", `${client.host}:${PORT}`],
  ]);
  return tunnelBetween(stage, client, { host: HOST, client: CLIENT }, MTU);
}

async function device(
  stage: Stage,
  namespace: Namespace,
  address: string,
  settings: readonly string[],
): Promise<void> {
  const { process: device } = await stage.run(namespace, ["sh", "-c", PROGRAM], /UAPI listener started/, "", {
    LOG_LEVEL: "verbose",
  });
  await run("nsenter", "--target", `${device.pid}`, "--mount", "--net", "wg", "set", "wg0", ...settings);
  await namespace.ip(`addr add ${address}/24 dev wg0`);
  await namespace.ip(`link set wg0 mtu ${MTU} up`);
}

function keys(stage: Stage, name: string) {
  const file = join(stage.folder, `wg-${name}.key`);
  const secret = execFileSync("wg", ["genkey"]);
  writeFileSync(file, secret, { mode: 0o600 });
  return { file, public: execFileSync("wg", ["pubkey"], { input: secret }).toString().trim() };
}
