import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { ccp } from "../../../server/ppp/ccp/ccp.ts";
import type { CcpPolicy } from "../../../server/ppp/ccp/ccp-policy.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { mru } from "../../../server/ppp/lcp/mru.ts";
import { carried, failure, happened, sendPacket } from "../../../server/ppp/link/effects.ts";
import { encryptionOf, installKeys } from "../../../server/ppp/link/mppe-keys.ts";
import { negotiate } from "../../../server/ppp/negotiation/negotiate.ts";
import {
  createNegotiation,
  type Negotiation,
  type NegotiationEvent,
} from "../../../server/ppp/negotiation/negotiation.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { close } from "./closing.ts";
import type { LinkEffect, MppeRefusal } from "./link-types.ts";
import { startNetwork } from "./network.ts";
import { andThen, common, type Encrypting, type Networking, type PhaseNext, type Started } from "./phase.ts";

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
  const after = ([next, ...effects]: PhaseNext): PhaseNext => [next, ...admitted, ...effects];
  const { strengths: wanted } = phase.wishes;
  if (wanted.length === 0) return after(startNetwork(phase, method, undefined, undefined));
  const strengths = wanted.filter((strength) => keys[strength] !== undefined);
  const policy: CcpPolicy = { strengths, stateful: false };
  const [opened] = negotiate(createNegotiation(ccp, policy, mru.in(phase.lcp.accepted)), { type: "open" });
  const encrypting: Encrypting = {
    ...common(phase),
    at: "encrypting",
    method,
    ccp: opened,
    keys,
    installed: undefined,
    held: undefined,
  };
  if (strengths.length === 0) return after(refused(encrypting, "no-keys"));
  return after(onCcp(encrypting, { type: "up", blind: false }));
}

/** CCP until it is open. */
export function onCcp(phase: Encrypting, event: NegotiationEvent): PhaseNext {
  const [negotiation, ...effects] = negotiate(phase.ccp, event);
  const broken = failure(effects);
  if (broken !== undefined)
    return refused(phase, broken.how === "rejected" ? "configure-reject" : "no-common-mode");
  if (happened(effects, "finished")) return refused(phase, phase.ccp.heard ? "no-common-mode" : "unanswered");
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest)
    return refused(phase, "no-common-mode");
  const [keyed, ...keys] = installKeys({ ...phase, ccp: negotiation }, effects);
  const out = [...keys, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
  if (!happened(effects, "up")) return [keyed, ...out];
  const encryption = encryptionOf(keyed.ccp);
  return andThen([keyed, ...out, { do: "reached", stage: { name: "ccp", encryption } }], () =>
    startNetwork(keyed, keyed.method, keyed.ccp, keyed.held),
  );
}

/** CCP that is open. What would begin MPPE anew with keys that were used ends the link. */
export function onOpenCcp(
  phase: Networking,
  open: Negotiation<CcpPolicy>,
  event: NegotiationEvent,
): PhaseNext {
  if (event.type === "packet" && event.packet.code === CODE.resetRequest) {
    const { identifier, data } = event.packet;
    // Every packet is flushed in stateless mode, so there is nothing more to do (RFC 3078 §8.1).
    return [phase, sendPacket(PROTOCOL.ccp, { code: CODE.resetAck, identifier, data })];
  }
  const [next, ...effects] = negotiate(open, event);
  if (happened(effects, "down") || failure(effects) !== undefined)
    return close(phase, { code: "mppe-renegotiated" });
  return [{ ...phase, ccp: next }, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
}

/** We asked for encryption, and nothing goes out in clear instead. */
export const refused = (phase: Encrypting | Networking, how: MppeRefusal): PhaseNext =>
  close(phase, { code: "mppe-refused", how });
