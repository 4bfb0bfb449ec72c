import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import { localPeer } from "../../server/platform/local-listener.ts";
import type { Token } from "../../server/store/people/token-types.ts";
import { ipNetworkHas, parseIp, parseIpNetwork } from "../../server/wire/ip-network.ts";
import type { Actor } from "../actor.ts";
import { tokenOf } from "../people/actor-end.ts";
import type { App, Services } from "../services.ts";
import { tokenHash } from "../token-hash.ts";
import type { RateLimits } from "./rate-limits.ts";

/** RFC 6750 §2.1; the scheme without regard to case (RFC 9110 §11.1). */
const BEARER = /^bearer ([A-Za-z0-9._~+/-]{1,256}=*)$/i;

/**
 * Demands the bearer token on every route of `app` (an encapsulated context: what is registered outside stays
 * open), and says in `request.actor` whose it is. A request by the local socket needs none: the kernel says
 * whose it is, and its mode who may come. One that is sent all the same counts.
 *
 * The token is judged before any limit is counted: strangers who share the administrator's address, as all do
 * behind a reverse proxy, cannot keep the administrator out.
 */
export function addAuthentication(
  app: App,
  { store: { tokens }, now }: Pick<Services, "store" | "now">,
  limits: RateLimits,
): void {
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const header = request.headers.authorization;
    const peer = header === undefined ? localPeer(request.raw.socket) : undefined;
    if (peer !== undefined) {
      request.actor = { kind: "socket", id: `uid ${peer.uid}`, name: peer.user, role: "admin" };
      limits.spend(request, reply, `uid ${peer.uid}`);
      return;
    }
    const text = header === undefined ? undefined : BEARER.exec(header)?.[1];
    const token = text === undefined ? undefined : tokens.find(tokenHash(text));
    if (token !== undefined && !hasExpired(token, now())) {
      request.actor = actorOf(token);
      tokenOf.set(request, token);
      limits.spend(request, reply, token.id);
      demandSource(token, request);
      tokens.used(token.id, request.ip);
      return;
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

const hasExpired = ({ expiresAt }: Token, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now.toISOString();

const actorOf = ({ kind, id, name, role, administratorId }: Token): Actor =>
  kind === "token"
    ? { kind: "token", id, name, role }
    : { kind: "administrator", id: administratorId!, name, role };

/** Whoever sends it has the token: that it is one is no secret to them, and the log has the rest. */
function demandSource({ name, sources }: Token, request: FastifyRequest): void {
  if (sources.length === 0) return;
  const address = parseIp(request.ip);
  const allowed = sources
    .map(parseIpNetwork)
    .some(
      (network) => typeof network !== "string" && address !== undefined && ipNetworkHas(network, address),
    );
  if (allowed) return;
  request.log.warn(
    { token: name, address: request.ip, sources },
    "A token came from another network than its own",
  );
  throw new AppError("forbidden", `This token is not taken from ${request.ip}.`);
}
