import { type Chain, commentOf, type Forwarded, type Table } from "./ruleset.ts";
import { droppingChains } from "./walk.ts";

/** A chain that drops what clients send, or what comes back for them. */
export interface BlockingChain {
  readonly table: Table;
  readonly chain: Chain;
  readonly out: boolean;
  readonly back: boolean;
}

/** The chains that let no client's connection through: not its first packet, or not what answers it. */
export function blockingChains(
  tables: readonly Table[],
  packets: { readonly out: Forwarded; readonly back: Forwarded },
): readonly BlockingChain[] {
  return tables.flatMap((table) => {
    const [out, back] = [droppingChains(table, packets.out), droppingChains(table, packets.back)];
    return [...new Set([...out, ...back])].map((chain) => ({
      table,
      chain,
      out: out.includes(chain),
      back: back.includes(chain),
    }));
  });
}

/** Programs that are known by the chains or the table that they make. */
const OWNERS: readonly (readonly [name: string, owns: (table: Table) => boolean])[] = [
  ["ufw", ({ chains }) => chains.has("ufw-before-forward")],
  ["Docker", ({ name, chains }) => chains.has("DOCKER-USER") || name.startsWith("docker")],
  ["firewalld", ({ name }) => name === "firewalld"],
  ["Kubernetes", ({ chains }) => chains.has("KUBE-FORWARD")],
  ["libvirt", ({ name, chains }) => chains.has("LIBVIRT_FWI") || name === "libvirt_network"],
];

/** Who makes the table, "Docker" for example, or several of them; undefined where nobody is known by it. */
export function ownerOf(table: Table): string | undefined {
  const owners = OWNERS.filter(([, owns]) => owns(table)).map(([name]) => name);
  return owners.length === 0 ? undefined : owners.join(" and ");
}

/**
 * Where a rule of ours has effect and is least in the way: Docker keeps the chain DOCKER-USER for rules of
 * others.
 */
export function placeFor({ table, chain }: Pick<BlockingChain, "table" | "chain">): string {
  const [first] = chain.branches;
  const toUser = first?.verdict.do === "jump" && first.verdict.chain === "DOCKER-USER";
  return table.dialect !== "nft" && toUser ? "DOCKER-USER" : chain.name;
}

/** The chain with its table, as its own program calls it. */
export function nameOf({ table, chain }: Pick<BlockingChain, "table" | "chain">): string {
  const policy = chain.policy === "drop" ? ", policy drop" : "";
  const owner = ownerOf(table);
  const of = owner === undefined ? "" : ` of ${owner}`;
  if (table.dialect === "nft")
    return `the nft chain ${chain.name} in table ${table.family} ${table.name}${of} (hook forward${policy})`;
  return `the iptables chain ${chain.name}${of} (${table.dialect}${policy})`;
}

/** The commands that let the clients' connections through, as somebody types them. */
function acceptCommands(blocking: BlockingChain, tunnel: string): readonly string[] {
  const { table } = blocking;
  const place = placeFor(blocking);
  if (table.dialect === "nft") {
    const insert = `nft insert rule ${table.family} ${table.name} ${place}`;
    return [
      `${insert} iifname ${tunnel} accept`,
      `${insert} oifname ${tunnel} ct state established,related accept`,
    ];
  }
  return [
    `${table.dialect} -I ${place} -i ${tunnel} -j ACCEPT`,
    `${table.dialect} -I ${place} -o ${tunnel} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
  ];
}

/** A call of a program. */
interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

/** The same with our comment, as calls. `lockWait`: seconds that iptables waits for its lock. */
export function acceptRules(blocking: BlockingChain, tunnel: string, lockWait: string): readonly Call[] {
  const { table } = blocking;
  const place = placeFor(blocking);
  const comment = commentOf(tunnel);
  if (table.dialect === "nft") {
    const insert = `insert rule ${table.family} ${table.name} ${place}`;
    const input =
      `${insert} oifname "${tunnel}" ct state established,related counter accept comment "${comment}"\n` +
      `${insert} iifname "${tunnel}" counter accept comment "${comment}"\n`;
    return [{ program: "nft", args: ["-f", "-"], input }];
  }
  return [
    ["-o", tunnel, "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED"],
    ["-i", tunnel],
  ].map((words) => ({
    program: table.dialect,
    args: [
      ...["-w", lockWait, "-I", place],
      ...words,
      ...["-m", "comment", "--comment", comment, "-j", "ACCEPT"],
    ],
    input: "",
  }));
}

/**
 * What an administrator of that program would do about it, which outlives a restart of the program where that
 * is possible.
 */
export function remedyFor(blocking: BlockingChain, tunnel: string): string {
  const owner = ownerOf(blocking.table) ?? "";
  const typed = acceptCommands(blocking, tunnel)
    .map((command) => `\`${command}\``)
    .join(" and ");
  if (owner.startsWith("ufw")) return `\`ufw route allow in on ${tunnel}\``;
  if (owner === "firewalld")
    return `\`firewall-cmd --permanent --zone=trusted --add-interface=${tunnel} && firewall-cmd --reload\``;
  return typed;
}
