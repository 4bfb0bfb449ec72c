import assert from "node:assert/strict";
import { test } from "node:test";
import { GreHeader } from "../../../server/gre/header.ts";
import { ReceiveWindow } from "../../../server/gre/receive-window.ts";
import { LONE_ACK_AFTER, Transmit } from "../../../server/gre/transmit.ts";
import { toPeerCallId } from "../../../server/wire/call-id.ts";

const PEER = 2932;

function tunnel() {
  const window = new ReceiveWindow(32);
  return { window, transmit: new Transmit(toPeerCallId(PEER), window), header: new GreHeader() };
}

test("numbers count up from 0, as RFC 2637 §4.1 says", () => {
  const { transmit, header } = tunnel();
  for (const expected of [0, 1, 2]) {
    transmit.data(header, 40);
    assert.deepEqual([header.callId, header.payloadLength], [PEER, 40]);
    assert.deepEqual([header.hasSequence, header.sequence], [true, expected]);
  }
});

test("data takes along what is owed, once", () => {
  const { window, transmit, header } = tunnel();
  window.accept(0xffffffff, true);
  transmit.data(header, 40);
  assert.deepEqual([header.hasAcknowledgement, header.acknowledgement >>> 0], [true, 0xffffffff]);
  transmit.data(header, 40);
  assert.deepEqual([header.hasAcknowledgement, header.acknowledgement], [false, 0]);
});

test("a lone acknowledgement goes out only where one is owed, and takes no sequence number", () => {
  const { window, transmit, header } = tunnel();
  assert.equal(transmit.acknowledgement(header), false);
  window.accept(3, true);
  assert.equal(transmit.acknowledgement(header), true);
  assert.deepEqual(
    { ...header },
    {
      callId: PEER,
      payloadLength: 0,
      payloadOffset: 0,
      hasSequence: false,
      sequence: 0,
      hasAcknowledgement: true,
      acknowledgement: 3,
    },
  );
  assert.equal(transmit.acknowledgement(header), false);
  transmit.data(header, 1);
  assert.equal(header.sequence, 0);
});

test("a lone acknowledgement waits no longer than 100 ms", () => assert.ok(LONE_ACK_AFTER <= 100));
