import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect, type Seen } from "../support/lab/dissect.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { until } from "../support/lab/until.ts";
import { AUTHENTICATION_FAILED, type Credentials } from "../support/lab/vpn-client.ts";

const CASES: readonly (Credentials & { readonly title: string; readonly verdict: string })[] = [
  { title: "a wrong password", user: ALICE.user, password: "wrong", verdict: "bad-credentials" },
  { title: "an unknown user", user: "mallory", password: "guess", verdict: "bad-credentials" },
  { title: "a disabled user", user: "dora", password: "right", verdict: "user-disabled" },
];

/** What a guesser could tell apart over a network; the rooms answer within fractions of it. */
const SAME_TIME_MS = 25;

describe("a refused login", () => {
  const scene = useScene(1);
  const failures: { readonly text: string; readonly after: number }[] = [];

  for (const { title, user, password, verdict } of CASES) {
    test(`${title} is refused with E=691 R=0, and the attempt says ${verdict}`, async () => {
      if (user === "dora") await scene.pacd.addUser(user, password, { enabled: false });
      const client = scene.clients[0]!;
      const capture = await scene.lab.capture();
      const { code, log } = await client.dial({ user, password });
      assert.equal(code, AUTHENTICATION_FAILED, log);
      assert.match(log, /rcvd \[CHAP Failure id=\w+ "E=691 R=0 /);
      failures.push(failure(dissect(await capture.stop())));
      const attempt = await until("the verdict", async () => {
        const { items } = (await scene.pacd.api("GET", `/api/v1/attempts?user=${user}&limit=1`)).body;
        return items[0]?.verdict.code === "in-progress" ? undefined : items[0];
      });
      assert.equal(attempt.verdict.code, verdict);
      assert.equal(attempt.sessionId, null);
    });
  }

  test("all three look and take the same", (t) => {
    const [first, ...others] = failures;
    assert.equal(others.length, 2);
    for (const other of others) assert.equal(other.text, first!.text);
    const times = failures.map(({ after }) => after);
    t.diagnostic(`CHAP Response to Failure: ${times.map((ms) => `${ms.toFixed(1)} ms`).join(", ")}`);
    assert.ok(Math.max(...times) - Math.min(...times) < SAME_TIME_MS, times.join());
  });

  test("the user whose password was wrong still gets in with the right one", async () => {
    await scene.clients[0]!.connect(ALICE);
    await scene.clients[0]!.hangUp();
  });
});

/** The Failure's text, with the random challenge taken out, and its time after the Response. */
function failure(seen: readonly Seen[]): { text: string; after: number } {
  const response = seen.find(({ what }) => what === "CHAP Response")!;
  const answer = seen.find(({ what }) => what === "CHAP Failure")!;
  return {
    text: answer.body.toString("latin1").replace(/C=[0-9A-Fa-f]{32}/, "C=…"),
    after: answer.at - response.at,
  };
}
