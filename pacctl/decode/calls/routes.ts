import type { Side } from "../../capture/captured.ts";
import type { Call } from "./call.ts";
import type { Tunnel } from "./tunnel.ts";

/** Whose packets these are. */
export interface Route {
  readonly call: Call;
  readonly tunnel: Tunnel;
  readonly from: Side;
  /** Its control connection does not say this way. */
  readonly astray?: boolean;
}

/**
 * GRE packets by source, destination and the call ID in their header, which is the receiver's (RFC 2637
 * §4.1).
 */
export class Routes {
  readonly #routes = new Map<string, Map<string, Map<number, Route>>>();
  /** The same by destination and call ID. */
  readonly #byReceiver = new Map<string, Set<Route>>();

  find(source: string, destination: string, callId: number): Route | undefined {
    return this.#routes.get(source)?.get(destination)?.get(callId);
  }

  /** Whoever sends to this one with this call ID. */
  to(destination: string, callId: number): readonly Route[] {
    return [...(this.#byReceiver.get(receiverKey(destination, callId)) ?? [])];
  }

  /** A newer call takes the place of an older one with the same IDs. */
  add(source: string, destination: string, callId: number, route: Route): void {
    const bySource = this.#routes.get(source) ?? new Map<string, Map<number, Route>>();
    const byDestination = bySource.get(destination) ?? new Map<number, Route>();
    this.#routes.set(source, bySource);
    bySource.set(destination, byDestination);
    const replaced = byDestination.get(callId);
    byDestination.set(callId, route);
    const key = receiverKey(destination, callId);
    const routes = this.#byReceiver.get(key) ?? new Set();
    if (replaced !== undefined) routes.delete(replaced);
    this.#byReceiver.set(key, routes.add(route));
  }

  remove(source: string, destination: string, callId: number, call: Call): void {
    const bySource = this.#routes.get(source);
    const byDestination = bySource?.get(destination);
    const route = byDestination?.get(callId);
    if (byDestination === undefined || route?.call !== call) return;
    byDestination.delete(callId);
    const key = receiverKey(destination, callId);
    const routes = this.#byReceiver.get(key);
    routes?.delete(route);
    if (routes?.size === 0) this.#byReceiver.delete(key);
    if (byDestination.size === 0) bySource?.delete(destination);
    if (bySource?.size === 0) this.#routes.delete(source);
  }
}

const receiverKey = (destination: string, callId: number): string => `${destination} ${callId}`;
