import { toPeerCallId } from "../../../server/wire/call-id.ts";
import type { Habits } from "./habits.ts";
import { ROUTEROS } from "./routeros.ts";

/** A home router whose PPTP client was built without MPPE. */
export const ROUTER_WITHOUT_MPPE: Habits = {
  ...ROUTEROS,
  name: "router without MPPE",
  start: { hostName: "router", vendorName: "cananian" },
  call: { callId: toPeerCallId(0) },
  firstSequence: 1,
  encryption: "configure-reject",
  ipcp: "beside CCP",
  rejects: [],
};

/**
 * Archer C9 and its kin: CCP with option 18 and no bit in it, again and again
 * (github.com/ppp-project/ppp/issues/558).
 */
export const ROUTER_WITHOUT_BITS: Habits = {
  ...ROUTER_WITHOUT_MPPE,
  name: "router that repeats CCP without bits",
  encryption: "no-bits",
  mppe: "00000000",
};
