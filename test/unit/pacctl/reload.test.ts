import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import type { ReloadReport } from "../../../server/reload/report.ts";
import { bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

const REPORT: ReloadReport = {
  dryRun: false,
  file: "/etc/pacd/pacd.toml",
  changes: [
    { key: "tunnel.interface", from: "pac0", to: "pac7", counts: "restart" },
    { key: "tunnel.pool", from: ["10.77.0.0/24"], to: ["10.77.0.0/25"], counts: "now" },
    { key: "tunnel.mtu", from: 1400, to: 1300, counts: "next-dial" },
    { key: "pools.guests", from: ["10.78.0.1"], to: undefined, counts: "now" },
  ],
  sessions: { live: 214, ended: 12, noLongerAllowed: 3 },
  notes: ["MPPE with 40 bits is allowed: such a key is found by trying, within minutes."],
};

async function reload(answer: () => Promise<ReloadReport>, ...more: readonly string[]) {
  const asked: boolean[] = [];
  const b = await bench({
    reload: (dryRun) => {
      asked.push(dryRun);
      return answer();
    },
  });
  const run = await pacctl(
    [...more.filter((one) => one === "--json"), "reload", ...more.filter((one) => one !== "--json")],
    {
      fetch: injected(b.app),
    },
  );
  await b.app.close();
  return { ...run, asked };
}

test("a reload is told in words: what counts when, what ended, what may not be meant", async () => {
  const { code, out, asked } = await reload(async () => REPORT);
  assert.equal(code, 0);
  assert.deepEqual(asked, [false]);
  assert.equal(
    out,
    `Changed at once:
  tunnel.pool: ["10.77.0.0/24"] -> ["10.77.0.0/25"]
  pools.guests: ["10.78.0.1"] -> (not there)
Counts for whoever dials from now on:
  tunnel.mtu: 1400 -> 1300
Needs a restart of pacd:
  tunnel.interface: "pac0" -> "pac7"
12 of 214 sessions ended: pool shrinks, their addresses are in no pool any more.
3 of 214 sessions go on by a log-in or encryption that is allowed no more, until they end: pacctl session list, pacctl session disconnect ID.
Note: MPPE with 40 bits is allowed: such a key is found by trying, within minutes.
`,
  );
});

test("a dry run says so first, and what would be", async () => {
  const { out, asked } = await reload(async () => ({ ...REPORT, dryRun: true, notes: [] }), "--dry-run");
  assert.deepEqual(asked, [true]);
  assert.match(out, /^Nothing was changed: this was a dry run\.\nWould change at once:\n/);
  assert.match(out, /\nWould count for whoever dials from then on:\n/);
  assert.match(out, /\nWould need a restart of pacd:\n/);
  assert.match(out, /\n12 of 214 sessions end: pool shrinks/);
});

test("where nothing has changed that is what is said", async () => {
  const none = { ...REPORT, changes: [], sessions: { live: 5, ended: 0, noLongerAllowed: 0 }, notes: [] };
  assert.equal((await reload(async () => none)).out, "Nothing has changed in /etc/pacd/pacd.toml.\n");
  const { out } = await reload(async () => ({ ...none, file: null }));
  assert.equal(out, "Nothing has changed: pacd runs without a configuration file.\n");
});

test("--json prints the answer", async () => {
  const { out } = await reload(async () => REPORT, "--json");
  assert.deepEqual(JSON.parse(out).sessions, REPORT.sessions);
});

test("a refusal is 7, each fault on a line of its own", async () => {
  const refused = new AppError(
    "reload-refused",
    "/etc/pacd/pacd.toml:3: a: b\n/etc/pacd/pacd.toml:9: c: d",
    {},
  );
  const { code, err, out } = await reload(() => Promise.reject(refused));
  assert.deepEqual(
    [code, out, err],
    [7, "", "pacctl: /etc/pacd/pacd.toml:3: a: b\npacctl: /etc/pacd/pacd.toml:9: c: d\n"],
  );
});
