import { authenticator, protocolOf } from "../auth/authenticator.ts";
import { agreedModes } from "../ccp/agreed-modes.ts";
import { ccp } from "../ccp/ccp.ts";
import { CODE } from "../codes.ts";
import type { Assignment } from "../ipcp/assignment.ts";
import { mru } from "../lcp/mru.ts";
import { carried, failure, happened, sendPacket } from "../link-common/effects.ts";
import { installKeys } from "../link-common/mppe-keys.ts";
import { onOpenCcp as onCommonCcp } from "../link-common/open-ccp.ts";
import { negotiate, openNegotiation } from "../negotiation/negotiate.ts";
import { type NegotiationEvent, takeIdentifier } from "../negotiation/negotiation.ts";
import { encodeOptions } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { type Termination, terminationIn } from "../terminate-data.ts";
import { CCP_ACK_WAIT, CCP_DEADLINE, CCP_SILENCE } from "./limits.ts";
import type { LinkEffect, LinkEnd, LinkPolicy } from "./link-types.ts";
import { answerAgain, startNetwork } from "./network.ts";
import {
  type Assigning,
  andThen,
  before,
  close,
  type Encrypting,
  type Networking,
  type Phase,
  type PhaseNext,
  type Up,
} from "./phase.ts";

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
  if (strengths.length === 0 && encryptionRequired)
    return before(
      success,
      close({ ...phase, auth }, { code: "mppe-refused", how: "no-keys" }, demand(phase.policy)),
    );
  if (strengths.length === 0)
    return before(success, startNetwork({ ...phase, auth, assignment }, undefined, undefined));
  const opened = openNegotiation(ccp, { strengths, stateful }, mru.in(phase.lcp.accepted));
  const encrypting: Encrypting = {
    ...phase,
    at: "encrypting",
    auth,
    assignment,
    ccp: opened,
    installed: undefined,
    held: undefined,
    asksBesideCcp: false,
    waitedForAck: false,
  };
  const [asked, ...effects] = onOpeningCcp(encrypting, { type: "up", blind: false });
  return [asked, ...success, ...effects, { do: "arm", timer: "ccp-deadline", after: CCP_DEADLINE }];
}

/** CCP until it is open. */
export function onOpeningCcp(phase: Encrypting, event: NegotiationEvent): PhaseNext {
  const [negotiation, ...effects] = negotiate(phase.ccp, event);
  const broken = failure(effects);
  if (broken !== undefined)
    return refused(phase, broken.how === "rejected" ? "configure-reject" : "no-common-mode");
  if (happened(effects, "finished")) return ccpExpired({ ...phase, ccp: negotiation });
  const [keyed, ...keys] = installKeys({ ...phase, ccp: negotiation }, effects);
  const out = [...keys, ...carried(PROTOCOL.ccp, "ccp-restart", effects), ...wholeDeadline(phase, keyed)];
  const said = terminationOf(event);
  if (said !== undefined)
    return andThen([keyed, ...out], () => refused(keyed, { code: "mppe-refused", how: "terminated", said }));
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
  const next = { ...phase, held: request, asksBesideCcp: phase.asksBesideCcp || phase.ccp.at !== "Ack-Sent" };
  if (silent(phase) || !silent(next)) return [next];
  return [next, { do: "arm", timer: "ccp-deadline", after: CCP_SILENCE }];
}

/** It does speak CCP, so it gets all of the time again. */
const wholeDeadline = (before: Encrypting, now: Encrypting): readonly LinkEffect[] =>
  silent(before) && !silent(now) ? [{ do: "arm", timer: "ccp-deadline", after: CCP_DEADLINE }] : [];

/** Is this a client that may go without CCP, and looks as if it did? */
const silent = ({ encryptionRequired, held, ccp }: Encrypting): boolean =>
  !encryptionRequired && held !== undefined && !ccp.heard;

/** The Restart counter or the deadline ran out. */
export function ccpExpired(phase: Encrypting): PhaseNext {
  return refused(phase, phase.ccp.heard ? "no-common-mode" : "unanswered");
}

type Refusal = Extract<LinkEnd, { code: "mppe-refused" }>;

