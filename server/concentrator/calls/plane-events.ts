import type { DataPlaneEvents, TunnelFault } from "../../data-plane/data-plane.ts";
import type { Call } from "./call.ts";
import type { Calls } from "./calls.ts";

/** What the data plane has seen of a tunnel that cannot go on. */
const FAULTS: Readonly<Record<TunnelFault, string>> = {
  "mppe-desynchronised": "Packet after packet was out of step, or decrypted to nonsense.",
  "mppe-over-budget": "Its packets asked for more key changes than a tunnel may cost, for 5 seconds.",
};

/** What the data plane reports of a tunnel, for the call that it belongs to. */
export const planeEvents = (calls: Pick<Calls<Call>, "find">): Omit<DataPlaneEvents, "crashed"> => ({
  control: (callId, frame) => calls.find(callId)?.frame(frame),
  coherencyLost: (callId) => calls.find(callId)?.coherencyLost(),
  broken: (callId, fault) => calls.find(callId)?.end({ verdict: fault, evidence: FAULTS[fault] }),
});
