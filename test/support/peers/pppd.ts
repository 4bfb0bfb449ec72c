import { toPeerCallId } from "../../../server/wire/call-id.ts";
import { ACSCP, type Habits, INTERFACE_IDENTIFIER, IPV6CP } from "./habits.ts";

/** mtpd and pppd of Android up to 11. */
export const ANDROID: Habits = {
  name: "Android",
  start: { vendorName: "Android" },
  call: { callId: toPeerCallId(0x6b01) },
  setLinkInfo: false,
  firstSequence: 1,
  reorders: false,
  firstId: 1,
  lcp: [
    [2, "00000000"],
    [5, "7a6b5c4d"],
    [7, ""],
    [8, ""],
  ],
  rejects: [],
  identifications: [],
  encryption: "mppe",
  mppe: "01000040",
  ipcp: "after CCP",
  address: [
    [2, "002d0f01"],
    [3, "00000000"],
    [129, "00000000"],
    [131, "00000000"],
  ],
  others: [],
  endsOnCcpAgain: true,
  repeatsResponse: false,
  repeatsCcp: false,
  repeatsRequests: true,
  goodbye: new Uint8Array(8),
  endsControlConnection: true,
};

/** Apple's pppd, macOS up to 10.11: two strengths, and protocols that nobody else speaks. */
export const MACOS: Habits = {
  ...ANDROID,
  name: "macOS",
  start: {},
  call: { callId: toPeerCallId(0x00c9) },
  mppe: "01000060",
  address: [
    [3, "00000000"],
    [129, "00000000"],
    [131, "00000000"],
  ],
  others: [
    [IPV6CP, INTERFACE_IDENTIFIER],
    [ACSCP, "01020202"],
  ],
};

/** pptp-linux 1.10 with pppd 2.4.9 and `require-mppe`, as our own captures show it. */
export const PPTP_LINUX: Habits = {
  ...ANDROID,
  name: "pptp-linux",
  reorders: true,
  start: {
    framingCapabilities: 3,
    bearerCapabilities: 3,
    maximumChannels: 65_535,
    firmwareRevision: 1,
    hostName: "local",
    vendorName: "cananian",
  },
  call: { callId: toPeerCallId(0x2f1c), minimumBps: 2400, maximumBps: 10_000_000, receiveWindow: 3 },
  mppe: "01000060",
};

/**
 * pptp-linux with fewer options, which answers at once and sends nothing twice: a server that loses a message
 * or waits is found out. What comes late or twice through GRE it drops, and ending the call it leaves to the
 * server.
 */
export const SENDS_ONCE: Habits = {
  ...PPTP_LINUX,
  name: "pptp-linux without retransmission",
  call: { callId: toPeerCallId(0x1111) },
  firstSequence: 0,
  reorders: false,
  sendsFieldsWhole: true,
  lcp: [
    [2, "00000000"],
    [5, "0a0b0c0d"],
    [7, ""],
    [8, ""],
  ],
  mppe: "01000040",
  address: [[3, "00000000"]],
  endsOnCcpAgain: false,
  repeatsRequests: false,
  goodbye: Buffer.from("User request"),
  endsControlConnection: false,
};

/** What such a client does on a bad link: it sends again what nobody answers. */
export const INSISTENT = { repeatsRequests: true, repeatsResponse: true } as const;
