import type { MppeKernel } from "../../../server/mppe/kernel.ts";
import type { Clock } from "../../../server/platform/clock.ts";
import type { PacketPort } from "../../../server/platform/packet-batch.ts";
import type { Connection } from "../../../server/platform/tcp.ts";
import type { PeerCallId } from "../../../server/wire/call-id.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import type { Ipv4Network } from "../../../server/wire/ipv4-network.ts";
import type { Millis, Octets } from "../../../server/wire/units.ts";
import type { Stage } from "../../../verdicts/stages.ts";
import type { Failure } from "../failures/failure.ts";
import type { LinkSettings, Network } from "../link/link-types.ts";

/** What a dial needs of the machine it runs on; tests hand in another one. */
export interface DialHost {
  readonly clock: Clock;
  bytes(count: number): Uint8Array;
  /** 0 to 65535. */
  u16(): number;
  /** 0 to 4294967295. */
  u32(): number;
  /**
   * TCP to a host by name or address. Rejects with an Error that has the kernel's `code`, ETIMEDOUT after
   * `timeout`.
   */
  connect(server: string, port: number, timeout: Millis): Promise<Connection>;
  /** A GRE socket for the packets of this call ID. Throws AppError. */
  openGre(callId: PeerCallId): GrePort;
  /** The addon's kernel, or its twin in TypeScript. Throws AppError. */
  mppe(): MppeKernel;
  /** Makes an interface and brings it up. Throws AppError, or the kernel's error. */
  openTun(name: string, settings: TunSettings): PacketPort;
}

/** A GRE socket of one call. */
export interface GrePort extends PacketPort {
  /** Both ends are known: packets go from `local` to `peer` from here on, and arrive between these alone. */
  keepTo(local: Ipv4, peer: Ipv4): void;
}

export interface TunSettings {
  readonly local: Ipv4;
  readonly mtu: Octets;
  readonly routes: readonly Ipv4Network[];
}

export interface DialSettings extends Omit<LinkSettings, "mru"> {
  readonly server: string;
  readonly port: number;
  /** The dial must be up by then. */
  readonly timeout: Millis;
  /** An interface to bring up, and what lies behind it; undefined: none. */
  readonly tun: { readonly name: string; readonly routes: readonly Ipv4Network[] } | undefined;
}

export interface StageDone {
  readonly stage: Stage;
  /** Since the stage before it. */
  readonly elapsed: Millis;
  /** What was agreed, in words; may hold octets of the server, which are printable. */
  readonly agreed: string;
}

export interface Connected extends Omit<Network, "acfc" | "pfc" | "peerMru"> {
  readonly mtu: Octets;
  /** Since the start of the dial. */
  readonly elapsed: Millis;
}

/** How a dial goes, as it goes. */
export interface DialEvents {
  done(stage: StageDone): void;
  connected(network: Connected): void;
  /** Before it hangs up; once at most, and not when we hung up. */
  failed(failure: Failure): void;
  /** Everything is closed. The last one. */
  over(): void;
}
