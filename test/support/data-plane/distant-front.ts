import { CounterWriter, counterMemories } from "../../../server/data-plane/counters.ts";
import type { LoopCall } from "../../../server/data-plane/loop/loop-messages.ts";
import { Front } from "../../../server/data-plane/workers/dispatcher.ts";
import { formatIpv4 } from "../../../server/wire/ipv4.ts";
import { NETWORK, SPEC } from "./bench.ts";

/**
 * A front whose loops are far away: what they are sent piles up, and they say only what the test has them
 * say.
 */
export function distant(loops = 1) {
  const calls: LoopCall[] = [];
  /** Calls of tunnels by loop, and what was asked of the queues, in the order made. */
  const made: string[] = [];
  const heard: string[] = [];
  const memories = counterMemories(4, loops);
  const front = new Front({
    links: memories.map((_, loop) => ({
      send(call) {
        calls.push(call);
        if (call.call !== "count-for") made.push(`${loop} ${call.call}`);
      },
      close: async () => void made.push(`${loop} ended`),
    })),
    counters: memories,
    queues: {
      steer: (to, loop) => made.push(`${formatIpv4(to)} to ${loop}`),
      unsteer: (to) => made.push(`${formatIpv4(to)} to any`),
      overflowed: () => 7,
      close: () => made.push("queues closed"),
    },
    events: {
      control: (callId) => heard.push(`control ${callId}`),
      coherencyLost: (callId) => heard.push(`coherency lost ${callId}`),
      broken: (callId, reason) => heard.push(`broken ${callId} ${reason}`),
    },
  });
  return { front, calls, made, heard, counters: memories.map((memory) => new CounterWriter(memory)) };
}

/** Tunnels with these call IDs, all under one address. */
export function sharing(front: Front, ...callIds: readonly number[]) {
  for (const callId of callIds) {
    void front.addTunnel({ ...SPEC, callId });
    front.openNetwork(callId, NETWORK);
  }
}
