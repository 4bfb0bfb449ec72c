import type { OpenApi, Operation } from "./json-schema.ts";

/** Headers of answers, by the name of their component. */
const HEADERS = {
  Location: {
    description: "The path of what was made",
    schema: { type: "string", examples: ["/api/v1/users/anna"] },
  },
  ETag: {
    description:
      "Of what is shown (RFC 9110 §8.8.3), for If-Match and If-None-Match; not of what a dry run answers",
    schema: { type: "string", examples: ['"0d4b1c9e.7-3kzQ0p1xYcA"'] },
  },
  "Idempotency-Replayed": {
    description: "true: this is the answer of the first time; nothing was done again",
    schema: { type: "string", enum: ["true"] },
  },
  "Retry-After": {
    description: "Seconds after which the same request may be answered (RFC 9110)",
    schema: { type: "integer", minimum: 0, examples: [7] },
  },
  "WWW-Authenticate": {
    description: "How to say who asks (RFC 6750)",
    schema: { type: "string", examples: ['Bearer realm="pacd"'] },
  },
} as const;

/** What a request may be sent on condition of (RFC 9110 §13.1), by the name of its component. */
const CONDITIONS = {
  IfMatch: {
    in: "header",
    name: "If-Match",
    description:
      "The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on",
    schema: { type: "string" },
    example: '"0d4b1c9e.7-3kzQ0p1xYcA"',
  },
  IfNoneMatch: {
    in: "header",
    name: "If-None-Match",
    description:
      "An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none",
    schema: { type: "string" },
    example: "*",
  },
} as const;

/** Which answers have which of them. */
const BY_STATUS: Readonly<Record<string, keyof typeof HEADERS>> = {
  "201": "Location",
  "401": "WWW-Authenticate",
  "429": "Retry-After",
  "503": "Retry-After",
};

/** Says of each request and answer which headers of meaning it has, beside those that its route declares. */
export function addHeaders(document: OpenApi): void {
  document.components ??= {};
  document.components.headers = { ...HEADERS, ...document.components.headers };
  document.components.parameters = { ...CONDITIONS, ...document.components.parameters };
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) {
      takeConditions(operation);
      const tagged = isTagged(document, path, method);
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        const done = status === "200" || status === "201";
        const names = [
          BY_STATUS[status],
          (done && tagged) || status === "304" ? "ETag" : undefined,
          done && takesKey(operation) ? "Idempotency-Replayed" : undefined,
        ].filter((name) => name !== undefined);
        const own = Object.fromEntries(names.map((name) => [name, headerRef(name)]));
        if (names.length > 0) answer.headers = { ...own, ...answer.headers };
      }
    }
}

const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** By the refusals that a route declares: 428 is of writes on condition, 304 of reads. */
function takeConditions(operation: Operation): void {
  const { responses = {} } = operation;
  const names = "428" in responses ? ["IfMatch", "IfNoneMatch"] : "304" in responses ? ["IfNoneMatch"] : [];
  if (names.length === 0) return;
  const taken = names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  operation.parameters = [...(operation.parameters ?? []), ...taken];
}

/** Does it answer with what can be read on condition: by its own path, or as what it adds? */
function isTagged({ paths = {} }: OpenApi, path: string, method: string): boolean {
  if (method === "delete") return false;
  const shown = method === "post" ? `${path}/{name}` : path.replace(/\/password$/, "");
  return "304" in (paths[shown]?.["get"]?.responses ?? {});
}

const takesKey = ({ parameters = [] }: Operation): boolean =>
  parameters.some((one) => "name" in one && one.name === "idempotency-key");
