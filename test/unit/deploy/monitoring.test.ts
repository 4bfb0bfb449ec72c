import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";

const ROOT = join(import.meta.dirname, "../../..");
const text = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** A metric as docs/metrics.md has it. */
interface Listed {
  readonly type: string;
  readonly labels: readonly string[];
}

const listed = new Map<string, Listed>();
for (const [, name, type, labels] of text("docs/metrics.md").matchAll(
  /^\| `(pacd_\w+)` \| (\w+) \| ([\w, ]*?) ?\| .+ \|$/gm,
))
  listed.set(name!, { type: type!, labels: labels === "" ? [] : labels!.split(", ") });
for (const [, name, type] of text("docs/metrics.md").matchAll(/^\| `((?:nodejs|process)_\w+)` \| (\w+) \|/gm))
  listed.set(name!, { type: type!, labels: [] });

let b: Bench;
let served: string;
before(async () => {
  b = await bench({ metricsPerUser: () => true });
  const session = { session: "s", attempt: "a", user: "anna", userId: "u", group: "staff" };
  const data = { ...session, pool: "guests", clientAddress: "192.0.2.1", assignedAddress: "10.0.0.1" };
  const at = "2026-03-01T09:00:00.000Z";
  const times = { connectedAt: at, setupMs: 100, logInMs: 3, encryption: "none" };
  b.events.publish({ type: "session-up", data: { ...data, ...times } });
  served = (await b.call("GET", "/metrics")).body;
});
after(() => b.app.close());

test("docs/metrics.md lists every metric that is served with its type, and no other", () => {
  const types = [...served.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]);
  assert.deepEqual([...listed].map(([name, { type }]) => [name, type]).sort(), types.sort());
});

test("every label that is served is in docs/metrics.md", () => {
  let seen = 0;
  for (const [, sample, labels] of served.matchAll(/^(pacd_\w+)\{(.+)\} /gm)) {
    const name = listed.has(sample!) ? sample! : sample!.replace(/_(bucket|sum|count)$/, "");
    for (const [, label] of labels!.matchAll(/(\w+)="/g)) {
      if (label === "le") continue;
      assert.ok(listed.get(name)?.labels.includes(label!), `${name} ${label}`);
      seen++;
    }
  }
  assert.ok(seen > 20);
});

test("names follow Prometheus' rules: counters end in _total, others do not, base units, help that says more", () => {
  for (const [name, { type }] of listed) {
    if (!name.startsWith("pacd_")) continue;
    assert.equal(name.endsWith("_total"), type === "counter", name);
    assert.doesNotMatch(name, /milli|_ms\b|octets|minutes|hours|_kb|[A-Z]/, name);
    if (type === "histogram") assert.match(name, /_seconds$/);
    assert.match(served, new RegExp(`^# HELP ${name} \\S+ \\S+`, "m"));
  }
});

/** The expressions of dashboard and alert rules. */
function expressions(): readonly string[] {
  const { panels } = JSON.parse(text("deploy/grafana/pacd.json")) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const alerts = [...text("deploy/prometheus/pacd-alerts.yml").matchAll(/^ +expr: (?:'(.+)'|"(.+)")$/gm)];
  return [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...alerts.map(([, single, double]) => single?.replaceAll("''", "'") ?? double!),
  ];
}

/** What is wrong with an expression; nothing: every metric and label of it is served. */
function faults(expression: string): readonly string[] {
  const names = [...expression.matchAll(/\b(?:pacd|nodejs|process)_\w+/g)].map(([name]) => name);
  const base = (name: string) => (listed.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ""));
  const unknown = names.filter((name) => !listed.has(base(name)));
  const labels = new Set(names.flatMap((name) => listed.get(base(name))?.labels ?? []));
  for (const label of ["le", ...(/^up\b/.test(expression) ? ["job"] : [])]) labels.add(label);
  const used = [
    ...[...expression.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner]) =>
      [...inner!.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!),
    ),
    ...[...expression.matchAll(/(?:by|ignoring|on|without) \(([^)]*)\)/g)].flatMap(([, inner]) =>
      inner!.split(/, */),
    ),
  ];
  return [...unknown, ...used.filter((label) => !labels.has(label))];
}

test("every metric and label of the dashboard and of the alert rules is served", () => {
  const all = expressions();
  assert.ok(all.length > 25);
  assert.deepEqual(
    all.flatMap((expression) => faults(expression).map((fault) => `${fault} in ${expression}`)),
    [],
  );
});

test("an expression with a metric or a label that is not served is found", () => {
  assert.deepEqual(faults("sum(rate(pacd_dial_total[5m]))"), ["pacd_dial_total"]);
  assert.deepEqual(faults('pacd_dials_total{outcome="failed"}'), ["outcome"]);
  assert.deepEqual(faults("sum by (reason) (pacd_dials_total)"), ["reason"]);
});

test("every alert says what is wrong and what to do", () => {
  const rules = text("deploy/prometheus/pacd-alerts.yml")
    .split(/^ +- alert: /m)
    .slice(1);
  assert.ok(rules.length > 8);
  for (const rule of rules) {
    assert.match(rule, /^ +summary: ['"].{15,}['"]$/m);
    assert.match(rule, /^ +description: ['"].{40,}['"]$/m);
    assert.match(rule, /^ +for: \d+[mh]$/m);
    assert.match(rule, /severity: (warning|critical)/);
  }
});

test("conditions that an alert names are there", () => {
  const codes = text("docs/conditions.md");
  const [, named] = /code=~"([^"]+)"/.exec(text("deploy/prometheus/pacd-alerts.yml"))!;
  for (const code of named!.split("|")) assert.ok(codes.includes(`\`${code}\``), code);
});
