import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { configView } from "../../../server/config-view.ts";
import { bench } from "../../support/admin-api.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const TOML = "[tunnel]\nmtu = 1300\n";

async function served(t: TestContext) {
  const file = join(temporaryDirectory(t), "pacd.toml");
  writeFileSync(file, TOML);
  const b = await bench({ config: configView({ config: parseConfig(TOML, file) }, file) });
  t.after(() => b.app.close());
  const check = async (body: object) => {
    const answer = await b.call("POST", "/api/v1/config:check", body);
    assert.equal(answer.statusCode, 200);
    return answer.json();
  };
  return { b, file, check };
}

test("the configuration is shown with its file, lines and defaults", async (t) => {
  const { b, file } = await served(t);
  const { file: shown, keys, fault } = (await b.call("GET", "/api/v1/config")).json();
  assert.deepEqual([shown, fault], [file, null]);
  const of = (key: string) => keys.find((one: { key: string }) => one.key === key);
  assert.deepEqual(of("tunnel.mtu"), {
    key: "tunnel.mtu",
    value: 1300,
    origin: "file",
    line: 2,
    counts: "next-dial",
    inFile: null,
  });
  assert.deepEqual(of("log.level"), {
    key: "log.level",
    value: "info",
    origin: "default",
    line: null,
    counts: "now",
    inFile: null,
  });
});

test("no token, no configuration", async (t) => {
  const { b } = await served(t);
  assert.equal((await b.app.inject("/api/v1/config")).statusCode, 401);
});

test("a document is compared with what runs, and says when each difference counts", async (t) => {
  const { check, file } = await served(t);
  assert.deepEqual(await check({ toml: '[tunnel]\ninterface = "pac7"\n[pools]\nguests = ["10.9.0.1"]' }), {
    file,
    faults: [],
    changes: [
      { key: "tunnel.interface", from: "pac0", to: "pac7", counts: "restart" },
      { key: "tunnel.mtu", from: 1300, to: 1400, counts: "next-dial" },
      { key: "pools.guests", from: null, to: ["10.9.0.1"], counts: "now" },
    ],
  });
});

test("without a document the server's own file is looked at as it is now", async (t) => {
  const { check, file } = await served(t);
  assert.deepEqual((await check({})).changes, []);
  writeFileSync(file, "[log]\nlevel = 'debug'");
  assert.deepEqual(
    (await check({})).changes.map(({ key }: { key: string }) => key),
    ["tunnel.mtu", "log.level"],
  );
});

for (const [what, toml, faults] of [
  [
    "every wrong key",
    "[tunnel]\nmtu = 1\n[x]",
    [
      [2, "tunnel.mtu", "config-bad-value"],
      [3, "x", "config-unknown-key"],
    ],
  ],
  ["what is no TOML", "[tunnel", [[1, null, "config-syntax"]]],
  [
    "two keys that contradict each other",
    '[admin]\nlisten = "0.0.0.0:8723"',
    [[2, "admin.listen", "config-bad-value"]],
  ],
  [
    "a certificate that is not there",
    '[admin]\n\ntls_certificate = "/none.pem"\ntls_key = "/none.pem"',
    [[3, "admin.tls_certificate", "tls-unusable"]],
  ],
] as const)
  test(`${what} is a fault with line, key and code, and nothing is compared`, async (t) => {
    const { check } = await served(t);
    const { faults: found, changes } = await check({ toml });
    assert.deepEqual(
      found.map(({ line, key, code }: Record<string, unknown>) => [line, key, code]),
      faults,
    );
    for (const { says } of found) assert.ok(says.length > 10 && !says.includes("\n"), says);
    assert.deepEqual(changes, []);
  });

test("relative paths are against the folder of the server's own file", async (t) => {
  const { check, file } = await served(t);
  const { changes } = await check({ toml: `${TOML}[state]\ndirectory = "state"` });
  assert.deepEqual(
    changes.map(({ to }: { to: string }) => to),
    [join(file, "../state")],
  );
});

test("a field that is not text is refused as it is everywhere", async (t) => {
  const { b } = await served(t);
  const answer = await b.call("POST", "/api/v1/config:check", { toml: 5 });
  assert.deepEqual([answer.statusCode, answer.json().field], [400, "toml"]);
});
