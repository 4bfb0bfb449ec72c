import type { FastifyRequest } from "fastify";
import type { TokenRepository } from "../server/store/people/token-types.ts";
import { tokenHash } from "./token-hash.ts";

/**
 * For an answer that goes on for hours: does the token of the request still hold, with the same role? It may
 * have been revoked or have expired since. Who came without one needed none.
 */
export function tokenStillCounts(
  { headers: { authorization }, actor }: Pick<FastifyRequest, "headers" | "actor">,
  tokens: Pick<TokenRepository, "find">,
  now: () => Date,
): () => boolean {
  if (authorization === undefined) return () => true;
  const hash = tokenHash(authorization.slice(authorization.indexOf(" ") + 1));
  return () => {
    const token = tokens.find(hash);
    if (token === undefined || token.role !== actor?.role) return false;
    return token.expiresAt === null || Date.parse(token.expiresAt) > now().getTime();
  };
}
