import type { FastifyRequest } from "fastify";
import type { Token } from "../../server/store/people/token-types.ts";
import { type Millis, millis, seconds } from "../../server/wire/units.ts";
import type { Services } from "../services.ts";

/** The token with which a request came; none over the local socket. */
export const tokenOf = new WeakMap<FastifyRequest, Token>();

/** A timer cannot be set for longer than some weeks. */
const LONGEST: Millis = seconds(86_400);

/**
 * Runs `task` once, when who asked with this request may ask no more: the token was revoked or has expired,
 * the administrator was removed, disabled, or has another role or password. For answers that go on, such as a
 * stream of events. The returned function ends the watch.
 */
export function onActorEnd(
  { store: { tokens }, now, after }: Pick<Services, "store" | "now" | "after">,
  request: FastifyRequest,
  task: () => void,
): () => void {
  const token = tokenOf.get(request);
  if (token === undefined) return () => {};
  let cancelTimer = () => {};
  const unwatch = tokens.watch((id) => {
    if (id === token.id) end();
  });
  const stop = () => {
    cancelTimer();
    unwatch();
  };
  const end = () => {
    stop();
    task();
  };
  const arm = (expiresAt: string) => {
    const left = Date.parse(expiresAt) - now().getTime();
    if (left <= 0) return end();
    cancelTimer = after(millis(Math.min(left, LONGEST)), () => arm(expiresAt));
  };
  // Revoked between the authentication and this.
  if (tokens.get(token.id) === undefined) end();
  else if (token.expiresAt !== null) arm(token.expiresAt);
  return stop;
}
