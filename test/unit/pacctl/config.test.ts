import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { configView } from "../../../server/config-view.ts";
import { bench, TOKEN } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const TOML = "[tunnel]\nmtu = 1300\n";

async function served(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const file = join(temporaryDirectory(t), "pacd.toml");
  writeFileSync(file, TOML);
  const b = await bench({ config: configView({ config: parseConfig(TOML, file) }, file) });
  t.after(() => b.app.close());
  const readFile = async (path: string) => {
    if (path in files) return files[path]!;
    throw Object.assign(new Error(`ENOENT: no such file ${path}`), { code: "ENOENT" });
  };
  const run = (...argv: string[]) => pacctl(["config", ...argv], { fetch: injected(b.app), readFile });
  return { run, file };
}

test("show has every key, its value as it would be written, and where it stands", async (t) => {
  const { run, file } = await served(t);
  const { code, out } = await run("show");
  assert.equal(code, 0);
  assert.ok(out.startsWith(`Configuration: ${file}\nKEY `), out);
  assert.match(out, /^tunnel\.mtu +1300 +line 2$/m);
  assert.match(out, /^tunnel\.pool +\["10\.77\.0\.10-10\.77\.3\.250"\] +default$/m);
  assert.doesNotMatch(out, /by now/);
});

test("show ends with what the file says otherwise by now, and with what is wrong in it", async (t) => {
  const { run, file } = await served(t);
  writeFileSync(file, '[tunnel]\nmtu = 1200\ninterface = "pac9"\n');
  assert.match(
    (await run("show")).out,
    /\nThe file says otherwise by now:\n {2}tunnel\.interface: "pac0" -> "pac9" {2}\(needs a restart\)\n {2}tunnel\.mtu: 1300 -> 1200 {2}\(for who dials from then on\)\n$/,
  );
  writeFileSync(file, "[tunnel]\nmtu = 1\n");
  assert.match(
    (await run("show")).out,
    /\nThe file cannot be used as it is now:\n {2}\S+:2: tunnel\.mtu: must be .*\n$/,
  );
});

test("check says that a file is right, or each fault with its line, and ends with 1 then", async (t) => {
  const { run, file } = await served(t, {
    "/new.toml": "[nat]\nmode = 'off'",
    "/bad.toml": "[nat]\nmode = 1\n[x]",
  });
  assert.deepEqual(await run("check", "/new.toml"), { code: 0, out: "/new.toml is right.\n", err: "" });
  assert.deepEqual(await run("check"), { code: 0, out: `${file} is right.\n`, err: "" });
  const { code, out, err } = await run("check", "/bad.toml");
  assert.deepEqual([code, err], [1, ""]);
  assert.match(out, /^\/bad\.toml:2: nat\.mode: must be .*\n\/bad\.toml:3: x: there is no such key\n$/);
});

test("diff says key, from, to and when it counts, and ends with 1 where something differs", async (t) => {
  const { run, file } = await served(t, {
    "/new.toml": "[tunnel]\nmtu = 1300\n[data_plane]\nworkers = 3\n[log]\nlevel = 'warn'",
  });
  assert.deepEqual(await run("diff"), { code: 0, out: `${file} says what runs.\n`, err: "" });
  assert.deepEqual(await run("diff", "/new.toml"), {
    code: 1,
    out: '  data_plane.workers: 0 -> 3  (needs a restart)\n  log.level: "info" -> "warn"  (at once)\n\n`pacctl reload` puts it into effect.\nWhat needs a restart counts after `systemctl restart pacd`.\n',
    err: "",
  });
});

test("a file that is not there is wrong usage", async (t) => {
  const { run } = await served(t);
  const { code, err } = await run("check", "/none.toml");
  assert.deepEqual([code, /^pacctl: \/none\.toml: cannot be read: ENOENT.*\n$/.test(err)], [2, true], err);
});

test("--json is what the API says", async (t) => {
  const { run, file } = await served(t, { "/x.toml": TOML });
  assert.deepEqual(JSON.parse((await run("check", "/x.toml", "--json")).out), {
    file,
    faults: [],
    changes: [],
  });
  assert.deepEqual(JSON.parse((await run("diff", "--json")).out), { file, faults: [], changes: [] });
  assert.equal(JSON.parse((await run("show", "--json")).out).file, file);
});

for (const [what, env, exit] of [
  ["a server", { PACD_TOKEN: TOKEN }, 3],
  ["a token", {}, 4],
] as const)
  test(`without ${what} check looks at a file by itself, and says so`, async () => {
    const files: Record<string, string> = { "/good.toml": TOML, "/bad.toml": "[tunnel]\nmtu = 1" };
    const run = (...argv: string[]) =>
      pacctl(["config", ...argv], {
        fetch: () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" })),
        env,
        readFile: async (path) =>
          files[path] ?? Promise.reject(Object.assign(new Error("none"), { code: "ENOENT" })),
      });
    const good = await run("check", "/good.toml");
    assert.deepEqual([good.code, good.out], [0, "/good.toml is right.\n"]);
    assert.match(good.err, /^pacctl: No pacd was asked, the file alone was looked at: .*\n$/);
    const bad = await run("check", "/bad.toml");
    assert.deepEqual([bad.code, /^\/bad\.toml:2: tunnel\.mtu: /.test(bad.out)], [1, true]);
    assert.equal((await run("check")).code, exit);
    assert.equal((await run("diff", "/good.toml")).code, exit);
  });
