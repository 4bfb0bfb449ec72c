import { readFileSync } from "node:fs";
import { type ProgramResult, runProgram } from "../../platform/run-program.ts";
import { acceptRules, type BlockingChain } from "./forward-judge.ts";
import { readIptablesSave } from "./iptables-save.ts";
import { forwardTables, readNftTable } from "./nft-json.ts";
import type { Table } from "./ruleset.ts";

/**
 * Ours: octets of one table. Whoever has more rules than that keeps them in a program that knows what they
 * do.
 */
const MAX_TABLE = 4 * 1024 * 1024;

/** Seconds that iptables waits for another one that is at work. */
const LOCK_WAIT = "5";

type Run = typeof runProgram;

/**
 * The tables through which forwarded IPv4 packets pass, as nft, iptables-nft and iptables-legacy know them;
 * those of which the program is missing or refuses are left out. Changes nothing. `tunnel`: whose rules are
 * ours.
 */
export async function readForwardTables(tunnel: string, run: Run = runProgram): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const { family, name } of forwardTables(await output(run, "nft", ["-j", "list", "chains"]))) {
    const byIptables = family === "ip" && name === "filter" ? await readIptables(tunnel, run) : undefined;
    const table =
      byIptables ?? readNftTable(await output(run, "nft", ["-j", "list", "table", family, name]), tunnel);
    if (table !== undefined) tables.push(table);
  }
  if (hasLegacyFilter()) {
    const text = await output(run, "iptables-legacy-save", ["-t", "filter"]);
    if (text !== "") tables.push(readIptablesSave(text, "iptables-legacy", tunnel));
  }
  return tables;
}

/** Undefined where that table is not iptables' own, or there is no iptables-nft. */
async function readIptables(tunnel: string, run: Run): Promise<Table | undefined> {
  const text = await output(run, "iptables-nft-save", ["-t", "filter"]);
  const table = readIptablesSave(text, "iptables-nft", tunnel);
  return table.chains.has("FORWARD") ? table : undefined;
}

/**
 * Is the old iptables in use? To ask it would bring it into the kernel. A pacd that is not root may not read
 * the list of its tables; then the list of modules tells, where the kernel has it as one.
 */
export function hasLegacyFilter(read = (path: string) => readFileSync(path, "utf8")): boolean {
  const lines = (path: string) => read(path).split("\n");
  try {
    return lines("/proc/self/net/ip_tables_names").includes("filter");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") return false;
  }
  try {
    return lines("/proc/modules").some((line) => line.startsWith("iptable_filter "));
  } catch {
    return false;
  }
}

/** Puts rules of ours first in that chain. Rejects where that is refused. */
export async function acceptIn(
  blocking: BlockingChain,
  tunnel: string,
  run: Run = runProgram,
): Promise<void> {
  await removeOwn([blocking.table], run);
  // Each goes before the others: the last one is the first then.
  for (const { program, args, input } of acceptRules(blocking, tunnel, LOCK_WAIT))
    demand(program, await run(program, args, input));
}

/**
 * Removes rules of ours. Rejects where that is refused; what somebody else has removed meanwhile is no
 * matter.
 */
export async function removeOwn(tables: readonly Table[], run: Run = runProgram): Promise<void> {
  for (const { dialect, family, name, own } of tables)
    for (const { chain, words } of own)
      await (dialect === "nft"
        ? run("nft", ["delete", "rule", family, name, chain, ...words], "")
        : run(dialect, ["-w", LOCK_WAIT, "-D", chain, ...words], ""));
}

async function output(run: Run, program: string, args: readonly string[]): Promise<string> {
  const result = await run(program, args, "", MAX_TABLE);
  return result.ran && result.code === 0 ? result.stdout : "";
}

function demand(program: string, result: ProgramResult): void {
  if (!result.ran) throw new Error(`the program ${program} is missing or cannot be executed`);
  if (result.code !== 0)
    throw new Error(result.stderr.trim().split("\n")[0] || `${program} failed without a word`);
}
