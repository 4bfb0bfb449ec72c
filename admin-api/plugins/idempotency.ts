import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import type { Answer, AnswerBook, Claim } from "../../server/store/answers/answer-types.ts";
import { refusals } from "../schemas/answers.ts";
import type { App } from "../services.ts";
import { isDryRun } from "./audit.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * The route takes an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). "written": what it
     * writes takes the claim of the request with it, in the same transaction. "begun": it is noted before.
     */
    idempotent?: "written" | "begun";
  }
  interface FastifyRequest {
    /** Of a request with a key, for `store.users.write`. */
    claim: Claim | undefined;
  }
}

/** Ours: characters of a key. */
const MAX_KEY = 255;

const KEY = /^[\x21-\x7e]+$/;

/** Headers of an answer that are kept with it. */
const KEPT = ["content-type", "location", "etag"];

const REFUSALS = ["request-in-progress", "answer-lost", "idempotency-key-reused"] as const;

const HEADER = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      description:
        `1 to ${MAX_KEY} visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of ` +
        "the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.",
      examples: ["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    }),
  ),
});

/** Has each request with a key done once. After the audit: what is answered again has its record. */
export function addIdempotency(app: App, answers: AnswerBook): void {
  const underWay = new Set<string>();
  const claims = new WeakMap<FastifyRequest, Claim>();
  app.decorateRequest("claim", undefined);

  app.addHook("onRoute", (route) => {
    if (route.config?.idempotent === undefined) return;
    const response = (route.schema?.response ?? {}) as Record<string, { description: string }>;
    const more = refusals(...REFUSALS) as Record<string, { description: string }>;
    for (const [status, { description }] of Object.entries(more)) {
      const there = response[status];
      if (there !== undefined)
        more[status] = { ...there, description: `${there.description}, ${description}` };
    }
    route.schema = { ...route.schema, headers: HEADER, response: { ...response, ...more } };
  });

  app.addHook("preHandler", async (request, reply) => {
    const { idempotent } = request.routeOptions.config;
    const key = request.headers["idempotency-key"];
    if (idempotent === undefined || key === undefined || isDryRun(request)) return;
    const claim = claimOf(request, String(key));
    const place = placeOf(claim);
    if (underWay.has(place))
      throw new AppError(
        "request-in-progress",
        "A request with this Idempotency-Key is being carried out: ask again in a moment, for its answer.",
      );
    underWay.add(place);
    try {
      const known = await answers.find(claim);
      if (known !== undefined) {
        if (!Buffer.from(known.request).equals(claim.request)) throw reused();
        if (typeof known.answer === "string") throw lost(known.answer);
        underWay.delete(place);
        return replay(request, reply, known.answer);
      }
      if (idempotent === "begun") await answers.begin(claim);
    } catch (error) {
      underWay.delete(place);
      throw error;
    }
    claims.set(request, claim);
    if (idempotent === "written") request.claim = claim;
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const claim = claims.get(request);
    if (claim === undefined) return;
    claims.delete(request);
    try {
      const { statusCode: status } = reply;
      if (status < 400) await answers.keep(claim, answerOf(reply, payload));
      // What was refused was not done. Of our own mistakes that is not known.
      else if (request.routeOptions.config.idempotent === "begun" && status !== 500)
        await answers.release(claim);
    } catch (error) {
      // The answer goes out all the same; whoever asks again hears that it is lost.
      if (!(error instanceof AppError)) throw error;
      request.log.warn({ err: error }, "The answer to a request with a key could not be kept");
    } finally {
      underWay.delete(placeOf(claim));
    }
  });
}

function claimOf(request: FastifyRequest, key: string): Claim {
  if (key.length > MAX_KEY || !KEY.test(key))
    throw new AppError(
      "invalid-request",
      `The header Idempotency-Key must have 1 to ${MAX_KEY} visible characters of ASCII, without spaces.`,
      { in: "header", field: "idempotency-key" },
    );
  const { kind, id } = request.actor!;
  const { method, url, headers, body } = request;
  const said = ["content-type", "if-match", "if-none-match"].map((name) => headers[name] ?? null);
  const digest = createHash("sha256").update(JSON.stringify([method, url, ...said, body ?? null]));
  return { actor: `${kind}:${id.replaceAll(" ", "-")}`, key, request: digest.digest() };
}

const placeOf = ({ actor, key }: Claim): string => `${actor} ${key}`;

const answerOf = (reply: FastifyReply, payload: unknown): Answer => ({
  status: reply.statusCode,
  headers: Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  ),
  body: typeof payload === "string" ? payload : null,
});

/** What the first one has done is on record with the first one. */
function replay(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body }: Answer,
): FastifyReply {
  request.unaudited();
  // As text: it has gone through the serializer once.
  return reply
    .code(status)
    .headers({ ...headers, "idempotency-replayed": "true" })
    .send(body);
}

const reused = () =>
  new AppError(
    "idempotency-key-reused",
    "Another request had this Idempotency-Key within the last day. Each one needs a key of its own.",
    { in: "header", field: "idempotency-key" },
  );

const lost = (state: "done" | "begun") =>
  new AppError(
    "answer-lost",
    state === "done"
      ? "What the request asks for was done, but pacd ended before it had answered. Look at what is there now; a password that was generated has to be set anew."
      : "pacd ended while it carried the request out. Look whether it was done, and send it with another key if it was not.",
    { done: state === "done" ? true : null },
  );
