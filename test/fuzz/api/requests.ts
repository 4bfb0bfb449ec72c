import { METHODS } from "node:http";
import { TOKEN } from "../../support/admin-api.ts";
import { fc } from "../../support/fc.ts";
import type { Operation } from "./operations.ts";

/** A request as a test hands it in. */
export interface JunkRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
  /** The one field of the body that is of another type than the schema wants. */
  readonly wrongField?: string;
}

const AUTHORIZATION = `Bearer ${TOKEN}`;

/** Texts that have been somebody's undoing. */
const NASTY = [
  "",
  " ",
  "\0",
  "anna\0",
  "../../etc/passwd",
  "' OR 1=1 --",
  "%",
  "%00",
  "%zz",
  "\ud800",
  "\udfff\ud800",
  "\u202e",
  "a".repeat(300),
  "a".repeat(4000),
  "__proto__",
  "constructor",
  "𝕒𝕟𝕟𝕒",
  "null",
  "NaN",
  "-1",
  "9007199254740993",
  "1e400",
  "0x7f",
  "127.0.0.1",
  "1.2.3",
  "::1",
  "2026-02-30T25:61:00Z",
  "*",
  ":",
  "\r\nX-Injected: 1",
];

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 40 }));

const odd: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.constantFrom(null, true, false, [], {}, [[[]]], { a: { b: {} } }, ["", "", 1, null]),
  fc.constantFrom(-1, 0, 0.5, 1e21, -1e21, 2 ** 53, 2 ** 31, 1e308, -0),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(nasty, { maxLength: 5 }),
  fc.constant(Array(3000).fill("10.0.0.0/8")),
);

/** What stands for JSON and is none, or more of it than anybody wants. */
const notJson: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom(
    "{",
    '{"name":',
    '{"name":"a","name":"b"}',
    '{"__proto__":{"enabled":false}}',
    '{"constructor":{"prototype":{}}}',
    "null",
    "[]",
    "1e999",
    '{"maxSessions":1e999}',
    '{"name":"\\ud800"}',
    '\ufeff{"name":1}',
    "[".repeat(30_000),
    `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
    `{"name":"${"a".repeat(70_000)}"}`,
  ),
  fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets)),
);

const TYPES = [
  "application/json",
  "application/merge-patch+json",
  "application/json; charset=utf-16",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/yaml",
  ";",
  "json",
];

const headers = fc.record(
  {
    authorization: fc.oneof(
      { weight: 14, arbitrary: fc.constant(AUTHORIZATION) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "Bearer ",
          "Bearer x y",
          "Basic YW5uYTp4",
          "Basic ====",
          "Digest x",
          `bearer ${TOKEN}=`,
          `Bearer ${"a".repeat(5000)}`,
        ),
      },
    ),
    "content-type": fc.constantFrom(...TYPES),
    "content-encoding": fc.constantFrom("gzip", "identity", "br, gzip", ""),
    accept: fc.constantFrom("text/html", "*/*;q=x", "text/csv", "application/x-ndjson", ""),
    "if-match": fc.constantFrom("*", '"x"', "x", '""', 'W/"1"'),
    "idempotency-key": fc.constantFrom("", "a", "\u00e9", "k".repeat(3000)),
    "last-event-id": fc.constantFrom("x", "-1", "1e9", "99999999999999999999"),
    "x-forwarded-for": fc.constantFrom("1.2.3.4", "x, y, z", "::"),
    range: fc.constant("bytes=0-1"),
    expect: fc.constant("100-continue"),
  },
  { requiredKeys: ["authorization"] },
) as fc.Arbitrary<Record<string, string>>;

const METHODS_SENT = METHODS.filter((method) => method !== "CONNECT");

/** Escaped as a client would, but for half of them, which stand there raw as far as a URL can hold them. */
const segment = fc.oneof(
  fc.constantFrom("anna", "s1", "a1", "203.0.113.7"),
  nasty.map((text) => escaped(text)),
  nasty.map((text) => text.replaceAll(/[^\x21-\x7e]|[?#]/g, "")),
);

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());

const pathOf = (path: string): fc.Arbitrary<string> => {
  const parts = path.split(/\{\w+\}/);
  return fc
    .array(segment, { minLength: parts.length - 1, maxLength: parts.length - 1 })
    .map((values) => parts.map((part, index) => part + (values[index] ?? "")).join(""));
};

const queryOf = (names: readonly string[]): fc.Arbitrary<string> => {
  const name =
    names.length === 0
      ? nasty
      : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: nasty });
  return fc
    .array(fc.tuple(name, nasty), { maxLength: 3 })
    .map((pairs) => pairs.map(([field, value]) => `${escaped(field)}=${escaped(value)}`).join("&"))
    .map((text) => (text === "" ? "" : `?${text}`));
};

/** A request for this operation with something wrong about it, most of the time. */
export function junkFor(operation: Operation): fc.Arbitrary<JunkRequest> {
  const { method, path, query, bodies } = operation;
  const place = fc.tuple(pathOf(path), queryOf(query)).map(([way, asked]) => way + asked);
  const body = bodyOf(bodies);
  const ordinary = fc.record({ method: fc.constant(method), url: place, headers, body });
  const other = fc.record({ method: fc.constantFrom(...METHODS_SENT), url: place, headers, body });
  return fc
    .oneof({ weight: 8, arbitrary: ordinary }, { weight: 1, arbitrary: other })
    .map(({ body: sent, headers: given, ...request }) =>
      sent === undefined
        ? { ...request, headers: given }
        : { ...request, headers: { "content-type": "application/json", ...given }, payload: sent },
    );
}

/** One field of the body is something odd, and nothing else is said. */
export function oneWrongField({ method, path, bodies }: Operation): fc.Arbitrary<JunkRequest> | undefined {
  const fields = Object.keys(bodies["application/json"] ?? {});
  if (fields.length === 0) return undefined;
  const url = path.replaceAll(/\{\w+\}/g, "anna");
  return fc.tuple(fc.constantFrom(...fields), odd).map(([field, value]) => ({
    method,
    url,
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    payload: JSON.stringify({ ...needed(method, path), [field]: value }),
    wrongField: field,
  }));
}

/** What a body lacks without which nobody looks at the other fields. */
const needed = (method: string, path: string): object =>
  method === "POST" && /\/(users|groups|admins|tokens)$/.test(path) ? { name: "bert" } : {};

function bodyOf(bodies: Operation["bodies"]): fc.Arbitrary<string | Buffer | undefined> {
  const fields = [...new Set(Object.values(bodies).flatMap((one) => Object.keys(one)))];
  const any = fc.oneof(notJson, fc.constant(undefined));
  if (fields.length === 0) return any;
  const field = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...fields) },
    { weight: 1, arbitrary: nasty },
  );
  const object = fc
    .array(fc.tuple(field, odd), { maxLength: 6 })
    .map((pairs) => JSON.stringify(Object.fromEntries(pairs)));
  return fc.oneof({ weight: 3, arbitrary: object }, { weight: 1, arbitrary: any });
}

/** Paths that no operation has. */
export const nowhere: fc.Arbitrary<JunkRequest> = fc.record({
  method: fc.constantFrom(...METHODS_SENT),
  url: fc.oneof(
    fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`),
    segment.map((one) => `/api/v1/${one}`),
    fc.constantFrom("/api/v1/users/%E0%A4%A", "/%", "//", "/api/v1/users/?", "/api//v1/users", "*"),
  ),
  headers,
});
