import { type CounterMemory, counterMemories } from "../../../server/data-plane/counters.ts";
import type { DataPlane, TunnelSpec } from "../../../server/data-plane/data-plane.ts";
import { MAX_TUNNELS } from "../../../server/data-plane/limits.ts";
import { Dispatcher, type LoopLink } from "../../../server/data-plane/workers/dispatcher.ts";
import { GuardedLoop } from "../../../server/data-plane/workers/guarded-loop.ts";
import { typescriptKernel } from "../../../server/mppe/kernel.ts";
import { toCallId } from "../../../server/wire/call-id.ts";
import { formatIpv4 } from "../../../server/wire/ipv4.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { VirtualPort } from "../virtual-port.ts";
import { NETWORK, REORDER, SPEC } from "./bench.ts";
import { VirtualGuard } from "./virtual-guard.ts";

/**
 * A data plane of several workers, all in this thread: each runs what it runs in a thread of its own, between
 * a virtual GRE socket with its guard and a virtual queue of the TUN.
 */
export class WorkersBench {
  readonly clock = new VirtualClock();
  readonly guards: readonly VirtualGuard[];
  readonly tuns: readonly VirtualPort[];
  readonly plane: DataPlane;
  /** Which worker was sent a command, and what was asked of the queues, in the order made. */
  readonly made: string[] = [];
  /** Events of the data plane. */
  readonly events: string[] = [];
  /** Packets for clients that the queues have lost. */
  overflowed = 0;
  readonly #delayed: boolean;
  #commands: (() => void)[] = [];
  #reports: (() => void)[] = [];

  /** `delayed`: commands wait for `perform`, and reports for `report`, as messages between threads do. */
  constructor(of = 1, { delayed = false } = {}) {
    this.#delayed = delayed;
    const workers = Array.from({ length: of }, (_, worker) => worker);
    this.guards = workers.map((worker) => new VirtualGuard(worker, of));
    this.tuns = workers.map(() => new VirtualPort());
    const counters = counterMemories(MAX_TUNNELS, of);
    const loops: readonly GuardedLoop[] = workers.map((worker) =>
      this.#loop(worker, counters[worker]!, (to) => loops[to]),
    );
    const dispatcher = new Dispatcher({
      links: loops.map((loop, worker) => this.#link(loop, worker)),
      counters,
      queues: {
        steer: (to, worker) => this.made.push(`${formatIpv4(to)} to ${worker}`),
        unsteer: (to) => this.made.push(`${formatIpv4(to)} to any`),
        overflowed: () => this.overflowed,
        close: () => this.made.push("queues closed"),
      },
      events: {
        control: (callId) => this.events.push(`control ${callId}`),
        coherencyLost: (callId) => this.events.push(`coherency lost ${callId}`),
        broken: (callId, reason) => this.events.push(`broken ${callId} ${reason}`),
      },
    });
    this.#handle = (report) => dispatcher.handle(report);
    this.plane = dispatcher;
  }

  #handle: Dispatcher["handle"] = () => {};

  /** A GRE packet arrives at this host: each socket gets it whose guard lets it in. */
  deliver(packet: Uint8Array, peer: number, local: number): void {
    for (const guard of this.guards) if (guard.letsIn(packet, peer)) guard.deliver(packet, peer, local);
  }

  /** Tunnels with these call IDs and open networks, all under one inner address. */
  sharing(...callIds: readonly number[]): void {
    for (const callId of callIds.map(toCallId)) {
      void this.plane.addTunnel({ ...SPEC, callId });
      this.plane.openNetwork(callId, NETWORK);
    }
  }

  add(callId: number, spec: Partial<TunnelSpec> = {}): Promise<void> {
    return this.plane.addTunnel({ ...SPEC, ...spec, callId: toCallId(callId) });
  }

  /** The workers do what they were told. */
  perform(): void {
    for (const command of this.#commands.splice(0)) command();
  }

  /** The main thread handles what they report. */
  report(): void {
    for (const report of this.#reports.splice(0)) report();
  }

  /** Commands and reports go back and forth until there is none left; no time passes. */
  async settle(): Promise<void> {
    do {
      this.perform();
      await this.clock.advance(0);
      this.report();
    } while (this.#commands.length > 0 || this.#reports.length > 0);
  }

  #loop(
    worker: number,
    counters: CounterMemory,
    other: (to: number) => GuardedLoop | undefined,
  ): GuardedLoop {
    return new GuardedLoop({
      worker,
      of: this.guards.length,
      gre: this.guards[worker]!,
      tun: this.tuns[worker]!,
      clock: this.clock,
      counters,
      reorder: REORDER,
      mppe: typescriptKernel(),
      forward: (to, packet) => {
        queueMicrotask(() => other(to)?.receive(packet));
        return true;
      },
      report: (report) => this.#later(this.#reports, () => this.#handle(report)),
    });
  }

  #link(loop: GuardedLoop, worker: number): LoopLink {
    return {
      send: (command) => {
        this.made.push(`worker ${worker}`);
        this.#later(this.#commands, () => loop.perform(command));
      },
      close: async () => {
        loop.perform({ type: "close" });
        this.made.push(`worker ${worker} ended`);
      },
    };
  }

  #later(queue: (() => void)[], task: () => void): void {
    if (this.#delayed) queue.push(task);
    else task();
  }
}
