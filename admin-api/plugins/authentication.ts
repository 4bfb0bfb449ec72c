import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import type { TokenRepository } from "../../server/store/people/token-types.ts";
import { hex } from "../../server/wire/bytes.ts";
import type { App } from "../services.ts";
import { tokenHash } from "../token-hash.ts";
import type { RateLimits } from "./rate-limits.ts";

/** RFC 6750 §2.1; the scheme without regard to case (RFC 9110 §11.1). */
const BEARER = /^bearer ([A-Za-z0-9._~+/-]{1,256}=*)$/i;

/**
 * Demands the bearer token on every route of `app` (an encapsulated context: what is registered outside stays
 * open), and says in `request.actor` whose it is.
 *
 * The token is judged before any limit is counted: strangers who share the administrator's address, as all do
 * behind a reverse proxy, cannot keep the administrator out.
 */
export function addAuthentication(app: App, tokens: TokenRepository, limits: RateLimits): void {
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const header = request.headers.authorization;
    const text = header === undefined ? undefined : BEARER.exec(header)?.[1];
    const hash = text === undefined ? undefined : tokenHash(text);
    // By its hash, which tells nobody how to come nearer to a token: no comparison in constant time.
    const token = hash === undefined ? undefined : tokens.find(hash);
    if (hash !== undefined && token !== undefined) {
      const { id, name, role } = token;
      request.actor = { kind: "token", id, name, role };
      return limits.token(request, reply, hex(hash));
    }
    await limits.refusedToken(request, reply);
    const refused = header !== undefined;
    reply.header("www-authenticate", `Bearer realm="pacd"${refused ? ', error="invalid_token"' : ""}`);
    throw new AppError(
      "unauthorized",
      refused ? "The bearer token is not valid." : "Send Authorization: Bearer TOKEN.",
    );
  });
}
