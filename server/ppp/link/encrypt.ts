import { authenticator } from "../auth/authenticator.ts";
import { ccp } from "../ccp/ccp.ts";
import { CODE } from "../codes.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import {
  createNegotiation,
  type NegotiationEffect,
  type NegotiationEvent,
} from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { carried, failure, happened, sendPacket } from "./effects.ts";
import { CCP_DEADLINE } from "./limits.ts";
import type { Assignment, LinkEffect, LinkEnd } from "./link-types.ts";
import { startNetwork } from "./network.ts";
import type { Assigning, Encrypting, Networking, PhaseNext, Up } from "./phase.ts";
import { andThen, withEffects } from "./sequence.ts";

/**
 * Lets the client in: CCP is ready to receive when the Success goes out, since a fast client's CCP request follows it
 * at once; our own request goes right behind.
 */
export function startEncryption(phase: Assigning, assignment: Assignment): PhaseNext {
  const [auth, ...admitted] = authenticator(phase.auth, { type: "admit" });
  const [opened] = negotiate(createNegotiation(ccp, undefined), { type: "open" });
  const encrypting: Encrypting = {
    ...phase,
    at: "encrypting",
    auth,
    assignment,
    ccp: opened,
    held: undefined,
  };
  const [next, ...effects] = onCcp(encrypting, { type: "up", blind: false });
  const success = admitted.flatMap((effect) =>
    effect.do === "send" ? [sendPacket(PROTOCOL.chap, effect.packet)] : [],
  );
  return [next, ...success, ...effects, { do: "arm", timer: "ccp-deadline", after: CCP_DEADLINE }];
}

/** CCP, before and after it is open. */
export function onCcp(phase: Encrypting | Networking | Up, event: NegotiationEvent): PhaseNext {
  if (phase.ccp === undefined) return [phase];
  const [next, ...effects] = negotiate(phase.ccp, event);
  if (phase.at !== "encrypting") {
    if (event.type === "packet" && event.packet.code === CODE.resetRequest)
      return resetAck(phase, event.packet);
    return onOpenCcp(phase, [next, ...effects]);
  }
  const broken = failure(effects);
  if (broken !== undefined)
    return refused(phase, broken.how === "rejected" ? "configure-reject" : "no-common-mode");
  if (happened(effects, "finished")) return ccpExpired({ ...phase, ccp: next });
  const [keyed, out] = armKeys({ ...phase, ccp: next }, effects);
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest)
    return andThen([keyed, ...out], () => refused(keyed, "no-common-mode"));
  if (!happened(effects, "up")) return [keyed, ...out];
  const open: PhaseNext = [
    keyed,
    ...out,
    { do: "disarm", timer: "ccp-deadline" },
    { do: "reached", stage: "ccp" },
  ];
  return andThen(open, () => startNetwork(keyed, true));
}

/**
 * In a session, nothing may restart MPPE: it would begin again with the same start keys, hence the same RC4 keystream,
 * and CCP is not authenticated. What would take CCP down ends the link; the identical request that Windows 10 repeats
 * has got its Ack in the negotiation and takes nothing down.
 */
function onOpenCcp(
  phase: Networking | Up,
  [ccp, ...effects]: ReturnType<typeof negotiate<undefined>>,
): PhaseNext {
  if (happened(effects, "down") || failure(effects) !== undefined)
    return close(phase, { code: "mppe-renegotiated" }, "encryption may not be negotiated anew");
  return [{ ...phase, ccp }, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
}

/**
 * Every packet of ours is flushed, so nothing changes here. But the kernel of a Linux client that has failed on one packet
 * decrypts no other until it sees this answer (RFC 1962 §3).
 */
const resetAck = (phase: Networking | Up, { identifier, data }: Packet): PhaseNext => [
  phase,
  sendPacket(PROTOCOL.ccp, { code: CODE.resetAck, identifier, data }),
];

/** The keys stand in the data plane before the Ack that lets the client encrypt, and go there once in a link's life. */
function armKeys(
  phase: Encrypting,
  effects: readonly NegotiationEffect[],
): readonly [Encrypting, readonly LinkEffect[]] {
  const out = carried(PROTOCOL.ccp, "ccp-restart", effects);
  const acks = effects.some((effect) => effect.do === "send" && effect.packet.code === CODE.configureAck);
  const keys = phase.keys?.[128];
  if (!acks || keys === undefined) return [phase, out];
  return [
    { ...phase, keys: undefined },
    [{ do: "set-keys", keys: { send: mode(keys.send), receive: mode(keys.receive) } }, ...out],
  ];
}

/** The Restart counter or the deadline ran out. */
export function ccpExpired(phase: Encrypting): PhaseNext {
  return refused(phase, phase.ccp.heard ? "no-common-mode" : "unanswered");
}

type Refusal = Extract<LinkEnd, { code: "mppe-refused" }>["how"];

/** There will be no MPPE. Without encryption there is no session, unless the user's policy says otherwise. */
export function refused(phase: Encrypting | Networking | Up, how: Refusal): PhaseNext {
  if (phase.at !== "encrypting" || phase.encryptionRequired)
    return close(phase, { code: "mppe-refused", how }, "128-bit MPPE encryption is required");
  const quiet: PhaseNext = [phase];
  return andThen(
    withEffects(quiet, { do: "disarm", timer: "ccp-restart" }, { do: "disarm", timer: "ccp-deadline" }),
    () => startNetwork(phase, false),
  );
}

const mode = (key: Uint8Array) => ({ key, strength: 128, stateless: true }) as const;
