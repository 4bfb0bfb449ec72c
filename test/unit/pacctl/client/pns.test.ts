import assert from "node:assert/strict";
import { test } from "node:test";
import { createPns, pns } from "../../../../pacctl/client/control/pns.ts";
import type { Pns, PnsEffect, PnsEvent } from "../../../../pacctl/client/control/pns-types.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";

const call = { callId: toPeerCallId(0x1111), serialNumber: 0 };

const STATES: Readonly<Record<string, Pns>> = {
  idle: createPns(call),
  starting: { at: "starting", call },
  calling: { at: "calling", call },
  connected: { at: "connected", call, serverCallId: toCallId(0x2222), echoes: 0 },
  clearing: { at: "clearing" },
  stopping: { at: "stopping" },
  ended: { at: "ended" },
};

const message = (fields: ControlMessage): PnsEvent => ({ type: "message", message: fields });

const startReply = (result: number) =>
  message({
    type: "start-control-connection-reply",
    version: 0x0100,
    result,
    error: 0,
    framingCapabilities: 3,
    bearerCapabilities: 3,
    maximumChannels: 0,
    firmwareRevision: 1,
    hostName: "vpn",
    vendorName: "pacd",
  });

const callReply = (result: number, peerCallId = 0x1111) =>
  message({
    type: "outgoing-call-reply",
    callId: toCallId(0x2222),
    peerCallId: toPeerCallId(peerCallId),
    result,
    error: 0,
    cause: 0,
    connectSpeed: 1,
    receiveWindow: 64,
    processingDelay: 0,
    physicalChannelId: 0,
  });

const disconnect = (callId: number) =>
  message({
    type: "call-disconnect-notify",
    callId: toCallId(callId),
    result: 3,
    error: 0,
    cause: 0,
    callStatistics: "",
  });

const clear = (callId: number) => message({ type: "call-clear-request", callId: toPeerCallId(callId) });

const EVENTS: Readonly<Record<string, PnsEvent>> = {
  start: { type: "start" },
  "start reply": startReply(1),
  "start refused": startReply(4),
  "call reply": callReply(1),
  "call refused": callReply(4),
  "another's call reply": callReply(1, 0x3333),
  disconnect: disconnect(0x2222),
  "another's disconnect": disconnect(0x3333),
  clear: clear(0x2222),
  "clear by our ID": clear(0x1111),
  "another's clear": clear(0x3333),
  "echo request": message({ type: "echo-request", identifier: 7 }),
  "echo reply": message({ type: "echo-reply", identifier: 1, result: 1, error: 0 }),
  "set link info": message({
    type: "set-link-info",
    peerCallId: toCallId(0x1111),
    sendAccm: 0,
    receiveAccm: 0,
  }),
  "stop request": message({ type: "stop-control-connection-request", reason: 3 }),
  "stop reply": message({ type: "stop-control-connection-reply", result: 1, error: 0 }),
  fault: { type: "fault" },
  closed: { type: "closed" },
  reply: { type: "timer", timer: "reply" },
  silence: { type: "timer", timer: "silence" },
  echo: { type: "timer", timer: "echo" },
  "hang up": { type: "hang-up" },
};

