import { AppError } from "../errors/app-error.ts";
import { assertInterfaceName } from "../wire/interface-name.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import { type ProgramResult, runProgram } from "./run-program.ts";

/** Our own table; nothing of another program stands in it, so it is replaced and removed whole. */
const TABLE = "inet pacd";

/** `delete` alone fails where there is no table; after `add` there always is one. */
const REMOVE_SCRIPT = `add table ${TABLE}\ndelete table ${TABLE}\n`;

export interface Masquerade {
  /** The tunnel's interface: what goes back into it is left alone. */
  readonly interface: string;
  /** The clients' networks. */
  readonly networks: readonly Ipv4Network[];
}

/**
 * The script that replaces whatever stands in our table, stale rules of a killed process included, in one transaction:
 * packets of the clients that leave by any other interface carry that interface's address.
 */
export function masqueradeScript(masquerade: Masquerade): string {
  assertInterfaceName(masquerade.interface);
  // One rule each and no set: networks that overlap would be refused in one.
  const rules = masquerade.networks.map(
    (network) =>
      `    ip saddr ${formatNetwork(network)} oifname != "${masquerade.interface}" counter masquerade\n`,
  );
  return (
    REMOVE_SCRIPT +
    `table ${TABLE} {\n` +
    `  chain clients_out {\n` +
    `    type nat hook postrouting priority srcnat; policy accept;\n` +
    `${rules.join("")}  }\n}\n`
  );
}

/** Puts the rules in place. Throws host-no-nft where nft is missing, host-nat-refused where it or the kernel refuses. */
export async function applyMasquerade(masquerade: Masquerade, program = "nft"): Promise<void> {
  await nft(program, ["-f", "-"], masqueradeScript(masquerade));
}

/** Removes our table; harmless when there is none. Throws as `applyMasquerade` does. */
export async function removeMasquerade(program = "nft"): Promise<void> {
  await nft(program, ["-f", "-"], REMOVE_SCRIPT);
}

/** Lets nft and the kernel judge such rules without applying them. Throws as `applyMasquerade` does. */
export async function tryMasquerade(masquerade: Masquerade, program = "nft"): Promise<void> {
  await nft(program, ["--check", "-f", "-"], masqueradeScript(masquerade));
}

async function nft(program: string, args: readonly string[], script: string): Promise<void> {
  const fault = nftFault(await runProgram(program, args, script));
  if (fault !== undefined) throw fault;
}

function nftFault(result: ProgramResult): AppError | undefined {
  if (!result.ran) {
    const state = result.reason === "missing" ? "is missing" : "cannot be executed";
    return new AppError(
      "host-no-nft",
      `The program nft ${state}, so clients cannot be masqueraded: run \`apt-get install nftables\`, or set nat.mode = "off".`,
    );
  }
  if (result.code === 0) return undefined;
  const complaint =
    result.code === null ? "it did not end" : result.stderr.trim().split("\n")[0] || "no reason given";
  return new AppError(
    "host-nat-refused",
    `nft cannot set up masquerading (${complaint}): pacd needs root and a kernel with nftables NAT, or set nat.mode = "off".`,
  );
}
