import type { Side } from "../../capture/captured.ts";
import type { Call } from "./call.ts";

/** Calls that are not over by the addresses of their two sides, for GRE that no route knows. */
export class ByAddresses {
  readonly #calls = new Map<string, Set<Call>>();

  add(call: Call): void {
    const key = keyOf(call.client, call.server);
    const calls = this.#calls.get(key) ?? new Set();
    this.#calls.set(key, calls.add(call));
  }

  remove(call: Call): void {
    const key = keyOf(call.client, call.server);
    const calls = this.#calls.get(key);
    calls?.delete(call);
    if (calls?.size === 0) this.#calls.delete(key);
  }

  /** The oldest first. */
  of(client: string, server: string): Iterable<Call> {
    return this.#calls.get(keyOf(client, server)) ?? [];
  }

  /** The newest call between these two that is wanted, and which side of it has the address `source`. */
  between(
    source: string,
    destination: string,
    wanted: (call: Call, sender: Side) => boolean,
  ): { readonly call: Call; readonly sender: Side } | undefined {
    for (const [calls, sender] of [
      [this.of(source, destination), "client"],
      [this.of(destination, source), "server"],
    ] as const) {
      const call = [...calls].findLast((one) => wanted(one, sender));
      if (call !== undefined) return { call, sender };
    }
    return undefined;
  }
}

const keyOf = (client: string, server: string): string => `${client} ${server}`;
