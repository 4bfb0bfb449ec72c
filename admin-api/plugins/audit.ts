import type { FastifyReply, FastifyRequest } from "fastify";
import { localPeer } from "../../server/platform/local-listener.ts";
import type {
  AuditActor,
  AuditEntry,
  AuditLog,
  AuditResult,
  AuditTarget,
} from "../../server/store/audit/audit-types.ts";
import type { App } from "../services.ts";
import { targetOf } from "./audit-target.ts";

/** What a route tells of what it has done. */
export interface Audited {
  /** Where absent: the operationId of the route. */
  readonly action?: string;
  readonly target: AuditTarget;
  /** As the API shows them, whole: the audit keeps what differs, and drops secrets. */
  readonly before?: object | null;
  readonly after?: object | null;
  /** What came of it, such as `{ sessionsEnded: 3 }`. */
  readonly effects?: object;
}

declare module "fastify" {
  interface FastifyRequest {
    /**
     * Puts on record what a route has done; once for each thing that it was done to. Call it when it is done.
     */
    audited(what: Audited): void;
    /** Nothing was done, though the method says otherwise: an answer from before, a check. */
    unaudited(): void;
    /** The name that a log-in is for, whether it is granted or not. */
    claimedName: string | undefined;
    /** Code of the problem that the answer is. */
    problemCode: string | undefined;
  }
  interface FastifyContextConfig {
    /** False: the route changes nothing, whatever its method. */
    audit?: false;
  }
}

/** Reads that are refused for who asks, not for what was asked. */
const REFUSED_READS = new Set([401, 403]);

/** Ours: so many notes of one request become records, then the event loop has its turn: some milliseconds. */
const NOTED_AT_ONCE = 50;

/** Ours: so many are on the disk before the next ones. */
const SETTLED_AFTER = 1000;

/** Ours: characters of a name that nobody's word is taken for. */
const MAX_CLAIMED = 64;

/**
 * Puts on record whatever changes something, or was refused to: before the answer is sent, so that what is
 * acknowledged is on the disk together with who did it.
 */
export function addAudit(app: App, audit: AuditLog, turn: () => Promise<void>): void {
  const notes = new WeakMap<FastifyRequest, Audited[] | "nothing">();
  app.decorateRequest("problemCode", undefined);
  app.decorateRequest("claimedName", undefined);
  app.decorateRequest("audited", function (this: FastifyRequest, what: Audited) {
    const before = notes.get(this) ?? [];
    notes.set(this, before === "nothing" ? [what] : [...before, what]);
  });
  app.decorateRequest("unaudited", function (this: FastifyRequest) {
    notes.set(this, "nothing");
  });

  app.addHook("onSend", async (request, reply) => {
    const { statusCode: status } = reply;
    const noted = notes.get(request);
    if (noted === undefined || noted === "nothing") {
      if (!isToBeNoted(request, status, noted)) return;
      audit.add(entryOf(request, reply, { target: targetOf(request) }));
      return;
    }
    for (const [i, note] of noted.entries()) {
      if (i % NOTED_AT_ONCE === NOTED_AT_ONCE - 1) await turn();
      // More than may wait at once would be given up.
      if (i % SETTLED_AFTER === SETTLED_AFTER - 1) await audit.settled();
      if (!changesNothing(note)) audit.add(entryOf(request, reply, note));
    }
    // What was refused or failed is not acknowledged, and waits for nothing.
    if (status < 400) await audit.settled();
  });
}

function isToBeNoted(request: FastifyRequest, status: number, noted: "nothing" | undefined): boolean {
  if (request.is404) return false;
  const reads = request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS";
  if (reads || request.routeOptions.config.audit === false)
    return REFUSED_READS.has(status) || (status === 429 && request.actor === undefined && isGuarded(request));
  if (status >= 400) return true;
  if (noted === "nothing" || isDryRun(request)) return false;
  // A mistake of ours: the record says what can be known without the route.
  request.log.error({ route: request.routeOptions.url }, "A route has not said what it did");
  return true;
}

/** Open routes demand nobody, and refuse nobody but for asking too often. */
const isGuarded = (request: FastifyRequest): boolean =>
  (request.routeOptions.schema as { security?: readonly unknown[] } | undefined)?.security?.length !== 0;

/** Does the request only ask what would happen? */
export function isDryRun({ query, body }: FastifyRequest): boolean {
  const said = (part: unknown) => (part as { dryRun?: unknown } | null | undefined)?.dryRun;
  return [true, "true"].includes(said(query) as never) || said(body) === true;
}

/** Both states were looked at, and are one. */
function changesNothing({ before, after, effects }: Audited): boolean {
  if (before == null || after == null || effects !== undefined) return false;
  return JSON.stringify(before) === JSON.stringify(after);
}

function entryOf(request: FastifyRequest, reply: FastifyReply, what: Audited): AuditEntry {
  const { statusCode: status } = reply;
  const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string };
  return {
    actor: actorOf(request),
    from: sourceOf(request),
    requestId: request.id,
    action: what.action ?? operationId ?? `${request.method} ${request.routeOptions.url}`,
    target: what.target,
    before: what.before,
    after: what.after,
    effects: what.effects,
    result: resultOf(status),
    status,
    code: status < 400 ? null : (request.problemCode ?? null),
  };
}

function sourceOf(request: FastifyRequest): AuditEntry["from"] {
  const peer = localPeer(request.raw.socket);
  return peer === undefined ? { address: request.ip, pid: null } : { address: "socket", pid: peer.pid };
}

function resultOf(status: number): AuditResult {
  if (status < 400) return "done";
  return status < 500 ? "refused" : "failed";
}

function actorOf(request: FastifyRequest): AuditActor {
  const { actor } = request;
  if (actor !== undefined) return { kind: actor.kind, name: actor.name, id: actor.id, role: actor.role };
  return { kind: "nobody", name: claimedName(request), id: null, role: null };
}

/** Of a log-in, or of HTTP's Basic scheme, where the name is no secret. A bearer token is one, whole. */
function claimedName({ claimedName: name, headers }: FastifyRequest): string | null {
  if (name !== undefined) return name.slice(0, MAX_CLAIMED);
  const [, encoded] = /^basic ([A-Za-z0-9+/=_-]{1,1024})$/i.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined) return null;
  const [user = "", password] = Buffer.from(encoded, "base64").toString("utf8").split(/:(.*)/s);
  // Without a colon it may be a token or a password.
  return password === undefined || user === "" ? null : user.slice(0, MAX_CLAIMED);
}
