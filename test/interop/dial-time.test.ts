import assert from "node:assert/strict";
import { describe } from "node:test";
import { dialsOf, median, retransmissions } from "../support/lab/dials.ts";
import { dissect } from "../support/lab/dissect.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { complaints } from "../support/lab/tshark.ts";

const DIALS = 50;

/** From Outgoing-Call-Request to an acknowledged address. */
const TARGET_MS = 100;

/** RFC 1661 §4.6: the restart timer. A dial that takes longer than a good part of it has waited for one. */
const RESTART_MS = 3000;

describe("the time of a dial", () => {
  const scene = useScene(1);

  test(`${DIALS} dials: a median of ${TARGET_MS} ms at most, and none waits for a retransmission`, async (t) => {
    const client = scene.clients[0]!;
    const capture = await scene.lab.capture();
    for (let dial = 0; dial < DIALS; dial += 1) {
      await client.connect(ALICE);
      await client.hangUp();
    }
    const dials = dialsOf(client.guest.address, dissect(await capture.stop()));
    const times = dials.map(({ setupMs }) => setupMs);
    const figures = `median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`;
    t.diagnostic(`Outgoing-Call-Request to acknowledged address, ${dials.length} dials: ${figures}`);
    assert.equal(dials.length, DIALS);
    assert.deepEqual(dials.flatMap(retransmissions), []);
    assert.equal(await complaints(scene.lab, capture.bytes()), "");
    assert.ok(Math.max(...times) < RESTART_MS / 2, figures);
    assert.ok(median(times) <= TARGET_MS, figures);
  });
});
