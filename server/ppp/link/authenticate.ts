import { authenticator, createAuthenticator, protocolOf } from "../auth/authenticator.ts";
import type { AuthenticatorEffect, AuthenticatorEvent } from "../auth/authenticator-types.ts";
import type { LogInOutcome } from "../auth/log-in-outcome.ts";
import type { Assignment } from "../ipcp/assignment.ts";
import { agreedMethod } from "../lcp/authentication-protocol.ts";
import { sendPacket } from "../link-common/effects.ts";
import type { Packet } from "../packet.ts";
import { startEncryption } from "./encrypt.ts";
import type { LinkEffect } from "./link-types.ts";
import {
  type Assigning,
  type Authenticating,
  type Closing,
  close,
  type Encrypting,
  type Establishing,
  type Networking,
  type Phase,
  type PhaseNext,
  type Up,
} from "./phase.ts";

type WithAuth = Authenticating | Assigning | Encrypting | Networking | Up;

/** LCP is open: the Challenge goes out at once, or the wait for an Authenticate-Request of PAP begins. */
export function startAuthentication(phase: Establishing): PhaseNext {
  const seed = phase.seeds.challenges[phase.challenges];
  if (seed === undefined)
    return close(phase, { code: "renegotiated-too-often" }, "LCP was negotiated too often");
  const challenges = phase.challenges + 1;
  const method = agreedMethod(phase.lcp.asking)!;
  const auth = createAuthenticator(method, challenges & 0xff, seed, phase.policy.name);
  const [next, ...effects] = onAuth({ ...phase, at: "authenticating", challenges, auth }, { type: "start" });
  return [next, { do: "reached", stage: "lcp" }, ...effects];
}

/** CHAP or PAP in any phase that has an authenticator; once it has answered, it only repeats that. */
export function onAuth(phase: WithAuth, event: AuthenticatorEvent): PhaseNext {
  const [auth, ...effects] = authenticator(phase.auth, event);
  if (effects.some((effect) => effect.do === "unanswered"))
    return auth.at === "changing"
      ? close(phase, { code: "auth-refused" }, "the password has expired")
      : close(phase, { code: "auth-unanswered" }, "no answer to the challenge");
  return [{ ...phase, auth }, ...effects.map((effect) => outside(phase, effect))];
}

/** What came of the client's credentials. */
export function onVerified(phase: Phase, outcome: LogInOutcome): PhaseNext {
  if (phase.at !== "authenticating" || phase.auth.at !== "verifying") return [phase];
  if (!outcome.ok) return refuse(phase, outcome);
  const [auth] = authenticator(phase.auth, { type: "right", proof: outcome.authenticatorResponse });
  const { keys, encryptionRequired } = outcome;
  return [
    { ...phase, at: "assigning", auth, keys, encryptionRequired },
    { do: "reached", stage: "auth" },
    { do: "assign-address" },
  ];
}

/** The Failure goes out; unless the client may change its password, the Terminate-Request follows it. */
function refuse(phase: Authenticating, { failure }: LogInOutcome & { ok: false }): PhaseNext {
  const challenge = phase.seeds.challenges[phase.challenges];
  const [next, ...effects] = onAuth(phase, { type: "wrong", failure, challenge });
  const refused = next as Authenticating;
  if (refused.auth.at === "changing") return [{ ...refused, challenges: phase.challenges + 1 }, ...effects];
  // The Failure goes first, so that the user sees error 691; GRE keeps the order.
  const [closing, ...terminate] = close(refused, { code: "auth-refused" }, "authentication failed");
  return [closing, ...effects, ...terminate];
}

/** An address for the client. Without one the client is not let in. */
export function onAssigned(phase: Phase, assignment: Assignment | undefined): PhaseNext {
  if (phase.at !== "assigning") return [phase];
  if (assignment === undefined) return close(phase, { code: "no-address" }, "no address is free");
  return startEncryption(phase, assignment);
}

/** A copy of what was refused: our Failure was lost, and the user shall see why it ended. */
export function onClosingAuth(phase: Closing, packet: Packet): PhaseNext {
  const { auth: settled } = phase;
  if (settled?.at !== "settled") return [phase];
  const [auth, ...effects] = authenticator(settled, { type: "packet", packet });
  const out = effects.flatMap((effect) =>
    effect.do === "send" ? [sendPacket(protocolOf(settled), effect.packet)] : [],
  );
  return [{ ...phase, auth }, ...out];
}

function outside(phase: WithAuth, effect: AuthenticatorEffect): LinkEffect {
  switch (effect.do) {
    case "send":
      return sendPacket(protocolOf(phase.auth), effect.packet);
    case "arm":
      return { do: "arm", timer: "auth", after: effect.after };
    case "disarm":
    case "unanswered":
      return { do: "disarm", timer: "auth" };
    case "verify":
      return effect;
  }
}
