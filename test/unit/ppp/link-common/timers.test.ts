import assert from "node:assert/strict";
import { test } from "node:test";
import { account } from "../../../../server/ppp/link-common/timers.ts";

type Timer = "lcp" | "echo" | "auth";
type Effect =
  | { readonly do: "send" }
  | { readonly do: "arm"; readonly timer: Timer }
  | { readonly do: "disarm"; readonly timer: Timer }
  | { readonly do: "ended" };

const arm = (timer: Timer): Effect => ({ do: "arm", timer });
const disarm = (timer: Timer): Effect => ({ do: "disarm", timer });
const send: Effect = { do: "send" };
const ended: Effect = { do: "ended" };
const none = new Set<Timer>();

test("what is armed runs, until it is disarmed", () => {
  const [armed, ...out] = account<Timer, Effect>(none, undefined, [
    arm("lcp"),
    send,
    arm("echo"),
    disarm("lcp"),
  ]);
  assert.deepEqual([...armed], ["echo"]);
  assert.deepEqual(out, [arm("lcp"), send, arm("echo"), disarm("lcp")]);
});

test("a disarm of a timer that does not run is dropped", () => {
  const [armed, ...out] = account<Timer, Effect>(new Set<Timer>(["echo"]), undefined, [disarm("lcp"), send]);
  assert.deepEqual([...armed], ["echo"]);
  assert.deepEqual(out, [send]);
});

test("a timer that expired does not run any more, unless it is armed again", () => {
  const before = new Set<Timer>(["auth"]);
  assert.deepEqual(account<Timer, Effect>(before, "auth", [disarm("auth"), send]), [none, send]);
  assert.deepEqual(account<Timer, Effect>(before, "auth", [arm("auth")]), [before, arm("auth")]);
  assert.deepEqual([...before], ["auth"]);
});

test("what still runs at the end is disarmed before it", () => {
  const before = new Set<Timer>(["lcp", "echo"]);
  const [armed, ...out] = account<Timer, Effect>(before, undefined, [
    disarm("lcp"),
    arm("auth"),
    send,
    ended,
  ]);
  assert.deepEqual([...armed], []);
  assert.deepEqual(out, [disarm("lcp"), arm("auth"), send, disarm("echo"), disarm("auth"), ended]);
});
