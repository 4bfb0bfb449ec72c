import { AppError } from "../errors/app-error.ts";
import { assertInterfaceName } from "../wire/interface-name.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import { type ProgramResult, runProgram } from "./run-program.ts";

/**
 * The table of the instance whose interface this is; nothing of another program stands in it, so it is
 * replaced and removed whole. Whatever may be in an interface's name may be in a table's.
 */
export function tableOf(name: string): string {
  assertInterfaceName(name);
  return `inet pacd_${name}`;
}

const CLIENTS_OUT = "clients_out";

/** The chains of our table. */
export const CHAINS: readonly string[] = [CLIENTS_OUT];

/** The one table of a pacd that was the only one of its host: up to version 0.1. */
const FORMER_TABLE = "inet pacd";

/** `delete` alone fails where there is no table; after `add` there always is one. */
const removeScript = (table: string): string => `add table ${table}\ndelete table ${table}\n`;

export interface Masquerade {
  /** The tunnel's interface: what goes back into it is left alone. */
  readonly interface: string;
  /** The pools' networks. */
  readonly networks: readonly Ipv4Network[];
}

/**
 * The script that replaces whatever stands in our table, stale rules of a killed process included, in one
 * transaction: packets of the clients that leave by any other interface carry that interface's address.
 */
export function masqueradeScript(masquerade: Masquerade): string {
  const table = tableOf(masquerade.interface);
  // One rule each and no set: networks that overlap would be refused in one.
  const rules = masquerade.networks.map(
    (network) =>
      `    ip saddr ${formatNetwork(network)} oifname != "${masquerade.interface}" counter masquerade\n`,
  );
  return (
    removeScript(table) +
    `table ${table} {\n` +
    `  chain ${CLIENTS_OUT} {\n` +
    `    type nat hook postrouting priority srcnat; policy accept;\n` +
    `${rules.join("")}${OUTSIDE_THE_POOLS(masquerade.interface)}  }\n}\n`
  );
}

/**
 * For a user whose static address lies outside the pools. Only Linux 5.7 and later match the incoming
 * interface here; on older ones such a client is not masqueraded.
 */
const OUTSIDE_THE_POOLS = (name: string): string =>
  `    iifname "${name}" oifname != "${name}" counter masquerade\n`;

/**
 * Puts the rules in place. Throws host-no-nft where nft is missing, host-nat-refused where it or the kernel
 * refuses.
 */
export async function applyMasquerade(masquerade: Masquerade, program = "nft"): Promise<void> {
  await nft(program, ["-f", "-"], masqueradeScript(masquerade));
}

/** Removes the table of that interface; harmless when there is none. Throws as `applyMasquerade` does. */
export async function removeMasquerade(name: string, program = "nft"): Promise<void> {
  await nft(program, ["-f", "-"], removeScript(tableOf(name)));
}

/**
 * Removes what an earlier version, which had one name for every table, has left for this interface when it
 * was killed. The table of one that runs names another interface, and stays. Harmless where there is none;
 * throws as `applyMasquerade` does.
 */
export async function removeFormerTable(name: string, program = "nft"): Promise<void> {
  const listed = await runProgram(program, ["list", "table", ...FORMER_TABLE.split(" ")], "");
  if (!listed.ran || listed.code !== 0 || !listed.stdout.includes(`oifname != "${name}"`)) return;
  await nft(program, ["-f", "-"], removeScript(FORMER_TABLE));
}

/** Has nft and the kernel check such rules without applying them. Throws as `applyMasquerade` does. */
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
