import { AppError } from "../../server/errors/app-error.ts";
import { CLOSE_GRACE } from "../limits.ts";
import type { App, Services } from "../services.ts";

/**
 * While the app closes, requests under way end as usual; new ones on open connections hear unavailable. A
 * request that has not ended after CLOSE_GRACE is cut off: one slow body must not hold up the stop of pacd.
 */
export function addClosing(app: App, { after }: Pick<Services, "after">): void {
  let closing = false;
  let cancel = () => {};
  app.addHook("preClose", async () => {
    closing = true;
    cancel = after(CLOSE_GRACE, () => app.server.closeAllConnections());
  });
  app.addHook("onClose", async () => cancel());
  app.addHook("onRequest", async (_request, reply) => {
    if (!closing) return;
    reply.header("connection", "close");
    throw new AppError("unavailable", "pacd is stopping.");
  });
}
