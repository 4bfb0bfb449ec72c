import assert from "node:assert/strict";
import { test } from "node:test";
import { pacctl } from "../../support/pacctl.ts";

/** Answers 429 with these times to wait, then with what there is. */
function busy(...waits: readonly string[]) {
  const rest = [...waits];
  const slept: number[] = [];
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    const wait = rest.shift();
    if (wait === undefined) return new Response('{"items":[]}');
    return new Response(JSON.stringify({ code: "rate-limited", detail: "Too many." }), {
      status: 429,
      headers: wait === "" ? {} : { "retry-after": wait },
    });
  };
  const run = (...argv: string[]) =>
    pacctl(["session", "list", ...argv], {
      fetch,
      pause: async (ms) => {
        slept.push(ms);
      },
    });
  return { run, slept, asked: () => asked };
}

test("429 is waited for as long as pacd asks, and asked again; a short wait is not told", async () => {
  const { run, slept } = busy("1", "2");
  assert.deepEqual(await run(), { code: 0, out: "Nobody is connected.\n", err: "" });
  assert.deepEqual(slept, [1000, 2000]);
});

test("a long wait is told before it begins", async () => {
  const { run } = busy("20");
  const { code, err } = await run();
  assert.deepEqual([code, /asks to wait 20 s; --timeout/.test(err)], [0, true]);
});

test("waits that are longer than --timeout together are refused with 8", async () => {
  const { run, slept } = busy("20", "20", "20");
  const { code, err } = await run();
  assert.deepEqual([code, slept, /Too many\.\n$/.test(err)], [8, [20_000], true]);
  assert.deepEqual(
    [(await busy("20", "20").run("--timeout", "2m")).code, (await busy("3").run("--timeout", "2")).code],
    [0, 8],
  );
});

test("a 429 that says no time, or asks for none for ever, comes to an end", async () => {
  const silent = busy("");
  assert.deepEqual([(await silent.run()).code, silent.asked()], [8, 1]);
  const hasty = busy(...Array.from({ length: 100 }, () => "0"));
  assert.deepEqual([(await hasty.run()).code, hasty.asked()], [8, 32]);
});

for (const text of ["0", "x", "25h", "-1s", ""])
  test(`--timeout "${text}" is wrong usage`, async () => {
    const { run, asked } = busy();
    assert.deepEqual([(await run(`--timeout=${text}`)).code, asked()], [2, 0]);
  });

/** Fails with these codes of the system, then answers. */
function failing(argv: readonly string[], ...codes: readonly string[]) {
  const rest = [...codes];
  const keys: (string | null)[] = [];
  const run = () =>
    pacctl(argv, {
      fetch: async (_url, init) => {
        keys.push(new Headers(init.headers).get("idempotency-key"));
        const code = rest.shift();
        if (code !== undefined) throw Object.assign(new Error("failed"), { code });
        return new Response("{}", { status: init.method === "DELETE" ? 200 : 201 });
      },
    });
  return { run, keys };
}

const ADD = ["group", "add", "staff"];

test("a write whose connection broke is sent again with its key, also while pacd starts again", async () => {
  const { run, keys } = failing(ADD, "ECONNRESET", "ECONNREFUSED", "ECONNREFUSED");
  assert.equal((await run()).code, 0);
  assert.deepEqual([keys.length, new Set(keys).size], [4, 1]);
  assert.match(String(keys[0]), /^[0-9a-f-]{36}$/);
});

test("each command has a key of its own", async () => {
  const keys = [failing(ADD), failing(ADD)];
  for (const { run } of keys) await run();
  assert.notEqual(keys[0]!.keys[0], keys[1]!.keys[0]);
});

for (const [what, argv, codes, asked] of [
  ["a write that nobody listened to", ADD, ["ECONNREFUSED"], 1],
  ["a write that breaks again and again", ADD, Array<string>(9).fill("ECONNRESET"), 6],
  ["a request that reads", ["group", "show", "staff"], ["ECONNRESET"], 1],
] as const)
  test(`${what} ends with 3`, async () => {
    const { run, keys } = failing(argv, ...codes);
    assert.deepEqual([(await run()).code, keys.length], [3, asked]);
  });
