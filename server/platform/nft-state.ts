import { isSystemError } from "./native/addon.ts";
import { ask, NETLINK, type NetlinkAnswer, REQUEST, text } from "./netlink.ts";

// include/uapi/linux/netfilter/nf_tables.h, nfnetlink.h, netfilter.h.
const SUBSYSTEM = 10 << 8;
const GET_TABLE = SUBSYSTEM | 1;
const GET_CHAIN = SUBSYSTEM | 4;
const GET_RULE = SUBSYSTEM | 7;
const GET_GENERATION = SUBSYSTEM | 16;
const INET = 1;
const ANY = 0;
const TABLE = { name: 1, flags: 2, use: 3, handle: 4 } as const;
const CHAIN = { table: 1, handle: 2, name: 3, hook: 4, policy: 5, use: 6, type: 7, flags: 10 } as const;
const RULE = { table: 1, chain: 2, handle: 3 } as const;
const GENERATION = 1;

/**
 * The number of the rules that hold now: each change of any table in this network namespace makes it another.
 * Throws the kernel's error, as where there are no nf_tables.
 */
export function nftGeneration(): number {
  const [answer] = ask(NETLINK.netfilter, {
    type: GET_GENERATION,
    flags: REQUEST.one,
    header: header(ANY),
  });
  return answer?.attributes.get(GENERATION)?.readUInt32BE(0) ?? 0;
}

/**
 * What a table of the family inet holds, as a text that is the same as long as nobody has changed it: its
 * chains of these names with hooks and policies, how many others there are, and each rule by its handle,
 * which no other rule gets. What rules have counted is left out. Undefined where there is no such table.
 * Throws the kernel's error.
 */
export function tablePrint(table: string, chains: readonly string[]): string | undefined {
  const named = text(table);
  const [own] = found(() =>
    ask(NETLINK.netfilter, {
      type: GET_TABLE,
      flags: REQUEST.one,
      header: header(INET),
      attributes: [[TABLE.name, named]],
    }),
  );
  if (own === undefined) return undefined;
  const hooks = chains.map((chain) => {
    const [answer] = found(() =>
      ask(NETLINK.netfilter, {
        type: GET_CHAIN,
        flags: REQUEST.one,
        header: header(INET),
        attributes: [
          [CHAIN.table, named],
          [CHAIN.name, text(chain)],
        ],
      }),
    );
    const { handle, hook, policy, type, flags } = CHAIN;
    return answer === undefined ? "no chain" : print(answer, [handle, hook, policy, type, flags]);
  });
  const rules = found(() =>
    ask(NETLINK.netfilter, {
      type: GET_RULE,
      flags: REQUEST.dump,
      header: header(INET),
      attributes: [[RULE.table, named]],
    }),
  )
    .filter(({ attributes }) => attributes.get(RULE.table)?.equals(named))
    .map((rule) => print(rule, [RULE.chain, RULE.handle]));
  return [print(own, [TABLE.flags, TABLE.use, TABLE.handle]), ...hooks, ...rules].join("\n");
}

/** Some attributes of an answer. */
const print = ({ attributes }: NetlinkAnswer, wanted: readonly number[]): string =>
  wanted.map((number) => attributes.get(number)?.toString("hex") ?? "-").join(" ");

/** Nothing where the kernel knows no such table or chain. */
function found(question: () => readonly NetlinkAnswer[]): readonly NetlinkAnswer[] {
  try {
    return question();
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") return [];
    throw error;
  }
}

/** struct nfgenmsg. */
const header = (family: number): Uint8Array => Uint8Array.of(family, 0, 0, 0);
