import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiRefusal } from "../../../pacctl/api-client.ts";
import { exitCodeOf } from "../../../pacctl/exit-codes.ts";
import type { Format } from "../../../pacctl/options/output.ts";
import { answerText } from "../../../pacctl/print/answer.ts";
import { several } from "../../../pacctl/several.ts";
import type { Terminal } from "../../../pacctl/terminal.ts";
import { AppError } from "../../../server/errors/app-error.ts";

/** Removes names, but those that it is told to fail at. */
async function removal(
  names: readonly string[],
  failing: Readonly<Record<string, Error>>,
  format: Format = "table",
) {
  let out = "";
  let err = "";
  const asked: string[] = [];
  const output = { format, columns: undefined };
  const terminal = {
    io: { err: (text: string) => (err += text), out: (text: string) => (out += text) },
    output,
    show: (answer: unknown, text: (answer: never) => string) =>
      (out += answerText(answer, text as never, output)),
  } as unknown as Terminal;
  const task = async (name: string) => {
    asked.push(name);
    if (failing[name] !== undefined) throw failing[name];
    return { name };
  };
  const error = await several(terminal, names, task, (_, name) => `Removed ${name}.\n`).then(
    () => undefined,
    (failed: AppError) => failed,
  );
  return { out, err, asked, error, code: error === undefined ? 0 : exitCodeOf(error) };
}

const missing = new ApiRefusal("user-not-found", "There is no such user.", 404);
const taken = new ApiRefusal("user-exists", "Taken.", 409);

test("all of them: each is told, and the code is 0", async () => {
  const { out, code } = await removal(["a", "b"], {});
  assert.deepEqual([out, code], ["Removed a.\nRemoved b.\n", 0]);
});

test("one that fails keeps nobody from the next; the code is 9", async () => {
  const { out, err, code, error } = await removal(["a", "b", "c"], { b: missing });
  assert.deepEqual([out, err, code], ["Removed a.\nRemoved c.\n", "pacctl: There is no such user.\n", 9]);
  assert.equal(error?.message, "2 of 3 were done.");
});

test("where none was done and all failed alike, the code says how; otherwise it is 9", async () => {
  assert.equal((await removal(["a", "b"], { a: missing, b: missing })).code, 5);
  assert.equal((await removal(["a", "b"], { a: missing, b: taken })).code, 9);
});

test("a server that is gone ends it: nobody waits for a time-out for each name", async () => {
  const gone = new AppError("server-unreachable", "Gone.");
  assert.deepEqual((await removal(["a", "b"], { a: gone })).asked, ["a"]);
  const { asked, code } = await removal(["a", "b", "c"], { b: gone });
  assert.deepEqual([asked, code], [["a", "b"], 9]);
});

test("as JSON: the answers in one document, the failures in the error, each with its name", async () => {
  const { out, err, error } = await removal(["a", "b"], { b: missing }, "json");
  assert.deepEqual([JSON.parse(out), err], [{ items: [{ name: "a" }] }, ""]);
  assert.deepEqual(error?.details["errors"], [
    { name: "b", code: "user-not-found", detail: "There is no such user.", status: 404, exitCode: 5 },
  ]);
});

test("as CSV: one line names the columns, those of all answers", async () => {
  const terminal = {
    io: { out: (text: string) => assert.equal(text, "name,room\na,\nb,7\n") },
    output: { format: "csv", columns: undefined },
  } as unknown as Terminal;
  await several(
    terminal,
    ["a", "b"],
    async (name) => (name === "a" ? { name } : { name, room: 7 }),
    () => assert.fail("CSV has no words"),
  );
});

test("one of several is told as one", async () => {
  const { error } = await removal(["a", "b"], { b: missing });
  assert.equal(error?.message, "1 of 2 was done.");
});

test("one name alone is as it always was", async () => {
  assert.equal((await removal(["a"], { a: missing })).error, missing);
  assert.deepEqual(JSON.parse((await removal(["a"], {}, "json")).out), { name: "a" });
});
