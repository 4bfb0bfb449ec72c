import { type OpenApi, operationsOf } from "./json-schema.ts";

/** Headers of answers, by the name of their component. */
const HEADERS = {
  Location: {
    description: "The path of what was made",
    schema: { type: "string", examples: ["/api/v1/users/anna"] },
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

/** Which answers have which of them. */
const BY_STATUS: Readonly<Record<string, keyof typeof HEADERS>> = {
  "201": "Location",
  "401": "WWW-Authenticate",
  "429": "Retry-After",
  "503": "Retry-After",
};

/** Says of each answer which headers of meaning it has, beside those that its route declares. */
export function addHeaders(document: OpenApi): void {
  document.components ??= {};
  document.components.headers = { ...HEADERS, ...document.components.headers };
  for (const { responses = {} } of operationsOf(document))
    for (const [status, answer] of Object.entries(responses)) {
      const name = BY_STATUS[status];
      if (name !== undefined)
        answer.headers = { [name]: { $ref: `#/components/headers/${name}` }, ...answer.headers };
    }
}
