import type { Bench } from "./admin-api.ts";
import { liveSession } from "./fake-concentrator.ts";

/** A request that a route grants, and what its record says. */
export interface AuditedRoute {
  /** Done before, in order. */
  readonly before?: (b: Bench) => Promise<unknown>;
  /** `WEBHOOK` in it stands for the ID of the only web hook. */
  readonly url: string;
  readonly body?: object;
  /** Kind of the target; undefined: the route changes nothing, and leaves no record. */
  readonly target: string | undefined;
  /** Of what the record is that stands for all of them together; undefined: there is none. */
  readonly total?: string;
  /** Shows a secret, this once. */
  readonly shownOnce?: true;
  /** Needs no token. */
  readonly open?: true;
  /** Asked with the token of a log-in of olga's. */
  readonly loggedIn?: true;
}

/** Put into each password, secret and token that a request can hold. */
export const CANARY = "canary-5c1b0d6e";

const anna = (b: Bench) => b.call("POST", "/api/v1/users", { name: "anna", password: `${CANARY}-before` });

const staff = (b: Bench) => b.call("POST", "/api/v1/groups", { name: "staff" });

export const OLGA = { name: "olga", password: `${CANARY}-of-an-administrator`, role: "operator" };

const olga = (b: Bench) => b.call("POST", "/api/v1/admins", OLGA);

const webhook = (b: Bench) =>
  b.call("POST", "/api/v1/webhooks", { url: HOOK, secret: `${CANARY}-of-a-web-hook` });

const HOOK = "https://hooks.example.com/pacd";

/** The path of a request, with the ID that `WEBHOOK` stands for. */
export const pathOf = (b: Bench, { url }: AuditedRoute): string =>
  url.replace("WEBHOOK", () => b.store.webhooks.all()[0]?.id ?? "none");

/**
 * Every route that is not a read, by method and path of the OpenAPI document. A new one is added here: the
 * test fails for those that are missing.
 */
export const AUDITED_ROUTES: Readonly<Record<string, AuditedRoute>> = {
  "POST /api/v1/users": {
    url: "/api/v1/users",
    body: { name: "anna", password: CANARY, recoverablePassword: true },
    target: "user",
  },
  "PATCH /api/v1/users/{name}": {
    before: anna,
    url: "/api/v1/users/anna",
    body: { enabled: false },
    target: "user",
  },
  "PUT /api/v1/users/{name}": {
    url: "/api/v1/users/anna",
    body: { password: CANARY, recoverablePassword: true },
    target: "user",
  },
  "POST /api/v1/users:batch": {
    url: "/api/v1/users:batch",
    body: { rows: [{ do: "create", name: "anna", password: CANARY }] },
    target: "user",
    total: "users",
  },
  "POST /api/v1/users:apply": {
    before: anna,
    url: "/api/v1/users:apply",
    body: { users: [{ name: "anna", password: `${CANARY}-apply`, recoverablePassword: true }] },
    target: "user",
    total: "users",
  },
  "DELETE /api/v1/users/{name}": { before: anna, url: "/api/v1/users/anna", target: "user" },
  "PUT /api/v1/users/{name}/password": {
    before: anna,
    url: "/api/v1/users/anna/password",
    body: { password: CANARY, recoverablePassword: true },
    target: "user",
  },
  "DELETE /api/v1/users/{name}/lockout": {
    before: anna,
    url: "/api/v1/users/anna/lockout",
    target: "user",
  },
  "POST /api/v1/groups": { url: "/api/v1/groups", body: { name: "staff" }, target: "group" },
  "PUT /api/v1/groups/{name}": { url: "/api/v1/groups/staff", body: { enabled: false }, target: "group" },
  "PATCH /api/v1/groups/{name}": {
    before: staff,
    url: "/api/v1/groups/staff",
    body: { enabled: false },
    target: "group",
  },
  "DELETE /api/v1/groups/{name}": { before: staff, url: "/api/v1/groups/staff", target: "group" },
  "DELETE /api/v1/lockouts/{address}": { url: "/api/v1/lockouts/203.0.113.7", target: "lockout" },
  "DELETE /api/v1/sessions": {
    before: async (b) => b.concentrator.live.push(liveSession()),
    url: "/api/v1/sessions?user=anna",
    target: "session",
  },
  "DELETE /api/v1/sessions/{id}": {
    before: async (b) => b.concentrator.live.push(liveSession()),
    url: "/api/v1/sessions/s1",
    target: "session",
  },
  "POST /api/v1/config:reload": { url: "/api/v1/config:reload", body: {}, target: "config" },
  "POST /api/v1/config:check": { url: "/api/v1/config:check", body: { toml: "" }, target: undefined },
  "POST /api/v1/admins": { url: "/api/v1/admins", body: OLGA, target: "administrator" },
  "PATCH /api/v1/admins/{name}": {
    before: olga,
    url: "/api/v1/admins/olga",
    body: { enabled: false },
    target: "administrator",
  },
  "PUT /api/v1/admins/{name}/password": {
    before: olga,
    url: "/api/v1/admins/olga/password",
    body: { password: `${CANARY}-new` },
    target: "administrator",
  },
  "DELETE /api/v1/admins/{name}": { before: olga, url: "/api/v1/admins/olga", target: "administrator" },
  "POST /api/v1/log-in": {
    before: olga,
    url: "/api/v1/log-in",
    body: { name: "olga", password: OLGA.password },
    open: true,
    target: "administrator",
  },
  "POST /api/v1/log-out": {
    before: olga,
    url: "/api/v1/log-out",
    loggedIn: true,
    target: "administrator",
  },
  "POST /api/v1/tokens": {
    url: "/api/v1/tokens",
    body: { name: "ci", role: "operator" },
    target: "token",
  },
  "DELETE /api/v1/tokens/{token}": {
    before: (b) => b.call("POST", "/api/v1/tokens", { name: "old", role: "viewer" }),
    url: "/api/v1/tokens/old",
    target: "token",
  },
  "POST /api/v1/webhooks": {
    url: "/api/v1/webhooks",
    body: { url: HOOK, secret: `${CANARY}-of-a-web-hook` },
    target: "webhook",
  },
  "PATCH /api/v1/webhooks/{id}": {
    before: webhook,
    url: "/api/v1/webhooks/WEBHOOK",
    body: { enabled: false },
    target: "webhook",
  },
  "POST /api/v1/webhooks/{id}:rotate": {
    before: webhook,
    url: "/api/v1/webhooks/WEBHOOK:rotate",
    body: { secret: `${CANARY}-of-a-web-hook-anew` },
    target: "webhook",
  },
  "POST /api/v1/webhooks/{id}:test": {
    before: webhook,
    url: "/api/v1/webhooks/WEBHOOK:test",
    target: "webhook",
  },
  "DELETE /api/v1/webhooks/{id}": { before: webhook, url: "/api/v1/webhooks/WEBHOOK", target: "webhook" },
  "POST /api/v1/backups": { url: "/api/v1/backups", target: "backup" },
  // Last: the token that the test asks with is another one afterwards.
  "POST /api/v1/tokens/admin:rotate": {
    url: "/api/v1/tokens/admin:rotate",
    shownOnce: true,
    target: "token",
  },
};
