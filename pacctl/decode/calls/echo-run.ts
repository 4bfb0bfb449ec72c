import { elapsed } from "../../../server/wire/elapsed.ts";
import type { CallRow } from "../decode-types.ts";

/** Ours: so many Echo-Requests in a row are shown each; those behind them are one row. */
const SHOWN = 2;

/** Layers as a ladder names them. */
const NAMES: Readonly<Record<string, string>> = { lcp: "of LCP", pptp: "of PPTP", tcp: "by TCP again" };

/** Echo-Requests of one side with nothing from the other between them, and TCP that sends them again. */
export class EchoRun {
  readonly #from: CallRow["from"];
  #count = 0;
  /** The first of those that are one row, how many they are, and of which layers. */
  #folded: CallRow | undefined;
  readonly #layers = new Map<string, number>();

  constructor(from: CallRow["from"]) {
    this.#from = from;
  }

  /** Does such a row begin a run? */
  static begins = ({ from, text, mark, until }: CallRow): boolean =>
    from !== "note" && mark === undefined && until === undefined && text.startsWith("Echo-Request");

  /** Is the row one more of these? */
  takes(row: CallRow): boolean {
    if (row.from !== this.#from) return false;
    return EchoRun.begins(row) || (row.layer === "tcp" && row.mark === "sent again");
  }

  /** Takes it. Undefined: it is shown as it is; otherwise what stands in the place of the last row. */
  add(row: CallRow): CallRow | undefined {
    this.#count += 1;
    if (this.#count <= SHOWN) return undefined;
    this.#layers.set(row.layer, (this.#layers.get(row.layer) ?? 0) + 1);
    const first = this.#folded;
    if (first === undefined) {
      this.#folded = row;
      return undefined;
    }
    const { at, from, layer } = first;
    const parts = [...this.#layers].map(([name, count]) => `${count} ${NAMES[name] ?? name}`);
    const which = parts.length === 1 ? "" : ` (${parts.join(", ")})`;
    const text = `Echo-Request ${this.#count - SHOWN} times more${which} within ${elapsed(row.at - at)}, and no answer`;
    return { at, from, layer, text, until: row.at };
  }
}
