import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { User } from "../../store/store-types.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import type { Octets } from "../../wire/units.ts";
import type { DialRecord } from "../records/dial-record.ts";

/** A session that is up, as the admin API shows it. */
export interface LiveSession {
  readonly id: string;
  readonly attemptId: string;
  readonly userId: string;
  /** The name that the user has now. */
  readonly user: string;
  /** Where the client dialled from. */
  readonly clientAddress: string;
  readonly assignedAddress: string;
  /** Name of the pool that the address is of; null: it is the user's own. */
  readonly pool: string | null;
  /** The group that the user is in now; null: none. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly connectedAt: string;
  /** How long it has been up, by the monotonic clock. */
  readonly durationSeconds: number;
  /** "mppe-128-stateless" and the like, or "none". */
  readonly encryption: string;
  readonly mtu: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  /** When the last inner packet passed; null for never. */
  readonly lastActivity: string | null;
}

/** A call whose session is up, with what holds for it now: LCP negotiated anew may change it. */
export interface ShownCall {
  readonly record: Pick<DialRecord, "sessionId" | "attemptId" | "clientAddress" | "connectedAt" | "lasted">;
  readonly user: User | undefined;
  readonly address: Ipv4 | undefined;
  readonly pool: string | null;
  readonly mtu: Octets;
  readonly encryption: LinkEncryption;
}

/** The session of a call with its counters as they stand now. */
export function liveSession(call: ShownCall, counters: TunnelCounters): LiveSession {
  const { record, user, address, pool, mtu, encryption } = call;
  const { sessionId, attemptId, clientAddress, connectedAt, lasted } = record;
  if (user === undefined || address === undefined || connectedAt === undefined)
    throw new Error("a session is shown that is not up");
  const { rxBytes, txBytes, rxPackets, txPackets, lastActivity } = counters;
  return {
    id: sessionId,
    attemptId,
    userId: user.id,
    user: user.name,
    clientAddress,
    assignedAddress: formatIpv4(address),
    pool,
    groupId: user.group?.id ?? null,
    groupName: user.group?.name ?? null,
    connectedAt: connectedAt.toISOString(),
    durationSeconds: Math.floor((lasted ?? 0) / 1000),
    encryption,
    mtu,
    rxBytes,
    txBytes,
    rxPackets,
    txPackets,
    lastActivity: lastActivity === 0 ? null : new Date(lastActivity).toISOString(),
  };
}
