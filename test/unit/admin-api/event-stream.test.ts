import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStream } from "../../../admin-api/events/event-stream.ts";
import { MAX_BEHIND } from "../../../admin-api/events/limits.ts";
import type { PacdEvent } from "../../../server/events/register.ts";
import type { EventQuery, KeptEvent } from "../../../server/store/events/event-types.ts";

const event = (id: number): PacdEvent => ({
  id,
  at: "2030-01-01T00:00:00.000Z",
  type: "condition-cleared",
  data: { code: "x", subject: "", lastedSeconds: id },
});
const kept = ({ id, at, type, data }: PacdEvent): KeptEvent => ({ id, at, type, data: JSON.stringify(data) });

function bench(stored: readonly number[] = [], since?: number) {
  const said: string[] = [];
  const listeners: Record<string, () => void> = {};
  const response = {
    writableLength: 0,
    writableNeedDrain: false,
    write: (text: string) => said.push(text) > 0,
    end: () => void said.push("END"),
    destroy: () => void said.push("CUT"),
    once: (name: string, listener: () => void) => {
      listeners[name] = listener;
    },
  };
  let listener: ((event: PacdEvent) => void) | undefined;
  const asked: EventQuery[] = [];
  const reading = { meanwhile: () => {} };
  const stream = new EventStream(
    {
      response: response as never,
      lastId: 1000,
      watch: (heard) => {
        listener = heard;
        return () => {
          listener = undefined;
        };
      },
      events: {
        reaches: async () => true,
        read: async (query) => {
          asked.push(query);
          reading.meanwhile();
          return stored
            .filter((id) => id > query.after)
            .slice(0, query.limit)
            .map((id) => kept(event(id)));
        },
      },
    },
    { filter: {}, since },
  );
  const ids = () =>
    said.flatMap((text) => [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id)));
  const happens = (id: number) => listener?.(event(id));
  return {
    stream,
    said,
    ids,
    response,
    listeners,
    asked,
    reading,
    happens,
    listens: () => listener !== undefined,
  };
}

test("what happens while the store is read is neither lost nor sent twice", async () => {
  const b = bench([1, 2, 3], 0);
  // The third is written already, the fourth is not, when the answer of the store is made.
  b.reading.meanwhile = () => {
    b.happens(3);
    b.happens(4);
  };
  await b.stream.replay();
  b.happens(5);
  assert.deepEqual(b.ids(), [1, 2, 3, 4, 5]);
});

test("what was missed is read no faster than it is taken", async () => {
  const b = bench(
    Array.from({ length: 250 }, (_, index) => index + 1),
    0,
  );
  b.response.writableNeedDrain = true;
  const replayed = b.stream.replay();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  assert.equal(b.asked.length, 1);
  b.listeners["drain"]!();
  await replayed;
  assert.deepEqual([b.asked.length, b.ids().length], [2, 250]);
});

test("what happens while a reader takes nothing is kept by the store alone, and sent in its turn", async () => {
  const stored = Array.from({ length: 250 }, (_, index) => index + 1);
  const b = bench(stored, 0);
  b.response.writableNeedDrain = true;
  const replayed = b.stream.replay();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  for (let id = 251; id <= 460; id++) {
    b.happens(id);
    stored.push(id);
  }
  for (let page = 0; page < 3; page++) {
    b.listeners["drain"]!();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
  await replayed;
  b.happens(461);
  assert.deepEqual(
    b.ids(),
    Array.from({ length: 461 }, (_, index) => index + 1),
  );
  assert.deepEqual(
    b.asked.map(({ after }) => after),
    [0, 200, 400],
  );
});

test("a reader who does not keep up is cut off, and costs nothing from then on", async () => {
  const b = bench();
  await b.stream.replay();
  b.response.writableLength = MAX_BEHIND;
  b.happens(1001);
  assert.equal(b.stream.ended, undefined);
  b.response.writableLength = MAX_BEHIND + 1;
  b.happens(1002);
  assert.deepEqual([b.stream.ended, b.said.at(-1), b.listens()], ["reader-slow", "CUT", false]);
});
