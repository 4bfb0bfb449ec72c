import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";
import { openSession, putSession } from "../../support/records.ts";

let b: Bench;
const files = new Map<string, string>();
const call = (...argv: string[]) =>
  pacctl(argv, {
    fetch: injected(b.app),
    createFile: async (path) => {
      files.set(path, "");
      return {
        write: (octets) => files.set(path, files.get(path)! + Buffer.from(octets).toString("utf8")),
        close: async () => {},
      };
    },
  });

before(async () => {
  b = await bench();
  b.concentrator.live.push(liveSession());
  for (const [id, day, user] of [
    ["s-monday", "2026-02-23", "anna"],
    ["s-tuesday", "2026-02-24", "bert"],
  ] as const)
    putSession(b.store, {
      ...openSession(id, { user, userId: user, assignedAddress: "10.77.3.7" }),
      pool: "tunnel.pool",
      groupId: null,
      groupName: null,
      connectedAt: `${day}T08:00:00.000Z`,
      disconnectedAt: `${day}T11:00:00.000Z`,
      endReason: "client-hung-up",
      rxBytes: 2048,
      txBytes: 1024,
      rxPackets: 3,
      txPackets: 4,
    });
  await b.store.records.settled();
});
after(() => b.app.close());

test("session list --address --at names who had the address then", async () => {
  const { out } = await call("session", "list", "--address", "10.77.3.7", "--at", "2026-02-24T10:00:00Z");
  assert.equal(
    out,
    [
      "ID        USER  CLIENT     ADDRESS    FROM    LASTED  ENDED           RECEIVED",
      "s-tuesda  bert  192.0.2.1  10.77.3.7  5d ago  3h      client-hung-up  2.0 KiB",
      "",
    ].join("\n"),
  );
});

test("session list --state all has pages, and --all has all of them", async () => {
  const some = await call("session", "list", "--state", "all", "--limit", "1");
  assert.match(some.out, /^s1 .*\nThere are more: --limit COUNT, or --all\n$/m);
  const { out } = await call("session", "list", "--state", "all", "--limit", "1", "--all", "-o", "name");
  assert.equal(out, "s1\ns-tuesday\ns-monday\n");
});

test("session list passes its filters on", async () => {
  for (const [options, names] of [
    [["--until", "2026-02-24"], "s-monday\n"],
    [["--since", "2026-02-24T00:00Z"], "s1\ns-tuesday\n"],
    [["--state", "ended", "--user", "BERT"], "s-tuesday\n"],
    [["--state", "ended", "--sort", "user"], "s-monday\ns-tuesday\n"],
    [["--state", "ended", "--address", "192.0.2.0/24", "--pool", "tunnel.pool"], "s-tuesday\ns-monday\n"],
    [["--weak"], ""],
    [["--reason", "link-lost"], ""],
  ] as const)
    assert.equal((await call("session", "list", ...options, "-o", "name")).out, names, options.join(" "));
});

test("session totals adds up", async () => {
  const { out } = await call(
    "session",
    "totals",
    "--since",
    "2026-02-20",
    "--until",
    "2026-02-26",
    "--by",
    "user",
  );
  assert.equal(
    out,
    [
      "USER  SESSIONS  TIME  RECEIVED  SENT",
      "anna  1         3h    2.0 KiB   1.0 KiB",
      "bert  1         3h    2.0 KiB   1.0 KiB",
      "",
    ].join("\n"),
  );
});

test("session export writes a file, or to standard output", async () => {
  assert.deepEqual(await call("session", "export", "/tmp/x.csv", "--user", "bert"), {
    code: 0,
    out: "",
    err: "",
  });
  assert.match(files.get("/tmp/x.csv")!, /^id,state,.*\r\ns-tuesday,ended,bert,bert,.*\r\n$/);
  const { out } = await call("session", "export", "--format", "ndjson", "--state", "ended");
  assert.deepEqual(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
    ["s-tuesday", "s-monday"],
  );
});

test("attempt list passes verdict and time on", async () => {
  b.store.records.begin({ id: "d1", startedAt: "2026-02-24T08:00:00.000Z", clientAddress: "192.0.2.1" });
  b.store.records.update("d1", { endedAt: "2026-02-24T08:00:01.000Z", verdict: "no-address", user: "bert" });
  const found = async (...options: string[]) => (await call("attempt", "list", "-o", "name", ...options)).out;
  assert.equal(await found("--verdict", "no-address", "--since", "2026-02-24"), "d1\n");
  assert.equal(await found("--verdict", "bad-credentials"), "");
  assert.equal(await found("--until", "2026-02-20"), "");
});
