import { localPeer } from "../../server/platform/local-listener.ts";
import type { App } from "../services.ts";

/** What stands for the address of whoever came by the local socket. */
export const LOCAL = "local";

/**
 * A request that came by the local socket comes from no address, whatever its headers say. The first hook, so
 * that limits, log and audit see it so.
 */
export function addLocalPeers(app: App): void {
  app.addHook("onRequest", async (request) => {
    if (localPeer(request.raw.socket) !== undefined) Object.defineProperty(request, "ip", { value: LOCAL });
  });
}
