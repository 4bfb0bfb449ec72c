import type { App } from "../services.ts";

/** Characters of a path that a log line shows. */
const MAX_PATH = 200;

/**
 * One line a request, at its end, without query, headers and body: tokens and passwords never reach the log.
 * What changes something is information, what only reads is for debugging.
 */
export function addRequestLog(app: App): void {
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      method: request.method,
      // As sent, percent-encoded: no name can forge a line.
      path: request.url.split("?", 1)[0]!.slice(0, MAX_PATH),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      address: request.ip,
    };
    const quiet =
      request.method === "GET" || request.method === "HEAD" || request.is404 || reply.statusCode === 429;
    // Beyond REFUSED_TOKENS a minute 401 becomes 429, which is quiet: strangers cannot fill the disk with
    // warnings.
    if (reply.statusCode === 401) request.log.warn(line, "token refused");
    else if (quiet) request.log.debug(line, "request");
    else request.log.info(line, "request");
  });
}
