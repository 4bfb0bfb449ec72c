import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Services } from "../../../admin-api/services.ts";
import { tokenHash } from "../../../admin-api/token-hash.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { AUDITED_ROUTES, type AuditedRoute, CANARY, OLGA, pathOf } from "../../support/audited-routes.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

/** What the routes need of the process around them. */
const AROUND = {
  reload: async (dryRun: boolean) => ({
    dryRun,
    file: "/etc/pacd/pacd.toml",
    changes: [{ key: "users.max_sessions" as const, from: 5, to: 6, counts: "now" as const }],
    sessions: { live: 0, ended: 0, noLongerAllowed: 0 },
    notes: [],
  }),
  backup: async () => ({
    name: "backup.tar",
    length: 2,
    octets: (async function* () {
      yield Buffer.from("xy");
    })(),
    close: async () => {},
  }),
};

/** An API with what the routes need around it. */
async function benchAround(change: Partial<Services> = {}): Promise<Bench> {
  const b: Bench = await bench({
    ...AROUND,
    async rotateAdminToken() {
      const text = `pacd_${CANARY}`;
      await b.store.tokens.put("admin", tokenHash(text));
      return text;
    },
    ...change,
  });
  return b;
}

/** As the route wants to be asked. */
async function ask(b: Bench, route: string, wanted: AuditedRoute) {
  const { body, loggedIn, open } = wanted;
  const url = pathOf(b, wanted);
  const method = route.split(" ")[0] as Method;
  if (open === undefined && loggedIn === undefined) return b.call(method, url, body);
  if (loggedIn === undefined) return b.app.inject({ method, url, ...(body && { payload: body }) });
  const { name, password } = OLGA;
  const logIn = await b.app.inject({ method: "POST", url: "/api/v1/log-in", payload: { name, password } });
  const headers = { authorization: `Bearer ${logIn.json().token}` };
  return b.app.inject({ method, url, headers });
}

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

const routes: [string, { readonly operationId: string }][] = [];
let document: { readonly paths: Record<string, Record<string, { readonly operationId: string }>> };
before(async () => {
  const b = await bench();
  document = (await b.app.inject("/api/v1/openapi.json")).json();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      if (method !== "get" && method !== "head") routes.push([`${method.toUpperCase()} ${path}`, operation]);
  await b.app.close();
});

test("every route that is not a read has a request in test/support/audited-routes.ts, and no other has", () => {
  assert.deepEqual(routes.map(([route]) => route).sort(), Object.keys(AUDITED_ROUTES).sort());
});

for (const [route, wanted] of Object.entries(AUDITED_ROUTES)) {
  const { before: first, target, total, open, loggedIn } = wanted;
  test(`${route}: ${target === undefined ? "leaves no record" : `its record is about a ${target}`}`, async () => {
    const b = await benchAround();
    after(() => b.app.close());
    await first?.(b);
    const earlier = new Set((await b.store.audit.list({ limit: 1000 })).items.map(({ id }) => id));
    const answer = await ask(b, route, wanted);
    assert.ok(answer.statusCode < 300, answer.body);
    const { items } = await b.store.audit.list({ limit: 1000 });
    const fresh = items.filter(({ id }) => !earlier.has(id));
    const added = loggedIn === true ? fresh.filter(({ action }) => action !== "logIn") : fresh;
    if (target === undefined) return assert.deepEqual(added, []);
    const operation = routes.find(([name]) => name === route)?.[1].operationId;
    const kinds = total === undefined ? [target] : [target, total];
    assert.deepEqual([...new Set(added.map((record) => record.target.kind))].sort(), kinds.sort());
    for (const record of added) {
      assert.deepEqual([record.action, record.result], [operation, "done"]);
      if (record.target.kind !== total)
        assert.ok(
          record.target.name !== null || record.target.id !== null,
          "no name and no ID of the target",
        );
      const who = open === true || loggedIn === true ? ["administrator", "olga"] : ["token", "admin"];
      assert.deepEqual([record.actor.kind, record.actor.name], who);
    }
    const unsaid = b.log.filter((line) => line.includes("A route has not said what it did"));
    assert.deepEqual(unsaid, [], "the route does not call request.audited");
  });
}

test("the same without a token is a refusal of nobody's, about the same kind of thing", async () => {
  for (const [route, { url, body, target, open }] of Object.entries(AUDITED_ROUTES)) {
    if (open === true) continue;
    const b = await bench();
    const method = route.split(" ")[0] as Method;
    const payload = body === undefined ? {} : { payload: body };
    const answer = await b.app.inject({ method, url, ...payload });
    const { items } = await b.store.audit.list({ limit: 10 });
    assert.equal(answer.statusCode, 401, route);
    assert.deepEqual(
      items.map(({ actor, result, code }) => [actor.kind, result, code]),
      [["nobody", "refused", "unauthorized"]],
      route,
    );
    if (target !== undefined) assert.equal(items[0]!.target.kind, target, route);
    await b.app.close();
  }
});

test("no secret that any request holds is in a record, the database, the log or an answer", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const answers: string[] = [];
  const b = await benchAround({ store });
  after(() => b.app.close());
  for (const [route, wanted] of Object.entries(AUDITED_ROUTES)) {
    const { before: first, shownOnce } = wanted;
    const method = route.split(" ")[0] as Method;
    await first?.(b);
    const url = pathOf(b, wanted);
    const answer = await ask(b, route, wanted);
    assert.ok(answer.statusCode < 300, `${route}: ${answer.body}`);
    if (shownOnce !== true) answers.push(answer.body);
    const basic = Buffer.from(`anna:${CANARY}`).toString("base64");
    for (const authorization of [`Bearer ${CANARY}`, `Basic ${basic}`])
      answers.push((await b.app.inject({ method, url, headers: { authorization } })).body);
    for (const path of ["users/anna", "admins/olga?last=true", "tokens/ci"])
      await b.call("DELETE", `/api/v1/${path}`);
    if (route === "POST /api/v1/users") answers.push((await b.call("GET", "/api/v1/audit?limit=1000")).body);
  }
  answers.push(JSON.stringify(await store.audit.list({ limit: 1000 })));
  await store.audit.settled();
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
  const hash = ntPasswordHash(CANARY);
  const forms = [
    Buffer.from(CANARY),
    Buffer.from(CANARY, "utf16le"),
    Buffer.from(hash),
    Buffer.from(Buffer.from(hash).toString("hex")),
    Buffer.from(Buffer.from(hash).toString("base64")),
    Buffer.from(Buffer.from(CANARY).toString("base64").slice(0, 16)),
  ];
  const places = [
    ...files,
    ...b.log.map((line) => Buffer.from(line)),
    ...answers.map((one) => Buffer.from(one)),
  ];
  assert.ok(b.log.length > 0 && files.length > 1 && answers.length > 10);
  for (const form of forms)
    assert.deepEqual(places.filter((place) => place.includes(form)).length, 0, String(form));
});
