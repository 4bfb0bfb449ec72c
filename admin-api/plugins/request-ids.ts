import { randomBytes } from "../../server/platform/random.ts";
import { hex } from "../../server/wire/bytes.ts";
import type { App } from "../services.ts";

/** What a request is called in the log, in the audit and in its answer: no two of any run are the same. */
export function requestIds(): () => string {
  const run = hex(randomBytes(4));
  let count = 0;
  return () => `${run}-${(++count).toString(36)}`;
}

/** Every answer says it, also one that is an error. */
export function addRequestIds(app: App): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
}
