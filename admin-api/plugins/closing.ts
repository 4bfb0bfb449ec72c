import { AppError } from "../../server/errors/app-error.ts";
import type { App } from "../services.ts";

/** While the app closes, requests under way end as usual; new ones on open connections hear unavailable. */
export function addClosing(app: App): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onRequest", async (_request, reply) => {
    if (!closing) return;
    reply.header("connection", "close");
    throw new AppError("unavailable", "pacd is stopping.");
  });
}
