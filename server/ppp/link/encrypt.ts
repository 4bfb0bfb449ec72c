import { authenticator, protocolOf } from "../auth/authenticator.ts";
import { ccp } from "../ccp/ccp.ts";
import { CODE } from "../codes.ts";
import { mru } from "../lcp/mru.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import { createNegotiation, type NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { carried, failure, happened, sendPacket } from "./effects.ts";
import { CCP_DEADLINE, CCP_SILENCE } from "./limits.ts";
import type { Assignment, LinkEffect, LinkEnd, LinkPolicy } from "./link-types.ts";
import { installKeys } from "./mppe-keys.ts";
import { startNetwork } from "./network.ts";
import type { Assigning, Encrypting, Networking, PhaseNext, Up } from "./phase.ts";
import { andThen, withEffects } from "./sequence.ts";

/**
 * Lets the client in: CCP is ready to receive when the Success goes out, since a fast client's CCP request
 * follows it at once; our own request goes right behind. Without keys there is no CCP, and where encryption
 * is required no session.
 */
export function startEncryption(phase: Assigning, assignment: Assignment): PhaseNext {
  const [auth, ...admitted] = authenticator(phase.auth, { type: "admit" });
  const success = admitted.flatMap((effect) =>
    effect.do === "send" ? [sendPacket(protocolOf(auth), effect.packet)] : [],
  );
  const { keys, encryptionRequired } = phase;
  const { mppeStrengths, mppeStateful: stateful } = phase.policy;
  const strengths = mppeStrengths.filter((strength) => keys[strength] !== undefined);
  const after = ([next, ...effects]: PhaseNext): PhaseNext => [next, ...success, ...effects];
  if (strengths.length === 0 && encryptionRequired)
    return after(close({ ...phase, auth }, { code: "mppe-refused", how: "no-keys" }, demand(phase.policy)));
  if (strengths.length === 0)
    return after(startNetwork({ ...phase, auth, assignment }, undefined, undefined));
  const [opened] = negotiate(createNegotiation(ccp, { strengths, stateful }, mru.in(phase.lcp.accepted)), {
    type: "open",
  });
  const encrypting: Encrypting = {
    ...phase,
    at: "encrypting",
    auth,
    assignment,
    ccp: opened,
    installed: undefined,
    held: undefined,
    asksBeside: false,
    patient: false,
  };
  const asked = onOpeningCcp(encrypting, { type: "up", blind: false });
  return after(withEffects(asked, { do: "arm", timer: "ccp-deadline", after: CCP_DEADLINE }));
}

/** CCP until it is open. */
export function onOpeningCcp(phase: Encrypting, event: NegotiationEvent): PhaseNext {
  const [negotiation, ...effects] = negotiate(phase.ccp, event);
  const broken = failure(effects);
  if (broken !== undefined)
    return refused(phase, broken.how === "rejected" ? "configure-reject" : "no-common-mode");
  if (happened(effects, "finished")) return ccpExpired({ ...phase, ccp: negotiation });
  const [keyed, ...keys] = installKeys({ ...phase, ccp: negotiation }, effects);
  const out = [...keys, ...carried(PROTOCOL.ccp, "ccp-restart", effects), ...patience(phase, keyed)];
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest)
    return andThen([keyed, ...out], () => refused(keyed, "no-common-mode"));
  if (!happened(effects, "up")) return [keyed, ...out];
  const open: PhaseNext = [
    keyed,
    ...out,
    { do: "disarm", timer: "ccp-deadline" },
    { do: "reached", stage: "ccp" },
  ];
  return andThen(open, () => startNetwork(keyed, keyed.ccp, keyed.held));
}

/**
 * Windows asks for its address beside CCP. The request is held: a Terminate-Ack, as pppd gives, costs it two
 * seconds. Of a client that may go without encryption it may be the only word.
 */
export function holdForLater(phase: Encrypting, request: Packet): PhaseNext {
  const next = { ...phase, held: request, asksBeside: phase.asksBeside || phase.ccp.at !== "Ack-Sent" };
  if (silent(phase) || !silent(next)) return [next];
  return [next, { do: "arm", timer: "ccp-deadline", after: CCP_SILENCE }];
}

/** It does speak CCP. */
const patience = (before: Encrypting, now: Encrypting): readonly LinkEffect[] =>
  silent(before) && !silent(now) ? [{ do: "arm", timer: "ccp-deadline", after: CCP_DEADLINE }] : [];

/** Is this a client that may go without CCP, and looks as if it did? */
const silent = ({ encryptionRequired, held, ccp }: Encrypting): boolean =>
  !encryptionRequired && held !== undefined && !ccp.heard;

/** The Restart counter or the deadline ran out. */
export function ccpExpired(phase: Encrypting): PhaseNext {
  return refused(phase, phase.ccp.heard ? "no-common-mode" : "unanswered");
}

type Refusal = Extract<LinkEnd, { code: "mppe-refused" }>["how"];

/**
 * There will be no MPPE: no session, or one in clear where the user may. An encrypted session never goes on
 * in clear, since whoever can forge one packet could ask for that.
 */
export function refused(phase: Encrypting | Networking | Up, how: Refusal): PhaseNext {
  if (phase.at !== "encrypting" || phase.encryptionRequired)
    return close(phase, { code: "mppe-refused", how }, demand(phase.policy));
  // Keys that stood before an Ack would go on encrypting.
  const keyless: readonly LinkEffect[] = phase.installed === undefined ? [] : [{ do: "close-network" }];
  const quiet: PhaseNext = [
    phase,
    ...keyless,
    { do: "disarm", timer: "ccp-restart" },
    { do: "disarm", timer: "ccp-deadline" },
  ];
  return andThen(quiet, () => startNetwork(phase, undefined, phase.held));
}

const demand = ({ mppeStrengths }: LinkPolicy): string =>
  `${mppeStrengths.join("/")}-bit MPPE encryption is required`;
