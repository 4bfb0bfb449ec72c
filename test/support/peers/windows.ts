import { toPeerCallId } from "../../../server/wire/call-id.ts";
import { type Habits, INTERFACE_IDENTIFIER, IPV6CP } from "./habits.ts";

const text = (words: string): Uint8Array => Buffer.from(words, "latin1");

/** `../shared/captures/win7-to-pptpd.pcap`, option for option and order for order. */
export const WINDOWS_7: Habits = {
  name: "Windows 7",
  start: { framingCapabilities: 1, bearerCapabilities: 1, hostName: "", vendorName: "Microsoft" },
  call: {
    callId: toPeerCallId(2932),
    callSerialNumber: 3,
    minimumBps: 300,
    maximumBps: 100_000_000,
    receiveWindow: 64,
  },
  setLinkInfo: true,
  firstSequence: 0,
  reorders: true,
  firstId: 0,
  lcp: [
    [1, "0578"],
    [5, "0c6f3548"],
    [7, ""],
    [8, ""],
    [13, "06"],
  ],
  rejects: [],
  identifications: [
    text("MSRASV5.20"),
    text("MSRAS-0-WIN-7RSSC38TVCL"),
    Buffer.from("0cdc79f6c5cc464ba2ecd0e20e25b44a", "hex"),
  ],
  encryption: "mppe",
  mppe: "01000040",
  ipcp: "beside CCP",
  address: [
    [3, "00000000"],
    [129, "00000000"],
    [130, "00000000"],
    [131, "00000000"],
    [132, "00000000"],
  ],
  others: [[IPV6CP, INTERFACE_IDENTIFIER]],
  endsOnCcpAgain: false,
  repeatsResponse: true,
  repeatsCcp: false,
  repeatsRequests: true,
  goodbye: new Uint8Array(8),
  endsControlConnection: true,
};

/**
 * A GUID as sub-address, multilink, a CCP request without a strength, and the same CCP request again once it
 * is open.
 */
export const WINDOWS_10: Habits = {
  ...WINDOWS_7,
  name: "Windows 10",
  call: { ...WINDOWS_7.call, callId: toPeerCallId(0x5a13), subAddress: Buffer.alloc(64).fill(0xe7, 0, 16) },
  lcp: [...WINDOWS_7.lcp, [17, "064e"], [19, `01${"6d".repeat(20)}`]],
  identifications: [text("MSRASV5.20"), text("MSRAS-0-DESKTOP-1"), Buffer.alloc(16, 0xd6)],
  mppe: "01000000",
  repeatsCcp: true,
};

/** Every strength and MPPC; no IPv6. */
export const WINDOWS_2000: Habits = {
  ...WINDOWS_7,
  name: "Windows 2000",
  start: {
    framingCapabilities: 1,
    bearerCapabilities: 1,
    firmwareRevision: 2195,
    vendorName: "Microsoft Windows NT",
  },
  identifications: [text("MSRASV5.00"), text("MSRAS-1-W2K")],
  mppe: "010000e1",
  address: [[2, "002d0f01"], ...WINDOWS_7.address],
  others: [],
};

export const WINDOWS_XP: Habits = {
  ...WINDOWS_2000,
  name: "Windows XP",
  start: { ...WINDOWS_2000.start, firmwareRevision: 2600 },
  call: { ...WINDOWS_7.call, callId: toPeerCallId(0) },
  identifications: [text("MSRASV5.10"), text("MSRAS-0-XP")],
  address: WINDOWS_7.address,
};

/** "Optional encryption" or "No encryption allowed" in the adapter's properties: CCP is not spoken at all. */
const WITHOUT_CCP: Habits = { ...WINDOWS_10, encryption: "protocol-reject", repeatsCcp: false };
export const WINDOWS_OPTIONAL: Habits = { ...WITHOUT_CCP, name: "Windows, encryption optional" };
export const WINDOWS_NONE: Habits = {
  ...WITHOUT_CCP,
  name: "Windows, encryption none",
  ipcp: "after CCP",
};
