import { FIRST_LOOP } from "../limits.ts";
import type { ForwardedCall, GuardReport, Load, LoopCommand } from "../loop/loop-messages.ts";

export interface IdleWorkersParts {
  readonly loops: number;
  send(loop: number, command: LoopCommand): void;
  /** The tunnels that a loop has. */
  callsOf(loop: number): readonly ForwardedCall[];
}

/**
 * A loop that runs; for which the first has been asked to forward; that has paused; that was told to resume.
 */
type State = "running" | "requested" | "paused" | "resuming";

/**
 * Which loops pause although they have tunnels: those that are quiet while the first one is busy. The kernel
 * copies each GRE packet for each socket that is not paused; what little comes for a paused loop is let in by
 * the first one, and forwarded.
 *
 * While a loop pauses or resumes, both sockets may get a packet, and the GRE sequence number shows that the
 * second one is a duplicate. It never happens that neither gets it.
 */
export class IdleWorkers {
  readonly #parts: IdleWorkersParts;
  readonly #states: State[];
  readonly #loads: Load[];

  constructor(parts: IdleWorkersParts) {
    this.#parts = parts;
    this.#states = Array.from({ length: parts.loops }, () => "running");
    this.#loads = Array.from({ length: parts.loops }, () => "moderate");
  }

  handle(report: GuardReport): void {
    const { worker } = report;
    switch (report.type) {
      case "load":
        this.#loads[worker] = report.load;
        for (let loop = FIRST_LOOP + 1; loop < this.#parts.loops; loop += 1) this.#review(loop);
        return;
      case "forwarding":
        if (this.#states[worker] !== "requested") return;
        this.#states[worker] = "paused";
        this.#parts.send(worker, { type: "pause", paused: true });
        return;
      case "forwarding-limit":
        this.resume(worker);
        return;
      case "resumed":
        if (this.#states[worker] !== "resuming") return;
        this.#states[worker] = "running";
        this.#parts.send(FIRST_LOOP, { type: "stop-forwarding", worker });
        return;
      default:
        report satisfies never;
    }
  }

  /**
   * There is something to do for that loop, or nothing at all any more. It reports when it is quiet again.
   */
  resume(loop: number): void {
    const state = this.#states[loop];
    if (state !== "requested" && state !== "paused") return;
    this.#states[loop] = "resuming";
    this.#loads[loop] = "moderate";
    this.#parts.send(loop, { type: "pause", paused: false });
  }

  #review(loop: number): void {
    const mayPause = this.#loads[FIRST_LOOP] === "busy" && this.#loads[loop] === "quiet";
    if (!mayPause) this.resume(loop);
    if (!mayPause || this.#states[loop] !== "running") return;
    const calls = this.#parts.callsOf(loop);
    if (calls.length === 0) return; // it pauses by itself
    this.#states[loop] = "requested";
    this.#parts.send(FIRST_LOOP, { type: "start-forwarding", worker: loop, calls });
  }
}
