import type { Side } from "../../capture/captured.ts";
import type { Call } from "./call.ts";
import type { Tunnel } from "./tunnel.ts";

/** Whose packets these are. */
export interface Route {
  readonly call: Call;
  readonly tunnel: Tunnel;
  readonly from: Side;
}

/**
 * GRE packets by source, destination and the call ID in their header, which is the receiver's (RFC 2637
 * §4.1).
 */
export class Routes {
  readonly #routes = new Map<string, Map<string, Map<number, Route>>>();

  find(source: string, destination: string, callId: number): Route | undefined {
    return this.#routes.get(source)?.get(destination)?.get(callId);
  }

  /** A newer call takes the place of an older one with the same IDs. */
  add(source: string, destination: string, callId: number, route: Route): void {
    const bySource = this.#routes.get(source) ?? new Map<string, Map<number, Route>>();
    const byDestination = bySource.get(destination) ?? new Map<number, Route>();
    this.#routes.set(source, bySource);
    bySource.set(destination, byDestination);
    byDestination.set(callId, route);
  }

  remove(source: string, destination: string, callId: number, call: Call): void {
    const bySource = this.#routes.get(source);
    const byDestination = bySource?.get(destination);
    if (byDestination?.get(callId)?.call !== call) return;
    byDestination.delete(callId);
    if (byDestination.size === 0) bySource?.delete(destination);
    if (bySource?.size === 0) this.#routes.delete(source);
  }
}
