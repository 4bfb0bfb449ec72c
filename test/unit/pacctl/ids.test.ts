import assert from "node:assert/strict";
import { test } from "node:test";
import { type Api, ApiRefusal } from "../../../pacctl/api-client.ts";
import { wholeId } from "../../../pacctl/ids.ts";
import { typedApi } from "../../../pacctl/typed-api.ts";
import type { AppError } from "../../../server/errors/app-error.ts";

const A = "0b9f1c2e-1111-4222-8333-444455556666";
const B = "0b9f1c2e-1111-4222-8333-4444ffff6666";
const C = "17aa0000-1111-4222-8333-444455556666";

/** Sessions of a pacd that looks for beginnings of IDs. */
function sessions(...ids: readonly string[]) {
  const asked: string[] = [];
  const api = (async (_: string, path: string) => {
    asked.push(path);
    const prefix = new URLSearchParams(path.split("?")[1]).get("idPrefix")!;
    return { items: ids.filter((id) => id.startsWith(prefix)).map((id) => ({ id, user: "anna" })) };
  }) as Api;
  return { ask: typedApi(api), asked };
}

test("the beginning of an ID that begins one alone stands for it", async () => {
  const { ask, asked } = sessions(A, B, C);
  assert.equal(await wholeId(ask, "session", "17"), C);
  assert.deepEqual(asked, ["/sessions?state=all&idPrefix=17&limit=20"]);
});

test("what is to be ended is looked for among the living", async () => {
  const { ask, asked } = sessions(C);
  await wholeId(ask, "session", "17", "live");
  assert.match(asked[0]!, /state=live/);
});

test("a whole ID needs no question", async () => {
  const { ask, asked } = sessions(A);
  assert.deepEqual([await wholeId(ask, "attempt", A), asked], [A, []]);
});

test("a beginning of several is a conflict that names them, as short as they can be told apart", async () => {
  const failed = await wholeId(sessions(A, B, C).ask, "session", "0b9f").then(
    () => assert.fail("two begin so"),
    (error: AppError) => error,
  );
  assert.equal(failed.code, "ambiguous-id");
  assert.match(
    failed.message,
    /"0b9f": 0b9f1c2e-1111-4222-8333-44445 \(anna\), 0b9f1c2e-1111-4222-8333-4444f \(anna\)\. /,
  );
  assert.deepEqual(failed.details["candidates"], [A, B]);
});

test("what is an ID itself is no beginning of a longer one; what begins none comes back", async () => {
  assert.equal(await wholeId(sessions("s1", "s12").ask, "session", "s1"), "s1");
  assert.equal(await wholeId(sessions(A).ask, "session", "ff"), "ff");
});

test("a pacd that cannot look for beginnings is asked for what was typed; another refusal is one", async () => {
  const refusing = (status: number) =>
    typedApi(async () => {
      throw new ApiRefusal("invalid-request", "no idPrefix", status);
    });
  assert.equal(await wholeId(refusing(400), "session", "0b"), "0b");
  await assert.rejects(wholeId(refusing(403), "session", "0b"), { status: 403 });
});
