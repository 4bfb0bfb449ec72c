import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { User } from "../../store/store-types.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import type { Octets } from "../../wire/units.ts";
import type { DialRecord } from "../records/dial-record.ts";

/** What a session that is up is, which changes only with its user, or when LCP is negotiated anew. */
export interface SessionFacts {
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
  /** "mppe-128-stateless" and the like, or "none". */
  readonly encryption: string;
  readonly mtu: number;
}

/** A session that is up, as the admin API shows it. */
export interface LiveSession extends SessionFacts {
  /** How long it has been up, by the monotonic clock. */
  readonly durationSeconds: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  /** When the last inner packet passed; null for never. */
  readonly lastActivity: string | null;
}

/** The same in two parts, for who looks at thousands. */
export interface SessionLook {
  /** The same object as long as all in it is the same. */
  readonly facts: SessionFacts;
  readonly durationSeconds: number;
  readonly counters: Pick<TunnelCounters, "rxBytes" | "txBytes" | "rxPackets" | "txPackets" | "lastActivity">;
}

/** One session, for who looks at it again and again; the same object as long as it is up. */
export interface SessionView {
  /** Undefined: it is up no more. */
  look(): SessionLook | undefined;
}

/** A call whose session is up, with what holds for it now: LCP negotiated anew may change it. */
export interface ShownCall {
  readonly record: Pick<DialRecord, "sessionId" | "attemptId" | "clientAddress" | "connectedAt" | "lasted">;
  readonly user: User | undefined;
  readonly address: Ipv4 | undefined;
  readonly pool: string | null;
  readonly mtu: Octets;
  readonly encryption: LinkEncryption;
  /** As they stand now; undefined: its tunnel is gone. */
  counters(): SessionLook["counters"] | undefined;
}

/** The session as it was found. */
export function liveSession({ facts, durationSeconds, counters }: SessionLook): LiveSession {
  const { rxBytes, txBytes, rxPackets, txPackets, lastActivity } = counters;
  return {
    ...facts,
    durationSeconds,
    rxBytes,
    txBytes,
    rxPackets,
    txPackets,
    lastActivity: lastActivity === 0 ? null : new Date(lastActivity).toISOString(),
  };
}

/** The session of one call, looked at. Its facts are made when something of them has changed. */
export class CallView implements SessionView {
  readonly #call: ShownCall;
  #facts: SessionFacts | undefined;
  #of: Pick<ShownCall, "user" | "address" | "pool" | "mtu" | "encryption"> | undefined;

  constructor(call: ShownCall) {
    this.#call = call;
  }

  look(): SessionLook | undefined {
    const counters = this.#call.counters();
    if (counters === undefined) return undefined;
    const durationSeconds = Math.floor((this.#call.record.lasted ?? 0) / 1000);
    return { facts: this.#factsNow(), durationSeconds, counters };
  }

  /** As it is now. It is up. */
  session(): LiveSession {
    const look = this.look();
    if (look === undefined) throw new Error("a session is shown that is over");
    return liveSession(look);
  }

  #factsNow(): SessionFacts {
    const { user, address, pool, mtu, encryption } = this.#call;
    const of = this.#of;
    const known =
      of?.user === user &&
      of?.address === address &&
      of?.pool === pool &&
      of?.mtu === mtu &&
      of?.encryption === encryption;
    if (known && this.#facts !== undefined) return this.#facts;
    this.#of = { user, address, pool, mtu, encryption };
    this.#facts = factsOf(this.#call);
    return this.#facts;
  }
}

function factsOf({ record, user, address, pool, mtu, encryption }: ShownCall): SessionFacts {
  const { sessionId, attemptId, clientAddress, connectedAt } = record;
  if (user === undefined || address === undefined || connectedAt === undefined)
    throw new Error("a session is shown that is not up");
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
    encryption,
    mtu,
  };
}
