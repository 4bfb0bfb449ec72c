import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCodeFor } from "../../../pacctl/exit-codes.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { ERRORS } from "../../../server/errors/register.ts";
import { pacctl } from "../../support/pacctl.ts";

const problem = (status: number, body: object) => async () => new Response(JSON.stringify(body), { status });
const fails = (error: Error) => () => Promise.reject(error);

/** Codes that end pacctl with 1: of the start of pacd, and what no script can do anything about. */
const UNEXPECTED =
  /^(?:internal|method-not-allowed|host-.*|pool-overlaps-host|address-in-use|address-unusable|interface-.*|state-unusable|state-incomplete|state-elsewhere|migration-failed|secret-key-mismatch|tls-unusable|backup-unwritable)$/;

test("every error code has an exit code of its own choice; 1 is for what is listed here", () => {
  const unexpected = Object.keys(ERRORS).filter((code) => exitCodeFor(code) === 1);
  assert.deepEqual(
    unexpected.filter((code) => !UNEXPECTED.test(code)),
    [],
  );
  for (const code of Object.keys(ERRORS)) assert.ok(exitCodeFor(code) >= 1 && exitCodeFor(code) <= 9, code);
});

for (const [code, exit] of [
  ["usage", 2],
  ["config-syntax", 2],
  ["server-unreachable", 3],
  ["store-unavailable", 3],
  ["no-token", 4],
  ["unauthorized", 4],
  ["forbidden", 4],
  ["user-not-found", 5],
  ["user-exists", 6],
  ["ambiguous-id", 6],
  ["invalid-policy", 7],
  ["timed-out", 8],
  ["rate-limited", 8],
  ["partly-done", 9],
  ["not-yet-written", 9],
] as const)
  test(`${code} is exit code ${exit}`, () => assert.equal(exitCodeFor(code), exit));

test("of a code that only a newer server knows the status tells", () => {
  assert.deepEqual(
    [400, 403, 404, 412, 418, 503].map((status) => exitCodeFor("of-the-future", status)),
    [7, 4, 5, 6, 1, 3],
  );
});

for (const flags of [["--json"], ["-o", "json"], ["--output=json"]])
  test(`under ${flags.join(" ")} a refusal is JSON on standard error, with code, field and status`, async () => {
    const fetch = problem(400, {
      type: "t",
      title: "T",
      status: 400,
      code: "invalid-policy",
      detail: "No.",
      field: "dns",
    });
    const { code, out, err } = await pacctl(["status", ...flags], { fetch });
    assert.deepEqual([code, out], [7, ""]);
    assert.deepEqual(JSON.parse(err), {
      error: { code: "invalid-policy", detail: "No.", field: "dns", status: 400, exitCode: 7 },
    });
  });

test("under --json a server that is not there is JSON", async () => {
  const { code, err } = await pacctl(["status", "--json"], {
    fetch: fails(Object.assign(new Error("no"), { code: "ECONNREFUSED" })),
  });
  const { error } = JSON.parse(err);
  assert.deepEqual([code, error.code, error.exitCode], [3, "server-unreachable", 3]);
});

test("an answer that does not come in time is exit code 8", async () => {
  const { code, err } = await pacctl(["status", "--json"], {
    fetch: fails(new DOMException("late", "TimeoutError")),
  });
  assert.deepEqual([code, JSON.parse(err).error.code], [8, "timed-out"]);
});

for (const argv of [
  ["--json", "nonsense"],
  ["user", "--json"],
  ["status", "--json", "--bogus"],
  ["user", "add", "--json"],
])
  test(`pacctl ${argv.join(" ")}: wrong usage is JSON too, and nothing else is printed`, async () => {
    const { code, out, err } = await pacctl(argv, { fetch: fails(new AppError("usage", "never")) });
    const { error } = JSON.parse(err);
    assert.deepEqual([code, out, error.code, error.exitCode], [2, "", "usage", 2]);
    assert.ok(error.detail.length > 10);
  });

test("--json behind -- is a word, and errors stay words", async () => {
  const { err } = await pacctl(["user", "show", "--", "--json"], {
    fetch: problem(404, { code: "user-not-found", detail: "None." }),
  });
  assert.equal(err, "pacctl: None.\n");
});
