import type { ConditionCode } from "../conditions/register.ts";
import { nftGeneration, tablePrint } from "../platform/nft-state.ts";
import { applyMasquerade, CHAINS, type Masquerade, tableOf } from "../platform/nftables.ts";
import type { HostPart } from "./host-part.ts";

/** Our nft table. It is read only when the number of the rules has changed, and put back whole. */
export class MasqueradePart implements HostPart {
  readonly name = "masquerade";
  readonly subject = "";
  readonly #masquerade: Masquerade;
  readonly #apply: () => Promise<void>;
  /** The table as we have made it; undefined before it was made. */
  #print: string | undefined;
  /** When it was seen to be so. */
  #generation: number | undefined;
  #inPlace = false;

  /**
   * `prepare` is what must hold before the table is of use, such as forwarding; it throws where the host
   * refuses it.
   */
  constructor(masquerade: Masquerade, prepare: () => void, apply = applyMasquerade) {
    this.#masquerade = masquerade;
    this.#apply = async () => {
      prepare();
      await apply(masquerade);
    };
  }

  /** Are clients masqueraded, as it was seen last? */
  get inPlace(): boolean {
    return this.#inPlace;
  }

  /** Has the table ever been made? */
  get wasInPlace(): boolean {
    return this.#print !== undefined;
  }

  get code(): ConditionCode {
    return this.#print === undefined ? "nat-unavailable" : "nat-missing";
  }

  get remedy(): string {
    return this.#print === undefined
      ? 'Mend that, or set nat.mode = "off" where routes lead back to the clients.'
      : "Find out what removes it (a reload of nftables, `nft flush ruleset`): its rules may `include` others, and need not flush those of pacd.";
  }

  problem(): string | undefined {
    if (this.#print === undefined)
      return "Clients are not masqueraded: they reach this host, and further only where routes lead back.";
    const generation = nftGeneration();
    if (this.#inPlace && generation === this.#generation) return undefined;
    const now = this.#read();
    this.#inPlace = now === this.#print;
    this.#generation = generation;
    if (this.#inPlace) return undefined;
    const what = now === undefined ? "was removed" : "was changed";
    return `The nft table ${tableOf(this.#masquerade.interface)} ${what}: clients are not masqueraded.`;
  }

  readonly putBack = async (): Promise<void> => {
    await this.#apply();
    this.#generation = undefined;
    this.#print = this.#read() ?? "";
    this.#inPlace = true;
  };

  #read(): string | undefined {
    return tablePrint(tableOf(this.#masquerade.interface).replace(/^inet /, ""), CHAINS);
  }
}
