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
