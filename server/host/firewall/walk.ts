import type { Chain, Forwarded, Table } from "./ruleset.ts";

/**
 * Ours: chains that jump to each other deeper than the kernel allows (NFT_JUMP_STACK_SIZE is 16) are not
 * followed.
 */
const MAX_DEPTH = 16;

/** What may become of a packet. */
interface Outcomes {
  accepted: boolean;
  dropped: boolean;
  /** It came to the end of the chain, or a rule said return. */
  through: boolean;
}

/**
 * The chains of a table through which a forwarded packet passes and of which one drops it for certain: no
 * rule that may fit it accepts it. Where rules speak of what is not known here (marks, ports, limits),
 * nothing is certain, and nothing is said.
 */
export function droppingChains(table: Table, packet: Forwarded): readonly Chain[] {
  return [...table.chains.values()].filter((chain) => {
    if (chain.policy === undefined) return false;
    const { accepted, dropped, through } = walk(table, chain, packet, 0);
    const passes = accepted || (through && chain.policy === "accept");
    return !passes && (dropped || through);
  });
}

function walk(table: Table, chain: Chain, packet: Forwarded, depth: number): Outcomes {
  const outcomes: Outcomes = { accepted: false, dropped: false, through: false };
  for (const { test, verdict } of chain.branches) {
    const fit = test(packet);
    if (fit === "no") continue;
    let ends = fit === "yes";
    switch (verdict.do) {
      case "accept":
        outcomes.accepted = true;
        break;
      case "drop":
        outcomes.dropped = true;
        break;
      case "return":
        outcomes.through = true;
        break;
      case "unknown":
        outcomes.accepted = true;
        ends = false;
        break;
      case "jump":
      case "goto": {
        const target = table.chains.get(verdict.chain);
        // What cannot be followed may accept.
        const inner =
          target === undefined || depth >= MAX_DEPTH
            ? { accepted: true, dropped: false, through: true }
            : walk(table, target, packet, depth + 1);
        outcomes.accepted ||= inner.accepted;
        outcomes.dropped ||= inner.dropped;
        if (verdict.do === "goto") outcomes.through ||= inner.through;
        else ends &&= !inner.through;
        break;
      }
      default:
        verdict satisfies never;
    }
    if (ends) return outcomes;
  }
  outcomes.through = true;
  return outcomes;
}