/** What stands for each state and event: the next state, what is sent, and the end. Empty: nothing moves. */
// biome-ignore format: a table
const TABLE: Readonly<Record<string, readonly string[]>> = {
  //                       idle             starting                 calling                    connected                                clearing                  stopping
  "start":                ["starting start-control-connection-request", "", "",                 "",                                      "",                       ""],
  "start reply":          ["",              "calling outgoing-call-request", "",                "",                                      "",                       ""],
  "start refused":        ["",              "ended start-refused",   "",                        "",                                      "",                       ""],
  "call reply":           ["",              "",                      "connected",               "",                                      "",                       ""],
  "call refused":         ["",              "",                      "ended stop-control-connection-request call-refused", "",           "",                       ""],
  "another's call reply": ["",              "",                      "",                        "",                                      "",                       ""],
  "disconnect":           ["",              "",                      "",                        "ended stop-control-connection-request call-disconnected", "stopping stop-control-connection-request", ""],
  "another's disconnect": ["",              "",                      "",                        "",                                      "stopping stop-control-connection-request", ""],
  "clear":                ["",              "",                      "",                        "ended stop-control-connection-request call-cleared", "stopping stop-control-connection-request", ""],
  "clear by our ID":      ["",              "",                      "",                        "ended stop-control-connection-request call-cleared", "stopping stop-control-connection-request", ""],
  "another's clear":      ["",              "",                      "",                        "",                                      "stopping stop-control-connection-request", ""],
  "echo request":         ["idle echo-reply", "starting echo-reply", "calling echo-reply",      "connected echo-reply",                  "clearing echo-reply",    "stopping echo-reply"],
  "echo reply":           ["",              "",                      "",                        "",                                      "",                       ""],
  "set link info":        ["",              "",                      "",                        "",                                      "",                       ""],
  "stop request":         ["ended stop-control-connection-reply stopped", "ended stop-control-connection-reply stopped", "ended stop-control-connection-reply stopped", "ended stop-control-connection-reply stopped", "ended stop-control-connection-reply hung-up", "ended stop-control-connection-reply hung-up"],
  "stop reply":           ["",              "",                      "",                        "",                                      "",                       "ended hung-up"],
  "fault":                ["ended not-pptp", "ended not-pptp",       "ended not-pptp",          "ended not-pptp",                        "ended hung-up",          "ended hung-up"],
  "closed":               ["ended connection-lost", "ended connection-lost", "ended connection-lost", "ended connection-lost",           "ended hung-up",          "ended hung-up"],
  "reply":                ["",              "ended start-unanswered", "ended stop-control-connection-request call-unanswered", "", "stopping stop-control-connection-request", "ended hung-up"],
  "silence":              ["",              "",                      "",                        "connected echo-request",                "",                       ""],
  "echo":                 ["",              "",                      "",                        "ended echo-unanswered",                 "",                       ""],
  "hang up":              ["ended hung-up", "stopping stop-control-connection-request", "clearing call-clear-request", "clearing call-clear-request", "",  ""],
};

function summary(before: Pns, [next, ...effects]: readonly [Pns, ...PnsEffect[]]): string {
  const words = effects.flatMap((effect) => {
    if (effect.do === "send") return [effect.message.type];
    return effect.do === "ended" ? [effect.cause.code] : [];
  });
  return next.at === before.at && words.length === 0 ? "" : [next.at, ...words].join(" ");
}

for (const [name, row] of Object.entries(TABLE)) {
  test(`${name}, in every state`, () => {
    const states = Object.values(STATES).slice(0, -1);
    assert.deepEqual(
      states.map((state) => summary(state, pns(state, EVENTS[name]!))),
      row,
    );
  });
}

test("the table has every event, and nothing moves what has ended", () => {
  assert.deepEqual(Object.keys(TABLE), Object.keys(EVENTS));
  for (const event of Object.values(EVENTS)) assert.deepEqual(pns({ at: "ended" }, event), [{ at: "ended" }]);
});

test("any message ends the wait for an Echo-Reply, and the silence begins anew", () => {
  const [, ...effects] = pns(STATES["connected"]!, EVENTS["set link info"]!);
  assert.deepEqual(effects, [
    { do: "disarm", timer: "echo" },
    { do: "arm", timer: "silence", after: 60_000 },
  ]);
});

test("the call reply names the server's call ID, the start reply its names", () => {
  const [, ...up] = pns(STATES["calling"]!, EVENTS["call reply"]!);
  assert.ok(up.some((effect) => effect.do === "call-up" && effect.serverCallId === 0x2222));
  const [, greeted] = pns(STATES["starting"]!, EVENTS["start reply"]!);
  assert.deepEqual(greeted, { do: "greeted", hostName: "vpn", vendorName: "pacd" });
});
