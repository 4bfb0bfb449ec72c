import type { Side } from "../../capture/captured.ts";
import type { Call } from "./call.ts";

/** A call, and which side of it somebody is. */
export interface CallOfSender {
  readonly call: Call;
  readonly sender: Side;
}

/** Calls that are not over, by the addresses of their two ends. */
export class CallsBetween {
  readonly #calls = new Map<string, Set<Call>>();

  add(call: Call): void {
    const key = endsKey(call);
    const calls = this.#calls.get(key) ?? new Set();
    this.#calls.set(key, calls.add(call));
  }

  remove(call: Call): void {
    const key = endsKey(call);
    const calls = this.#calls.get(key);
    calls?.delete(call);
    if (calls?.size === 0) this.#calls.delete(key);
  }

  /** In the order in which they began. */
  of(client: string, server: string): readonly Call[] {
    return [...(this.#calls.get(endsKey({ client, server })) ?? [])];
  }

  /** Those whose client or server has the address `source`, and the other side the other address. */
  withSender(source: string, destination: string): readonly CallOfSender[] {
    return [
      ...this.of(source, destination).map((call) => ({ call, sender: "client" as const })),
      ...this.of(destination, source).map((call) => ({ call, sender: "server" as const })),
    ];
  }

  /** The newest one, rather with `source` as its client. */
  newest(source: string, destination: string): CallOfSender | undefined {
    const calls = this.withSender(source, destination);
    return calls.findLast(({ sender }) => sender === "client") ?? calls.at(-1);
  }

  /** All, those of the same ends together. */
  groups(): readonly (readonly Call[])[] {
    return [...this.#calls.values()].map((calls) => [...calls]);
  }
}

/** By what calls of the same two ends are known. */
export const endsKey = ({ client, server }: Pick<Call, "client" | "server">): string => `${client} ${server}`;
