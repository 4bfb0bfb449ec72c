import type { AuditValues } from "./audit-types.ts";

/**
 * Fields whose values never reach a record, however deep they stand: whatever the API takes or gives that
 * lets somebody in. Compared in lower case, without signs; a field that ends with one of them is one too.
 */
const SECRETS = [
  "password",
  "passwords",
  "passphrase",
  "secret",
  "secrets",
  "token",
  "nthash",
  "hash",
  "hmac",
  "privatekey",
  "secretkey",
  "authorization",
  "cookie",
  "signature",
];

/** Fields that end like a secret and are none. */
const HARMLESS: ReadonlySet<string> = new Set(["recoverablepassword", "generatepassword"]);

/** Differ with every change, and say nothing that the time of the record does not. */
const NOISE: ReadonlySet<string> = new Set(["updatedAt", "failedLogIns", "notes"]);

/** Ours: characters of one field, as JSON. */
const MAX_VALUE = 4096;

/** Ours: how deep a value is looked into; nothing that the API takes is deeper. */
const MAX_DEPTH = 8;

/** What is left of two states of one thing: no secrets, and where there are both only what differs. */
export function difference(
  before: object | null | undefined,
  after: object | null | undefined,
): { readonly before: AuditValues | null; readonly after: AuditValues | null } {
  const old = before == null ? null : withoutSecrets(before);
  const young = after == null ? null : withoutSecrets(after);
  if (old === null || young === null) return { before: bounded(old), after: bounded(young) };
  const fields = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter(
    (field) => !same(old[field], young[field]),
  );
  return { before: bounded(picked(old, fields)), after: bounded(picked(young, fields)) };
}

/** What is said beside, likewise without secrets. */
export function shown(values: object | undefined): AuditValues | null {
  return values === undefined ? null : bounded(withoutSecrets(values));
}

/** Is this what a secret is called? */
export function isSecret(field: string): boolean {
  const plain = field.toLowerCase().replaceAll(/[^a-z]/g, "");
  return !HARMLESS.has(plain) && SECRETS.some((name) => plain.endsWith(name));
}

function withoutSecrets(values: object): Record<string, unknown> {
  return cleaned(values, 0) as Record<string, unknown>;
}

function cleaned(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? String(value) : value;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((one) => cleaned(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field, one]) => shows(one) && !isSecret(field) && !(depth === 0 && NOISE.has(field)))
      .map(([field, one]) => [field, cleaned(one, depth + 1)]),
  );
}

/** Octets are keys and hashes, where they are anything. */
const shows = (value: unknown): boolean => value !== undefined && !(value instanceof Uint8Array);

/** Null where nothing is left. */
function bounded(values: Record<string, unknown> | null): AuditValues | null {
  if (values === null) return null;
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return Object.fromEntries(
    entries.map(([field, value]) => {
      const text = JSON.stringify(value) ?? "null";
      return [
        field,
        text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}… (${text.length} characters)` : value,
      ];
    }),
  );
}

const picked = (values: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
