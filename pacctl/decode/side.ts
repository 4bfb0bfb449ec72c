import type { Side } from "../capture/captured.ts";

/** The one that the other is not. */
export const opposite = (side: Side): Side => (side === "client" ? "server" : "client");

/** The two change places: who was taken for the client is the server. */
export function turn<T>(values: Record<Side, T>): void {
  [values.client, values.server] = [values.server, values.client];
}

/** One value for each side. */
export type BySide<T> = Record<Side, T>;

export const bySide = <T>(make: (side: Side) => T): BySide<T> => ({
  client: make("client"),
  server: make("server"),
});
