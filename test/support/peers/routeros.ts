import { toPeerCallId } from "../../../server/wire/call-id.ts";
import type { Habits } from "./habits.ts";

/** RouterOS as a client: no compression of PPP's fields and no character map, whoever asks for them. */
export const ROUTEROS: Habits = {
  name: "RouterOS",
  start: { framingCapabilities: 2, bearerCapabilities: 0, hostName: "MikroTik", vendorName: "MikroTik" },
  call: { callId: toPeerCallId(0x0101) },
  setLinkInfo: false,
  firstSequence: 0,
  reorders: false,
  firstId: 1,
  lcp: [
    [1, "05aa"],
    [5, "1b2c3d4e"],
  ],
  rejects: [2, 7, 8],
  identifications: [],
  encryption: "mppe",
  mppe: "01000040",
  ipcp: "beside CCP",
  address: [[3, "00000000"]],
  others: [],
  endsOnCcpAgain: false,
  repeatsResponse: true,
  repeatsCcp: false,
  repeatsRequests: true,
  goodbye: new Uint8Array(8),
  endsControlConnection: true,
};
