import type { Side } from "../capture/captured.ts";

/** The one that the other is not. */
export const opposite = (side: Side): Side => (side === "client" ? "server" : "client");

/** One value for each side. */
export type BySide<T> = Record<Side, T>;

export const bySide = <T>(make: (side: Side) => T): BySide<T> => ({
  client: make("client"),
  server: make("server"),
});
