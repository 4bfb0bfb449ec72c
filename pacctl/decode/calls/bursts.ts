import { elapsed } from "../../../server/wire/elapsed.ts";
import type { Side } from "../../capture/captured.ts";
import { BURST } from "../limits.ts";

/** What is counted together: packets of one sender and kind. */
interface Burst {
  readonly from: Side;
  readonly layer: string;
  readonly kind: string;
  readonly frame: number;
  readonly begun: number;
  last: number;
  packets: number;
  octets: number;
  decrypted: number;
}

/** A row that stands for many packets. `at`: of the first, in nanoseconds of the capture. */
export interface BurstRow {
  readonly from: Side;
  readonly layer: string;
  readonly at: number;
  readonly frame: number;
  readonly text: string;
}

/** Users' packets between two messages, counted instead of listed. */
export class Bursts {
  #bursts: Burst[] = [];

  /** Has one of them gone on for so long that it should be told of? */
  dueAt(at: number): boolean {
    const first = this.#bursts[0];
    return first !== undefined && at - first.begun > BURST;
  }

  get empty(): boolean {
    return this.#bursts.length === 0;
  }

  add(from: Side, layer: string, kind: string, at: number, frame: number, octets: number): void {
    let burst = this.#find(from, kind);
    if (burst === undefined) {
      burst = { from, layer, kind, frame, begun: at, last: at, packets: 0, octets: 0, decrypted: 0 };
      this.#bursts.push(burst);
    }
    burst.packets += 1;
    burst.octets += octets;
    burst.last = at;
  }

  /** One of the encrypted packets was opened. */
  decrypted(from: Side): void {
    const burst = this.#bursts.find((one) => one.from === from && one.layer === "mppe");
    if (burst !== undefined) burst.decrypted += 1;
  }

  /** What was counted, and forgets it. */
  take(): readonly BurstRow[] {
    const rows = this.#bursts.map(({ from, layer, begun, frame, ...burst }) => ({
      from,
      layer,
      at: begun,
      frame,
      text: burstText({ begun, ...burst }),
    }));
    this.#bursts = [];
    return rows;
  }

  #find(from: Side, kind: string): Burst | undefined {
    for (const burst of this.#bursts) if (burst.from === from && burst.kind === kind) return burst;
    return undefined;
  }
}

function burstText({
  kind,
  packets,
  octets,
  decrypted,
  begun,
  last,
}: Pick<Burst, "kind" | "packets" | "octets" | "decrypted" | "begun" | "last">): string {
  const count = packets === 1 ? `one ${kind} packet` : `${packets} ${kind} packets`;
  const within = packets === 1 ? "" : ` within ${elapsed((last - begun) / 1e6)}`;
  return `${count}, ${octets} octets${within}${decrypted === 0 ? "" : `, ${decrypted} decrypted`}`;
}
