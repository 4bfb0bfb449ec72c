import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseCommandLine } from "../../server/command-line.ts";
import { configCommand } from "../../server/config-command.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";

function at(t: TestContext, toml: string) {
  const file = join(temporaryDirectory(t), "pacd.toml");
  writeFileSync(file, toml);
  const run = (what: "show" | "check" | "diff") => {
    const said: string[] = [];
    return { code: configCommand(what, file, (line) => said.push(line)), out: said.join("\n") };
  };
  return { file, run };
}

test("pacd config show|check|diff take a file", () => {
  const installed = { version: "1", configFile: undefined, stateDirectory: "/v", exampleFile: "/e" };
  for (const what of ["show", "check", "diff"] as const)
    assert.deepEqual(parseCommandLine(["config", what, "--config", "/x.toml"], installed), {
      do: "config",
      what,
      configFile: "/x.toml",
    });
});

test("show has the file's lines", (t) => {
  const { run, file } = at(t, "[tunnel]\nmtu = 1300");
  const { code, out } = run("show");
  assert.equal(code, 0);
  assert.ok(out.startsWith(`Configuration: ${file}\n`));
  assert.match(out, /^tunnel\.mtu +1300 +line 2$/m);
});

test("check says that it is right, and throws what is wrong", (t) => {
  const { run, file } = at(t, "[tunnel]\nmtu = 1300");
  assert.deepEqual(run("check"), { code: 0, out: `${file} is right.` });
  assert.throws(() => at(t, "[tunnel]\nmtu = 1").run("check"), { code: "config-bad-value" });
  assert.throws(() => at(t, "[admin]\ntls_certificate = 'c.pem'\ntls_key = 'k.pem'").run("check"), {
    code: "tls-unusable",
  });
});

test("diff is against the defaults, and 1 where something differs", (t) => {
  assert.deepEqual(at(t, "[tunnel]\nmtu = 1400").run("diff"), { code: 0, out: "All is at its default." });
  assert.deepEqual(at(t, "[tunnel]\nmtu = 1300\n[nat]\nmode = 'off'").run("diff"), {
    code: 1,
    out: '  tunnel.mtu: 1400 -> 1300\n  nat.mode: "auto" -> "off"',
  });
});
