import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { CLOSE_GRACE } from "../../../admin-api/limits.ts";
import { bench, listen, TOKEN } from "../../support/admin-api.ts";

for (const [what, octets] of [
  ["a request line that never ends", "GET /hea"],
  [
    "a body that never ends",
    `POST /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n` +
      "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
  ],
] as const) {
  test(`${what} holds up a stop for the time of grace and no longer`, async () => {
    const timers: { readonly delay: number; readonly task: () => void }[] = [];
    const { app } = await bench({
      after: (delay, task) => {
        timers.push({ delay, task });
        return () => {};
      },
    });
    const { port } = new URL(await listen(app));
    const arrived = once(app.server, "connection");
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => {}); // it is cut off
    const gone = once(socket, "close");
    const [accepted] = await arrived;
    const read = once(accepted, "data");
    socket.write(octets);
    await read;
    const closed = app.close();
    while (timers.length === 0) await Promise.race([closed, new Promise(setImmediate)]);
    assert.deepEqual(
      timers.map(({ delay }) => delay),
      [CLOSE_GRACE],
    );
    timers[0]!.task();
    await closed;
    await gone;
  });
}

test("a stop with no request under way leaves no timer", async () => {
  let running = 0;
  const { app } = await bench({
    after: () => {
      running++;
      return () => running--;
    },
  });
  await listen(app);
  await app.close();
  assert.equal(running, 0);
});
