import { AppError } from "../../server/errors/app-error.ts";
import { utcTime } from "../../server/policy/times.ts";
import { formatIpNetwork, parseIpNetwork } from "../../server/wire/ip-network.ts";
import { madeBy } from "../actor.ts";
import { newTokenText } from "../people/token-text.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { listOf, PageQuery, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import { NewToken, Token, TokenPath, TokenWithSecret, tokenJson } from "../schemas/token.ts";
import type { App, Services } from "../services.ts";
import { tokenHash } from "../token-hash.ts";

/** `/api/v1/tokens`: who may use the API, and until when. */
export function addTokenRoutes(app: App, { store: { tokens }, now, rotateAdminToken }: Services): void {
  const tags = ["administration"];
  const config = { role: "admin" as const };

  app.get(
    "/tokens",
    {
      config,
      schema: {
        tags,
        operationId: "listTokens",
        summary: "List tokens, and the log-ins of administrators",
        description:
          "Named tokens by name, then log-ins by administrator. What is sent as bearer is never shown again.",
        querystring: PageQuery,
        response: { 200: listOf(Token, "One page of tokens"), ...guarded() },
      },
    },
    async (request) => {
      const { items, next } = tokens.list(pageOf(request.query));
      return {
        items: items.map((token) => tokenJson(token, now())),
        ...(next === undefined ? {} : { next }),
      };
    },
  );

  app.post(
    "/tokens",
    {
      config: { ...config, idempotent: "begun" },
      schema: {
        tags,
        operationId: "createToken",
        summary: "Make a token",
        description: "The answer shows it, this once. It holds from the next request on.",
        body: NewToken,
        response: {
          201: reference(TokenWithSecret),
          ...guardedBody("invalid-name", "token-exists", "too-many-tokens"),
        },
      },
    },
    async (request, reply) => {
      const { name, role, expiresAt = null, sources = [] } = request.body;
      const text = newTokenText();
      const token = await tokens.create({
        name,
        role,
        hash: tokenHash(text),
        expiresAt: expiresAt === null ? null : future(expiresAt, now()),
        sources: sources.map(source),
        createdBy: madeBy(request.actor!),
      });
      request.audited({ target: tokenTarget(token), after: tokenJson(token, now()) });
      reply.code(201).header("location", `/api/v1/tokens/${encodeURIComponent(token.name)}`);
      return { ...tokenJson(token, now()), token: text };
    },
  );

  app.get(
    "/tokens/:token",
    {
      config,
      schema: {
        tags,
        operationId: "getToken",
        summary: "Show a token",
        description: "What is known of it, and not what is sent as bearer.",
        params: TokenPath,
        response: { 200: reference(Token), ...guarded("token-not-found") },
      },
    },
    async (request) => {
      const token = tokens.get(request.params.token);
      if (token !== undefined) return tokenJson(token, now());
      throw new AppError("token-not-found", `There is no token ${JSON.stringify(request.params.token)}.`);
    },
  );

  app.delete(
    "/tokens/:token",
    {
      config: { ...config, idempotent: "begun" },
      schema: {
        tags,
        operationId: "revokeToken",
        summary: "Revoke a token, or end a log-in",
        description: "The next request with it is refused, and what is under way for it ends.",
        params: TokenPath,
        response: { 204: noContent, ...guarded("token-not-found", "not-yet-written") },
      },
    },
    async (request, reply) => {
      const before = tokens.get(request.params.token);
      await tokens.revoke(request.params.token);
      request.audited({
        target: before === undefined ? { kind: "token", name: request.params.token } : tokenTarget(before),
        before: before === undefined ? null : tokenJson(before, now()),
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/tokens/admin::rotate",
    {
      config,
      schema: {
        tags,
        operationId: "rotateAdminToken",
        summary: "Replace the token of the file admin-token",
        description:
          "The file has the new one, which the answer shows this once; the one before is refused from now on.",
        response: { 200: reference(TokenWithSecret), ...guarded() },
      },
    },
    async (request) => {
      const text = await rotateAdminToken();
      const token = tokens.find(tokenHash(text))!;
      request.audited({ target: tokenTarget(token), effects: { rotated: true } });
      return { ...tokenJson(token, now()), token: text };
    },
  );
}

function future(text: string, now: Date): string {
  const time = utcTime(text);
  const field = "expiresAt";
  if (time === undefined)
    throw new AppError(
      "invalid-request",
      "expiresAt is not a time with its zone like 2027-01-31T18:00:00Z.",
      {
        field,
      },
    );
  if (time > now.toISOString()) return time;
  throw new AppError("invalid-request", `expiresAt is ${time}, which is past.`, { field });
}

/** In its one form. */
function source(text: string): string {
  const network = parseIpNetwork(text);
  if (typeof network !== "string") return formatIpNetwork(network);
  throw new AppError("invalid-request", `${JSON.stringify(text.slice(0, 60))} in sources ${network}.`, {
    field: "sources",
  });
}

const tokenTarget = ({ name, id }: { readonly name: string; readonly id: string }) => ({
  kind: "token",
  name,
  id,
});
