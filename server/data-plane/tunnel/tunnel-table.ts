import type { CallId } from "../../wire/call-id.ts";
import type { TunnelNetwork } from "../data-plane.ts";
import type { Tunnel } from "./tunnel.ts";

const CALL_IDS = 0x10000;

/** The tunnels, found by our call ID (what comes from the client) and by inner address (what goes to it). */
export class TunnelTable {
  readonly #byCallId = new Array<Tunnel | undefined>(CALL_IDS).fill(undefined);
  /** Keys are signed numbers, which V8 keeps without an allocation. */
  readonly #byAddress = new Map<number, Tunnel>();
  /** Gets packets for all other addresses: at the client's end, where there is one tunnel. */
  #default: Tunnel | undefined;

  byCallId(callId: CallId): Tunnel | undefined {
    return this.#byCallId[callId];
  }

  /** Every tunnel. */
  all(): readonly Tunnel[] {
    return this.#byCallId.filter((tunnel) => tunnel !== undefined);
  }

  /** Finds the tunnel whose network is open and whose client has this address, a signed number. */
  byAddress(address: number): Tunnel | undefined {
    return this.#byAddress.get(address) ?? this.#default;
  }

  /** Throws where the call ID has a tunnel: two sessions would share it. */
  add(tunnel: Tunnel): void {
    if (this.#byCallId[tunnel.callId] !== undefined) throw new Error(`call ID ${tunnel.callId} has a tunnel`);
    this.#byCallId[tunnel.callId] = tunnel;
  }

  /**
   * From here on, packets for the network's address belong to this tunnel. The last to claim an address has
   * it.
   */
  open(tunnel: Tunnel, network: TunnelNetwork): void {
    this.#forgetAddress(tunnel);
    tunnel.openNetwork(network);
    if (tunnel.anySource) this.#default = tunnel;
    else this.#byAddress.set(tunnel.address, tunnel);
  }

  /** From here on, packets for its address belong to no tunnel. */
  close(tunnel: Tunnel): void {
    this.#forgetAddress(tunnel);
    tunnel.closeNetwork();
  }

  /** Removes and returns the tunnel, where there is one. */
  remove(callId: CallId): Tunnel | undefined {
    const tunnel = this.#byCallId[callId];
    if (tunnel === undefined) return undefined;
    this.#byCallId[callId] = undefined;
    this.close(tunnel);
    return tunnel;
  }

  #forgetAddress(tunnel: Tunnel): void {
    if (this.#default === tunnel) this.#default = undefined;
    if (this.#byAddress.get(tunnel.address) === tunnel) this.#byAddress.delete(tunnel.address);
  }
}
