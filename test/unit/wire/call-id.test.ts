import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterWriter, counterMemory, toSlot } from "../../../server/data-plane/counters.ts";
import type { TunnelSpec } from "../../../server/data-plane/data-plane.ts";
import type { OutgoingCallReply } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import type { OutgoingCallRequest } from "../../../server/pptp/messages/outgoing-call-request.ts";
import {
  type CallId,
  keysOfPns,
  type PeerCallId,
  toCallId,
  toPeerCallId,
} from "../../../server/wire/call-id.ts";

const ours: CallId = toCallId(0x1111);
const theirs: PeerCallId = toPeerCallId(0x2222);

test("at the end of the PNS the IDs change places: what it receives has its own", () => {
  assert.deepEqual(keysOfPns(theirs, ours), { callId: 0x2222, peerCallId: 0x1111 });
});

/** Never called: what the compiler says about it is the test. */
export function swapped(request: OutgoingCallRequest, reply: OutgoingCallReply): readonly unknown[] {
  const ends = { peerAddress: 0, localAddress: 0 } as Pick<TunnelSpec, "peerAddress" | "localAddress">;
  const right: TunnelSpec = { ...ends, callId: reply.callId, peerCallId: request.callId };
  // @ts-expect-error: the key of what we receive is ours
  const receiving: TunnelSpec = { ...right, callId: theirs };
  // @ts-expect-error: the key of what we send is theirs
  const sending: TunnelSpec = { ...right, peerCallId: ours };
  // @ts-expect-error: the Call ID of the request is the PNS's
  const asked: OutgoingCallRequest = { ...request, callId: ours };
  // @ts-expect-error: the Call ID of the reply is the PAC's
  const answered: OutgoingCallReply = { ...reply, callId: request.callId };
  // @ts-expect-error: the Peer's Call ID of the reply is the one of the request
  const peers: OutgoingCallReply = { ...reply, peerCallId: reply.callId };
  // @ts-expect-error: the PNS has assigned the first, the PAC the second
  const pns = keysOfPns(ours, theirs);
  // @ts-expect-error: a number says not whose it is
  const bare: CallId = 0x1111;
  return [right, receiving, sending, asked, answered, peers, pns, bare];
}

test("neither a call ID nor a bare number is a place in the counters", () => {
  const memory = counterMemory(1);
  const counters = new CounterWriter(memory);
  counters.received(toSlot(0), 8);
  const neither = (): void => {
    // @ts-expect-error: a call ID is no slot
    counters.received(ours, 8);
    // @ts-expect-error: nor is a number
    counters.received(0, 8);
  };
  assert.equal(typeof neither, "function");
});
