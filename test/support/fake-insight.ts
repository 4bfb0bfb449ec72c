import type { SessionInsight } from "../../server/concentrator/calls/session-insight.ts";
import { UNRESTRICTED } from "../../server/policy/user-policy.ts";
import type { User } from "../../server/store/store-types.ts";

/** Somebody of a group, who may have four hours and 10 Mbit/s. */
const ANNA: User = {
  ...UNRESTRICTED,
  id: "user-1",
  name: "anna",
  group: { id: "group-1", name: "sales" },
  own: ["rateDown"],
  fromGroup: ["sessionTimeout"],
  comment: "",
  labels: {},
  lastLogInAt: null,
  lastLogInAddress: null,
  lastLogInSession: null,
  recoverablePassword: false,
  sessionTimeout: 14_400,
  rateDown: 10_000_000,
  allowedDestinations: ["10.0.0.0/8"],
  passwordChangedAt: "2026-07-01T08:00:00.000Z",
  createdAt: "2026-07-01T08:00:00.000Z",
  updatedAt: "2026-07-01T08:00:00.000Z",
  revision: "1.1",
};

/** What is known of a session of a Windows client that has been up for a minute. */
export function fakeInsight(): SessionInsight {
  return {
    client: {
      computerName: "ANNA-PC",
      kind: "windows",
      hostName: null,
      vendorName: "Microsoft",
      firmwareRevision: 0,
      identifications: ["MSRASV5.20", "MSRAS-0-ANNA-PC"],
    },
    logInMethod: "ms-chap-v2",
    agreed: {
      lcp: {
        byClient: [
          { name: "mru", value: "1400" },
          { name: "magic", value: "0c6f3548" },
          { name: "pfc", value: "" },
          { name: "acfc", value: "" },
        ],
        byServer: [
          { name: "mru", value: "1400" },
          { name: "auth", value: "MS-CHAPv2" },
          { name: "magic", value: "11223344" },
        ],
      },
      ccp: {
        byClient: [{ name: "mppe", value: "01000040 (H stateless, S 128 bits)" }],
        byServer: [{ name: "mppe", value: "01000040 (H stateless, S 128 bits)" }],
      },
      ipcp: {
        byClient: [
          { name: "address", value: "10.77.0.10" },
          { name: "primary-dns", value: "10.0.0.53" },
        ],
        byServer: [{ name: "address", value: "10.77.0.1" }],
      },
    },
    serverAddress: "10.77.0.1",
    dns: ["10.0.0.53"],
    wins: [],
    user: ANNA,
    timeLeft: { session: 14_340, idle: null, validity: null, hours: null },
    link: {
      arrived: 1000,
      lost: 10,
      reordered: 4,
      late: 2,
      duplicates: 1,
      roundTrip: { smoothed: 34.5, least: 31.25, samples: 320, at: Date.parse("2026-07-24T10:01:00.000Z") },
      tested: 40,
      unacknowledged: 1,
      drops: [{ reason: "destination-denied", packets: 12 }],
    },
    drops: [{ reason: "destination-denied", packets: 12, meaning: "to a place the user may not reach" }],
    lately: { milliseconds: 5000, rxBytes: 62_500, txBytes: 625_000, rxPackets: 250, txPackets: 500 },
    history: Array.from({ length: 6 }, (_, index) => ({
      milliseconds: 10_000,
      rxBytes: index * 10_000,
      txBytes: index * 100_000,
      rxPackets: index * 20,
      txPackets: index * 80,
    })),
  };
}
