import type { MppeKernel } from "../../mppe/kernel.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketPort } from "../../platform/packet-batch.ts";
import { ipv4 } from "../../wire/ipv4.ts";
import { type CounterMemory, CounterWriter } from "../counters.ts";
import type { ReorderLimits } from "../data-plane.ts";
import { MAX_TUNNELS } from "../limits.ts";
import { asReports, type LoopCommand, type LoopReport, perform } from "../loop/loop-messages.ts";
import { type ForwardedPacket, PacketLoop } from "../loop/packet-loop.ts";
import { type Guard, GuardWatch } from "./guard-watch.ts";
import { type OverflowingPort, OverflowWatch } from "./overflow-watch.ts";

export interface GuardedLoopParts {
  /** Call IDs that leave `worker` when they are divided by `of` are this worker's. */
  readonly worker: number;
  readonly of: number;
  readonly gre: OverflowingPort & Guard;
  readonly tun: PacketPort;
  readonly clock: Clock;
  readonly counters: CounterMemory;
  readonly reorder: ReorderLimits;
  readonly mppe: MppeKernel;
  /** Hands a packet to that worker; false where this worker cannot. */
  forward(worker: number, packet: ForwardedPacket): boolean;
  report(report: LoopReport): void;
}

/** What a worker runs: a packet loop, and the guard of its GRE socket kept in step with its tunnels. */
export class GuardedLoop {
  readonly #loop: PacketLoop;
  readonly #watch: GuardWatch;
  readonly #report: (report: LoopReport) => void;

  constructor(parts: GuardedLoopParts) {
    const { worker, of, gre, tun, clock, counters, reorder, mppe, forward, report } = parts;
    const writer = new CounterWriter(counters);
    const watch = new GuardWatch({ guard: gre, clock, counters: writer, worker, of, report });
    this.#watch = watch;
    this.#report = report;
    this.#loop = new PacketLoop({
      gre: new OverflowWatch(gre, clock, writer),
      tun,
      clock,
      counters,
      events: asReports(report),
      reorder,
      mppe,
      slots: MAX_TUNNELS,
      forward(callId, { bytes, offsets, lengths, peers, locals }, i) {
        const to = callId % of;
        if (to === worker) return false;
        const at = offsets[i]!;
        const packet = bytes.slice(at, at + lengths[i]!);
        if (!forward(to, { packet, peer: ipv4(peers[i]!), local: ipv4(locals[i]!) })) return false;
        watch.forwarded(to);
        return true;
      },
    });
  }

  perform(command: LoopCommand): void {
    this.#watch.before(command);
    perform(this.#loop, command, this.#report);
  }

  /** A GRE packet that arrived at another worker. */
  receive(packet: ForwardedPacket): void {
    this.#loop.receive(packet);
  }
}
