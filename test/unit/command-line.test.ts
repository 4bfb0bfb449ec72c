import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommandLine } from "../../server/command-line.ts";
import { AppError } from "../../server/errors/app-error.ts";

test("serve and check take a configuration file", () => {
  assert.deepEqual(parseCommandLine(["serve"], "1.2.3"), { do: "serve", configFile: undefined });
  assert.deepEqual(parseCommandLine(["check", "--config", "/etc/pacd.toml"], "1.2.3"), {
    do: "check",
    configFile: "/etc/pacd.toml",
  });
});

for (const argv of [["frobnicate"], ["serve", "--frob"], ["serve", "--config"], ["serve", "extra"]]) {
  test(`pacd ${argv.join(" ")} is refused as usage, in one line`, () => {
    assert.throws(
      () => parseCommandLine(argv, "1.2.3"),
      (error: unknown) =>
        error instanceof AppError && error.code === "usage" && !error.message.includes("\n"),
    );
  });
}