/**
 * There will be no MPPE: no session, or one in clear where the user may. An encrypted session never goes on
 * in clear, since whoever can forge one packet could ask for that.
 */
export function refused(
  phase: Encrypting | Networking | Up,
  how: Exclude<Refusal, { said: Termination }>["how"] | Refusal,
): PhaseNext {
  const refusal: Refusal = typeof how === "string" ? { code: "mppe-refused", how } : how;
  if (phase.at !== "encrypting" || phase.encryptionRequired)
    return close(phase, refusal, demand(phase.policy));
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

/**
 * CCP's Restart timer, before CCP is open. We have acknowledged the client's request and miss its Ack to
 * ours. Was ours lost, or the Ack? pppd, once open, ends the link at a second copy of our request, so that it
 * must not be sent to find out. Its own timer tells: a client that lacks our request repeats its own within
 * three seconds, and then gets ours at once; one that asks for its address instead is open. A client that
 * asked for its address beside CCP, as Windows does, takes a copy well, and its address says nothing.
 */
export function onCcpRestart(phase: Encrypting): PhaseNext {
  const again = phase.ccp.heard || phase.held !== undefined ? [] : answerAgain(phase.auth);
  if (phase.ccp.at !== "Ack-Sent" || phase.asksBesideCcp)
    return before(again, onOpeningCcp(phase, { type: "timeout" }));
  if (!phase.waitedForAck)
    return [
      { ...phase, waitedForAck: true, ccp: { ...phase.ccp, unheard: true } },
      { do: "arm", timer: "ccp-restart", after: CCP_ACK_WAIT },
    ];
  const { awaiting } = phase.ccp;
  if (phase.held === undefined || awaiting === undefined) return onOpeningCcp(phase, { type: "timeout" });
  const { identifier, asking } = awaiting;
  const packet = { code: CODE.configureAck, identifier, data: encodeOptions(asking) };
  return onOpeningCcp(phase, { type: "packet", packet });
}

/** A Terminate-Request of CCP and what it says. */
const terminationOf = (event: NegotiationEvent): Termination | undefined =>
  event.type === "packet" ? terminationIn(PROTOCOL.ccp, event.packet) : undefined;

/**
 * CCP once it is open. What would negotiate it anew ends the link, and so does the client's Terminate-Request
 * of it, with which Windows begins its goodbye: nothing may go on in clear.
 */
export function onOpenCcp(phase: Networking | Up, event: NegotiationEvent): PhaseNext {
  if (phase.ccp === undefined) return [phase];
  const said = terminationOf(event);
  if (said !== undefined) {
    const [, ...effects] = negotiate(phase.ccp, event);
    const acknowledged = carried(PROTOCOL.ccp, "ccp-restart", effects).filter(
      ({ do: what }) => what === "send",
    );
    return before(acknowledged, close(phase, { code: "peer-terminated", said }, "CCP was terminated"));
  }
  const moved = onCommonCcp(phase.ccp, event);
  if (moved === undefined)
    return close(phase, { code: "mppe-renegotiated" }, "encryption may not be negotiated anew");
  const [ccp, ...effects] = moved;
  // Where we send stateful, the next packet is flushed (RFC 3078 §8.2).
  const reset = event.type === "packet" && event.packet.code === CODE.resetRequest;
  const flush: readonly LinkEffect[] =
    reset && agreedModes(ccp)?.send.stateless === false ? [{ do: "flush-encryption" }] : [];
  return [{ ...phase, ccp }, ...flush, ...effects];
}

/**
 * The data plane lost its place in what the client encrypts: a Reset-Request without data, which the client
 * answers by a flushed packet (RFC 3078 §8.2). Its Reset-Ack says nothing more.
 */
export function onCoherencyLost(phase: Phase): PhaseNext {
  if (phase.at !== "up" || phase.ccp === undefined) return [phase];
  if (agreedModes(phase.ccp)?.receive.stateless !== false) return [phase];
  const [ccp, identifier] = takeIdentifier(phase.ccp);
  const request = { code: CODE.resetRequest, identifier, data: new Uint8Array(0) };
  return [{ ...phase, ccp }, sendPacket(PROTOCOL.ccp, request)];
}
