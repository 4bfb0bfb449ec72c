import type { PeerCallId } from "../../../server/wire/call-id.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import type { Octets } from "../../../server/wire/units.ts";

export interface TunnelSpec {
  /** Our call ID: the key of GRE packets that we receive. */
  readonly callId: PeerCallId;
  /** GRE is accepted from this address only. */
  readonly peer: Ipv4;
  readonly local: Ipv4;
}

/** What PPP agreed on, as the packets need it. */
export interface OpenNetwork {
  /** Largest inner packet that we send. */
  readonly mtu: Octets;
  readonly acfc: boolean;
  readonly pfc: boolean;
  /** True: data in clear is dropped in both directions. */
  readonly encrypted: boolean;
}

export interface TunnelEvents {
  /** A PPP frame that is no data; the receiver's own copy. Never from within a call. */
  control(frame: Uint8Array): void;
  /** MPPE is out of step for good. */
  broken(): void;
}

/** Since the start. Packets and octets are inner IP, seen from here. */
export interface TunnelCounters {
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly txPackets: number;
  readonly txBytes: number;
  /** For any reason, also what belonged to no call. */
  readonly dropped: number;
}
