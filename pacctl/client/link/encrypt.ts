import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { ccp } from "../../../server/ppp/ccp/ccp.ts";
import type { CcpPolicy } from "../../../server/ppp/ccp/ccp-policy.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { mru } from "../../../server/ppp/lcp/mru.ts";
import { carried, failure, happened } from "../../../server/ppp/link-common/effects.ts";
import { encryptionOf, installKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { onOpenCcp as onCommonCcp } from "../../../server/ppp/link-common/open-ccp.ts";
import { negotiate, openNegotiation } from "../../../server/ppp/negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../../../server/ppp/negotiation/negotiation.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { decodeTerminateData, type Termination } from "../../../server/ppp/terminate-data.ts";
import type { LinkEffect, MppeRefusal } from "./link-types.ts";
import { startNetwork } from "./network.ts";
import {
  andThen,
  before,
  close,
  common,
  type Encrypting,
  type Networking,
  type PhaseNext,
  type Started,
} from "./phase.ts";

/** We are let in. CCP comes first: a server that wants encryption would not hear of addresses before it. */
export function startEncryption(
  phase: Started,
  method: AuthMethod | undefined,
  keys: StartKeys,
  proven: boolean,
): PhaseNext {
  const admitted: readonly LinkEffect[] = [
    { do: "disarm", timer: "auth" },
    { do: "reached", stage: { name: "auth", method, proven } },
  ];
  const { strengths: wanted } = phase.settings;
  if (wanted.length === 0) return before(admitted, startNetwork(phase, method, undefined, undefined));
  const strengths = wanted.filter((strength) => keys[strength] !== undefined);
  const policy: CcpPolicy = { strengths, stateful: false };
  const encrypting: Encrypting = {
    ...common(phase),
    at: "encrypting",
    method,
    ccp: openNegotiation(ccp, policy, mru.in(phase.lcp.accepted)),
    keys,
    installed: undefined,
    held: undefined,
  };
  if (strengths.length === 0) return before(admitted, refused(encrypting, "no-keys"));
  return before(admitted, onCcp(encrypting, { type: "up", blind: false }));
}

/** CCP until it is open. */
export function onCcp(phase: Encrypting, event: NegotiationEvent): PhaseNext {
  const [negotiation, ...effects] = negotiate(phase.ccp, event);
  const broken = failure(effects);
  if (broken !== undefined)
    return refused(phase, broken.how === "rejected" ? "configure-reject" : "no-common-mode");
  if (happened(effects, "finished")) return refused(phase, phase.ccp.heard ? "no-common-mode" : "unanswered");
  const said = terminationIn(event);
  if (said !== undefined) return close(phase, { code: "mppe-refused", how: "terminated", said });
  const [keyed, ...keys] = installKeys({ ...phase, ccp: negotiation }, effects);
  const out = [...keys, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
  if (!happened(effects, "up")) return [keyed, ...out];
  const encryption = encryptionOf(keyed.ccp);
  return andThen([keyed, ...out, { do: "reached", stage: { name: "ccp", encryption } }], () =>
    startNetwork(keyed, keyed.method, keyed.ccp, keyed.held),
  );
}

/** A Terminate-Request of CCP and what it says. */
function terminationIn(event: NegotiationEvent): Termination | undefined {
  return event.type === "packet" && event.packet.code === CODE.terminateRequest
    ? { protocol: "ccp", data: decodeTerminateData(event.packet.data.slice()) }
    : undefined;
}

/**
 * CCP that is open. What would begin MPPE anew with keys that were used ends the link, and so does a
 * Terminate-Request.
 */
export function onOpenCcp(
  phase: Networking,
  open: Negotiation<CcpPolicy>,
  event: NegotiationEvent,
): PhaseNext {
  const said = terminationIn(event);
  if (said !== undefined) return close(phase, { code: "peer-terminated", said });
  const moved = onCommonCcp(open, event);
  if (moved === undefined) return close(phase, { code: "mppe-renegotiated" });
  const [ccp, ...effects] = moved;
  return [{ ...phase, ccp }, ...effects];
}

/** We asked for encryption, and nothing goes out in clear instead. */
export const refused = (phase: Encrypting | Networking, how: MppeRefusal): PhaseNext =>
  close(phase, { code: "mppe-refused", how });
