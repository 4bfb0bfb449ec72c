import type { LinkFigures, TunnelCounters } from "../../data-plane/data-plane.ts";
import type { SessionEnd } from "../../store/store-types.ts";
import type { ClientFacts } from "./client-identity.ts";

/** What stays of a session beside its beginning, when and why it ended. */
export function sessionEnd(
  { rxBytes, txBytes, rxPackets, txPackets, lastActivity }: TunnelCounters,
  { computerName, kind }: ClientFacts,
  link: LinkFigures | undefined,
): Omit<SessionEnd, "at" | "reason"> {
  return {
    rxBytes,
    txBytes,
    rxPackets,
    txPackets,
    lastActivity: lastActivity === 0 ? null : new Date(lastActivity).toISOString(),
    computerName,
    clientKind: kind,
    link:
      link === undefined ? null : JSON.stringify(link, (key, value) => (key === "drops" ? undefined : value)),
  };
}
