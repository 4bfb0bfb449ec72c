import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { REFUSALS } from "./refused-documents.ts";
import { REFUSED_LISTENERS } from "./refused-listeners.ts";

const FILE = "/etc/pacd/pacd.toml";

function refusalOf(toml: string): AppError {
  try {
    parseConfig(toml, FILE);
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    return error;
  }
  return assert.fail(`accepted: ${toml}`);
}

for (const [toml, code, line] of [...REFUSALS, ...REFUSED_LISTENERS])
  test(`${JSON.stringify(toml)} is ${code}, with file, line and key`, () => {
    const { code: given, message } = refusalOf(toml);
    assert.equal(message, `${FILE}:${line}`);
    assert.equal(given, code);
  });

for (const [key, values] of Object.entries({
  "pptp.listen": [
    "",
    "1723",
    ":1723",
    "0.0.0.0",
    "0.0.0.0:0",
    "0.0.0.0:65536",
    "0.0.0.0:01",
    "[::1]:1723",
    "host:1",
  ],
  "admin.listen": ["[::1]", "::1:8723", "[::]:8723", "localhost:8723", "127.0.0.1:99999"],
  "tunnel.interface": [
    "",
    "sixteen-letters-",
    "a b",
    "a/b",
    "pac%d",
    ".",
    "..",
    "-x",
    "lo",
    "all",
    "default",
  ],
  "tunnel.local_address": ["", "10.77.0", "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::1"],
  "state.directory": [" ", "a\u0000b"],
}))
  for (const value of values)
    test(`${key} = ${JSON.stringify(value)} is config-bad-value`, () => {
      const { code, message } = refusalOf(`${key} = ${JSON.stringify(value)}`);
      assert.equal(code, "config-bad-value");
      assert.ok(message.startsWith(`${FILE}:1: ${key}: must be `), message);
    });

for (const value of ["", "10.0.0.9-10.0.0.8-10.0.0.7", "127.0.0.1", "224.0.0.0/24", "0.0.0.0", "10.0.0.1/24"])
  test(`a pool of ${JSON.stringify(value)} is config-bad-value`, () => {
    const { code, message } = refusalOf(`[tunnel]\npool = [\n${JSON.stringify(value)}]`);
    assert.equal(code, "config-bad-value");
    assert.ok(message.startsWith(`${FILE}:3: tunnel.pool[0]: must be addresses of hosts`), message);
  });

for (const name of ['""', '"a b"', '"ä"', '"a.b"', "Staff", `"${"x".repeat(33)}"`])
  test(`a pool named ${name} is config-bad-value`, () => {
    const { code, message } = refusalOf(`[pools]\n${name} = ["10.9.0.1"]`);
    assert.equal(code, "config-bad-value");
    assert.match(message, /^[^ ]+:2: pools\..*: its name must be 1 to 32 of/);
  });

test("everything that is wrong is told at once, a line each, in the order of the file", () => {
  const { code, message, details } = refusalOf("[tunnel]\nmtu = 1\nmtt = 2\n[nat]\nmode = 3\n[x]\n");
  assert.deepEqual(
    message.split("\n").map((line) => line.split(": ").slice(0, 2).join(": ")),
    [`${FILE}:2: tunnel.mtu`, `${FILE}:3: tunnel.mtt`, `${FILE}:5: nat.mode`, `${FILE}:6: x`],
  );
  assert.equal(code, "config-bad-value");
  assert.equal((details["faults"] as unknown[]).length, 4);
});

test("a value is told on one line, escaped and cut short", () => {
  const { message } = refusalOf(`[nat]\nmode = "${"x".repeat(500)}"\n[log]\nlevel = "a\\n\\u001b[31m"`);
  assert.equal(message.split("\n").length, 2);
  assert.ok(message.length < 400);
  assert.ok(!message.includes("\u001b"));
});

test("what is not TOML is config-syntax, with file, line and column", () => {
  const { code, message } = refusalOf('[tunnel]\nmtu = 1400\npool = ["10.0.0.1"\nmtu = 2');
  assert.equal(code, "config-syntax");
  assert.match(message, /^\/etc\/pacd\/pacd\.toml:\d+: column \d+: [^\n]+$/);
});

test("a key that is set twice is config-syntax at the second", () => {
  const { code, message } = refusalOf("[tunnel]\nmtu = 1400\nmtu = 1300");
  assert.equal(code, "config-syntax");
  assert.match(message, /pacd\.toml:3: /);
});

test("no truncation of a document makes anything but an AppError", () => {
  const whole = '[tunnel]\npool = ["10.0.0.0/24", """x\n"""]\n"dns" = [ ]\nx.y = { a = \'b\' }\n';
  for (let length = 0; length < whole.length; length++) {
    try {
      parseConfig(whole.slice(0, length), FILE);
    } catch (error) {
      assert.ok(error instanceof AppError, `${length}: ${error}`);
    }
  }
});
