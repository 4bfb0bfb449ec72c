import {
  type DataPlane,
  type DropReason,
  type MppeKeys,
  type ReorderLimits,
  type TunnelFault,
  type TunnelSpec,
  UNLIMITED,
} from "../../../server/data-plane/data-plane.ts";
import { localDataPlane } from "../../../server/data-plane/workers/local-data-plane.ts";
import type { MppeKernel } from "../../../server/mppe/kernel.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { type Ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { millis, octets } from "../../../server/wire/units.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { VirtualPort } from "../virtual-port.ts";
import { TunnelClient } from "./tunnel-client.ts";

export const address = (text: string): Ipv4 => parseIpv4(text)!;

/** Addresses of the bench: the host outside, somebody behind it, and the client outside and inside. */
export const HOST = address("192.0.2.1");
export const SERVER = address("198.51.100.7");
export const CLIENT = address("203.0.113.5");
export const INNER = address("10.77.0.10");

export const SPEC: TunnelSpec = {
  callId: toCallId(0x1234),
  peerCallId: toPeerCallId(0x4321),
  peerAddress: CLIENT,
  localAddress: HOST,
};

export const NETWORK = {
  address: INNER,
  mtu: octets(1400),
  acfc: false,
  pfc: false,
  encryptionRequired: true,
  traffic: UNLIMITED,
};

/** Start keys for one test: any octets will do. */
export const KEYS: MppeKeys = {
  send: { key: Uint8Array.from({ length: 16 }, (_, i) => i), strength: 128, stateless: true },
  receive: { key: Uint8Array.from({ length: 16 }, (_, i) => 0x80 + i), strength: 128, stateless: true },
};

/** As an operator has it who sets nothing. */
export const REORDER: ReorderLimits = { packets: 32, delay: millis(50) };

/** A data plane between two virtual ports, on a virtual clock, and what it said. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly gre = new VirtualPort();
  readonly tun = new VirtualPort();
  readonly control: { callId: number; frame: Uint8Array }[] = [];
  readonly lost: number[] = [];
  readonly broken: number[] = [];
  readonly faults: TunnelFault[] = [];
  readonly plane: DataPlane;

  constructor(reorder = REORDER, mppe?: MppeKernel) {
    const { gre, tun, clock } = this;
    this.plane = localDataPlane(
      { gre, tun, clock, reorder, mppe },
      {
        control: (callId, frame) => this.control.push({ callId, frame }),
        coherencyLost: (callId) => this.lost.push(callId),
        broken: (callId, fault) => {
          this.broken.push(callId);
          this.faults.push(fault);
        },
      },
    );
  }

  /** Everything that was delivered is handled; no time passes. */
  async settle(): Promise<void> {
    for (let round = 0; round < 8; round += 1) await this.clock.advance(0);
  }

  /** Reasons that have dropped something, with how many. */
  drops(): Partial<Record<DropReason, number>> {
    return Object.fromEntries(Object.entries(this.plane.drops()).filter(([, count]) => count > 0));
  }

  /** A client whose tunnel is there; its network is open, encrypted, unless `open` says otherwise. */
  async client(
    options: {
      readonly spec?: Partial<TunnelSpec>;
      readonly network?: Partial<typeof NETWORK>;
      readonly keys?: MppeKeys | false;
      readonly open?: boolean;
    } = {},
  ): Promise<TunnelClient> {
    const spec = { ...SPEC, ...options.spec };
    await this.plane.addTunnel(spec);
    const keys = options.keys ?? KEYS;
    if (keys !== false) this.plane.setKeys(spec.callId, keys);
    if (options.open !== false) this.plane.openNetwork(spec.callId, { ...NETWORK, ...options.network });
    return new TunnelClient(this.gre, spec, keys === false ? KEYS : keys);
  }
}
