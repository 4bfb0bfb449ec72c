import {
  type AuthenticatorEffect,
  type AuthenticatorEvent,
  authenticator,
  createAuthenticator,
} from "../auth/authenticator.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { sendPacket } from "./effects.ts";
import { startEncryption } from "./encrypt.ts";
import type { Assignment, LinkEffect, Verified } from "./link-types.ts";
import type {
  Assigning,
  Authenticating,
  Encrypting,
  Establishing,
  Networking,
  Phase,
  PhaseNext,
  Up,
} from "./phase.ts";

type WithAuth = Authenticating | Assigning | Encrypting | Networking | Up;

/** LCP is open: the Challenge goes out at once. */
export function startAuthentication(phase: Establishing): PhaseNext {
  const challenge = phase.seeds.challenges[phase.challenges];
  if (challenge === undefined)
    return close(phase, { code: "renegotiated-too-often" }, "LCP was negotiated too often");
  const challenges = phase.challenges + 1;
  const auth = createAuthenticator(challenges & 0xff, challenge, phase.policy.name);
  const [next, ...effects] = onChap({ ...phase, at: "authenticating", challenges, auth }, { type: "start" });
  const first: readonly LinkEffect[] = challenges === 1 ? [{ do: "reached", stage: "lcp" }] : [];
  return [next, ...first, ...effects];
}

/** CHAP in any phase that has an authenticator; after the verdict it only repeats it. */
export function onChap(phase: WithAuth, event: AuthenticatorEvent): PhaseNext {
  const [auth, ...effects] = authenticator(phase.auth, event);
  if (effects.some((effect) => effect.do === "unanswered"))
    return close(phase, { code: "auth-unanswered" }, "no answer to the challenge");
  return [{ ...phase, auth }, ...effects.map((effect) => outside(phase, effect))];
}

/** The room's word on the Response. */
export function onVerified(phase: Phase, outcome: Verified): PhaseNext {
  if (phase.at !== "authenticating" || phase.auth.at !== "verifying") return [phase];
  if (!outcome.ok) {
    const [refused, ...effects] = onChap(phase, { type: "wrong" });
    // The Failure goes first, so that the user sees error 691; GRE keeps the order.
    const [closing, ...goodbye] = close(
      refused as Authenticating,
      { code: "auth-refused" },
      "authentication failed",
    );
    return [closing, ...effects, ...goodbye];
  }
  const [auth] = authenticator(phase.auth, { type: "right", proof: outcome.authenticatorResponse! });
  const { keys, encryptionRequired } = outcome;
  return [
    { ...phase, at: "assigning", auth, keys, encryptionRequired },
    { do: "reached", stage: "auth" },
    { do: "assign-address" },
  ];
}

/** The room's address for the client. Without one the client is not let in. */
export function onAssigned(phase: Phase, assignment: Assignment | undefined): PhaseNext {
  if (phase.at !== "assigning") return [phase];
  if (assignment === undefined) return close(phase, { code: "no-address" }, "no address is free");
  return startEncryption(phase, assignment);
}

function outside(phase: WithAuth, effect: AuthenticatorEffect): LinkEffect {
  switch (effect.do) {
    case "send":
      return sendPacket(PROTOCOL.chap, effect.packet);
    case "arm":
      return { do: "arm", timer: "auth", after: effect.after };
    case "disarm":
    case "unanswered":
      return { do: "disarm", timer: "auth" };
    case "verify": {
      const { name, peerChallenge, ntResponse } = effect.response;
      const authenticatorChallenge = phase.auth.challenge;
      return {
        do: "verify",
        credentials: { method: "ms-chap-v2", name, authenticatorChallenge, peerChallenge, ntResponse },
      };
    }
  }
}
