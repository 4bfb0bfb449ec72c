import type { FastifyRequest } from "fastify";
import type { AuditTarget } from "../../server/store/audit/audit-types.ts";

/** Resources whose records are not called by the word of their path without its "s". */
const KINDS: Readonly<Record<string, string>> = {
  admins: "administrator",
  "log-in": "administrator",
  "log-out": "administrator",
  status: "server",
};

/** Ours: characters of what was asked for that a record shows. */
const MAX_SHOWN = 256;

/**
 * What a request is about, by its path alone: `/api/v1/users/anna/password` is about the user "anna". For
 * requests that were refused before anybody looked further.
 */
export function targetOf(request: FastifyRequest): AuditTarget {
  const [, resource = "server"] = /^\/api\/v1\/([^/:]+)/.exec(request.routeOptions.url ?? "") ?? [];
  const kind = KINDS[resource] ?? resource.replace(/s$/, "");
  const params = (request.params ?? {}) as Readonly<Record<string, string | undefined>>;
  const [first] = Object.entries(params);
  if (first?.[1] === undefined) return { kind };
  const [field, value] = first;
  const shown = value.slice(0, MAX_SHOWN);
  // A token is named by its ID or its name.
  return field === "id" ? { kind, id: shown } : { kind, name: shown };
}
