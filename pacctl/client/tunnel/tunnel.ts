import { CounterReader, counterMemory, toSlot } from "../../../server/data-plane/counters.ts";
import { UNLIMITED } from "../../../server/data-plane/data-plane.ts";
import { PacketLoop } from "../../../server/data-plane/loop/packet-loop.ts";
import type { MppeKernel } from "../../../server/mppe/kernel.ts";
import type { Clock } from "../../../server/platform/clock.ts";
import type { PacketPort } from "../../../server/platform/packet-batch.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { type CallId, keysOfPns } from "../../../server/wire/call-id.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { LatePort } from "./late-port.ts";
import { REORDER } from "./limits.ts";
import type { OpenNetwork, TunnelCounters, TunnelEvents, TunnelSpec } from "./tunnel-types.ts";

/** Its place in the counters: there is no other tunnel. */
const SLOT = toSlot(0);

export interface TunnelParts {
  readonly gre: PacketPort;
  readonly clock: Clock;
  readonly mppe: MppeKernel;
  readonly events: TunnelEvents;
}

/**
 * The one tunnel of a dial, on the server's packet loop: GRE, MPPE, and a TUN once one is attached. Closes
 * both ports.
 */
export class Tunnel {
  readonly #parts: TunnelParts;
  readonly #spec: TunnelSpec;
  readonly #tun = new LatePort();
  readonly #memory = counterMemory(1);
  readonly #reader = new CounterReader([this.#memory]);
  /** The loop, and the key of what it receives. */
  #up: { readonly loop: PacketLoop; readonly callId: CallId } | undefined;

  constructor(parts: TunnelParts, spec: TunnelSpec) {
    this.#parts = parts;
    this.#spec = spec;
  }

  /**
   * The call is up: `serverCallId` is the key of what we send. What came before waits in the socket until
   * now.
   */
  connect(serverCallId: CallId): void {
    const { gre, clock, mppe, events } = this.#parts;
    const { callId, peer, local } = this.#spec;
    const loop = new PacketLoop({
      gre,
      tun: this.#tun,
      clock,
      mppe,
      counters: this.#memory,
      slots: 1,
      reorder: REORDER,
      events: {
        control: (_, frame) => events.control(frame),
        broken: () => events.broken(),
        coherencyLost: () => {}, // stateless alone is asked for
      },
    });
    const keys = keysOfPns(callId, serverCallId);
    this.#up = { loop, callId: keys.callId };
    loop.addTunnel({ ...keys, peerAddress: peer, localAddress: local }, SLOT);
  }

  /** Sends a PPP frame. Nothing before `connect`. RangeError for one above MAX_CONTROL_FRAME. */
  send(frame: Uint8Array): void {
    this.#up?.loop.sendControl(this.#up.callId, frame);
  }

  /** Arms MPPE in both directions, from our point of view. */
  setKeys(keys: MppeKeys): void {
    this.#up?.loop.setKeys(this.#up.callId, keys);
  }

  openNetwork({ mtu, acfc, pfc, encrypted }: OpenNetwork): void {
    this.#up?.loop.openNetwork(this.#up.callId, {
      address: "any",
      mtu,
      acfc,
      pfc,
      encryptionRequired: encrypted,
      traffic: UNLIMITED,
    });
  }

  /** Inner packets go to and come from here. Without a TUN, those that come are counted and dropped. */
  attach(tun: PacketPort): void {
    this.#tun.attach(tun);
  }

  /** Has any GRE packet of this call come? */
  get heard(): boolean {
    return this.#up?.loop.hasHeard(this.#up.callId) === true;
  }

  /** The last address that is not the server's from which GRE of this call came; undefined: none did. */
  get elsewhere(): Ipv4 | undefined {
    return this.#reader.read(SLOT).elsewhere?.address;
  }

  get counters(): TunnelCounters {
    const { rxPackets, rxBytes, txPackets, txBytes } = this.#reader.read(SLOT);
    const dropped = Object.values(this.#reader.drops()).reduce((sum, count) => sum + count, 0);
    return { rxPackets, rxBytes, txPackets, txBytes, dropped };
  }

  close(): void {
    if (this.#up !== undefined) this.#up.loop.close();
    else {
      this.#parts.gre.close();
      this.#tun.close();
    }
  }
}
