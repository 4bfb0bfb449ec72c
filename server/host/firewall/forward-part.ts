import type { Config } from "../../config/config-types.ts";
import { poolNetworks } from "../../config/networks.ts";
import type { Clock } from "../../platform/clock.ts";
import { isSystemError } from "../../platform/native/addon.ts";
import { nftGeneration } from "../../platform/nft-state.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis } from "../../wire/units.ts";
import type { HostPart } from "../host-part.ts";
import { LEGACY_EVERY, RULES_EVERY } from "../limits.ts";
import { uplinks } from "../switch-parts.ts";
import { acceptIn, hasLegacyFilter, readForwardTables, removeOwn } from "./firewall-tables.ts";
import { type BlockingChain, blockingChains, nameOf, remedyFor } from "./forward-judge.ts";
import type { Table } from "./ruleset.ts";

/** What the configuration says of clients' packets that this host forwards. */
export interface ForwardSettings {
  readonly tunnel: string;
  /** An address of the pools, for rules that ask for the source. */
  readonly client: Ipv4;
  /** `nat.accept_forward`: rules of ours go into chains that drop. */
  readonly accept: boolean;
}

export const forwardSettings = (config: Config): ForwardSettings => ({
  tunnel: config.tunnel.interface,
  client: poolNetworks(config)[0]!.address,
  accept: config.nat.acceptForward,
});

/**
 * The chains of the host's firewall that drop what clients send to others, or what comes back. Starts
 * programs, changes nothing.
 */
export async function blockedForward(
  { tunnel, client }: ForwardSettings,
  tables?: readonly Table[],
): Promise<readonly BlockingChain[]> {
  const [uplink] = uplinks(tunnel);
  return blockingChains(tables ?? (await readForwardTables(tunnel)), {
    out: { in: tunnel, out: uplink, source: client, destination: undefined, state: "new" },
    back: { in: uplink, out: tunnel, source: undefined, destination: client, state: "established" },
  });
}

/** What is wrong with them, and what to do, for `check`, greeting and status. */
export function blockedSentence(blocking: readonly BlockingChain[]): string {
  const [first] = blocking;
  if (first === undefined) return "";
  const names = blocking.map(nameOf).join(" and ");
  const what = blocking.some(({ out }) => out)
    ? "what clients send to other hosts"
    : "what comes back for clients";
  return `${names[0]!.toUpperCase()}${names.slice(1)} ${blocking.length === 1 ? "drops" : "drop"} ${what}: they reach this host alone.`;
}

export const blockedRemedy = (blocking: readonly BlockingChain[], tunnel: string): string => {
  const commands = blocking.map((one) => remedyFor(one, tunnel)).join(", and ");
  return `Let them through: ${commands}; or set accept_forward = true under [nat], and pacd does.`;
};

/**
 * The forward chains of the host's firewall. They are read, by the firewalls' own programs, when the number
 * of the rules has changed; those of iptables-legacy, which has no number, from time to time.
 */
export class ForwardPart implements HostPart {
  readonly name = "forward-accept";
  readonly subject = "";
  readonly code = "forward-blocked";
  readonly putBack: (() => Promise<void>) | undefined;
  readonly #settings: ForwardSettings;
  readonly #clock: Pick<Clock, "now">;
  #blocking: readonly BlockingChain[] = [];
  #tables: readonly Table[] = [];
  #readAt: Millis | undefined;
  /** What the rules were like when they were last read. */
  #mark = "";
  #reading: Promise<void> | undefined;
  /** Why the rules could not be read, to be thrown by the next look. */
  #failure: unknown;

  constructor(settings: ForwardSettings, clock: Pick<Clock, "now">) {
    this.#settings = settings;
    this.#clock = clock;
    this.putBack = settings.accept ? () => this.#accept() : undefined;
  }

  get remedy(): string {
    return this.#settings.accept
      ? "Let the clients through in the firewall that has this chain."
      : blockedRemedy(this.#blocking, this.#settings.tunnel);
  }

  /** For the greeting: what is wrong and what to do, or that pacd does it. */
  notes(): readonly string[] {
    if (this.#blocking.length === 0) return [];
    const next = this.#settings.accept ? "pacd puts accept rules there ([nat] accept_forward)." : this.remedy;
    return [`${blockedSentence(this.#blocking)} ${next}`];
  }

  problem(): string | undefined {
    if (this.#isDue()) void this.read();
    if (this.#failure !== undefined) throw this.#failure;
    return this.#blocking.length === 0 ? undefined : blockedSentence(this.#blocking);
  }

  /** Reads the rules now; resolves when it is known what they do. */
  read(): Promise<void> {
    this.#reading ??= this.#read()
      .then(
        () => {
          this.#failure = undefined;
        },
        (error: unknown) => {
          this.#failure = error;
        },
      )
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** Removes the rules of ours. */
  async close(): Promise<void> {
    await this.#reading;
    if (this.#settings.accept) await removeOwn(await readForwardTables(this.#settings.tunnel));
  }

  #isDue(): boolean {
    if (this.#reading !== undefined) return false;
    if (this.#readAt === undefined) return true;
    const since = this.#clock.now() - this.#readAt;
    if (since < RULES_EVERY) return false;
    return this.#mark !== mark(this.#settings.tunnel) || (hasLegacyFilter() && since >= LEGACY_EVERY);
  }

  async #read(): Promise<void> {
    this.#readAt = this.#clock.now();
    this.#mark = mark(this.#settings.tunnel);
    this.#tables = await readForwardTables(this.#settings.tunnel);
    // Left behind by one that was killed, and no longer wanted.
    if (!this.#settings.accept) await removeOwn(this.#tables);
    this.#blocking = await blockedForward(this.#settings, this.#tables);
  }

  async #accept(): Promise<void> {
    for (const blocking of this.#blocking) await acceptIn(blocking, this.#settings.tunnel);
    await this.#reading;
    await this.read();
  }
}

/** Changes with the rules, and with where the default route leads. */
const mark = (tunnel: string): string => `${generation()} ${hasLegacyFilter()} ${uplinks(tunnel).join(" ")}`;

/** None where the kernel has no nf_tables. */
function generation(): number | undefined {
  try {
    return nftGeneration();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
