import assert from "node:assert/strict";
import { test } from "node:test";
import { bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

/** Types these lines, one for each question. */
function typing(...lines: readonly (string | undefined)[]) {
  const prompts: string[] = [];
  const rest = [...lines];
  return {
    prompts,
    askHidden: async (prompt: string) => {
      prompts.push(prompt);
      return rest.shift();
    },
  };
}

test("--ask-password asks twice, and the password is the one that was typed", async () => {
  const b = await bench();
  try {
    const { prompts, askHidden } = typing("corréct horse", "corréct horse");
    const { code, out } = await pacctl(["user", "add", "anna", "--ask-password"], {
      fetch: injected(b.app),
      askHidden,
    });
    assert.deepEqual([code, out], [0, "Added user anna.\n"]);
    assert.deepEqual(prompts, ["New password: ", "Once more: "]);
  } finally {
    await b.app.close();
  }
});

for (const [what, lines, words] of [
  ["two that differ", ["one-password", "other-password"], /The two passwords differ; nothing was done\./],
  ["an empty one", [""], /The password is empty; nothing was done\./],
  ["Ctrl-C", [undefined], /No password was typed; nothing was done\./],
] as const)
  test(`${what}: wrong usage, and no request`, async () => {
    const { code, err } = await pacctl(["user", "password", "anna", "--ask-password"], {
      fetch: async () => assert.fail("no request expected"),
      ...typing(...lines),
    });
    assert.deepEqual([code, words.test(err)], [2, true], err);
  });

test("where there is no terminal, it is said what to do instead", async () => {
  const { code, err } = await pacctl(["user", "add", "anna", "--ask-password"], {
    fetch: async () => assert.fail(),
  });
  assert.deepEqual([code, /--password-stdin\.\n$/.test(err)], [2, true]);
});
