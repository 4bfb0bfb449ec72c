import { CHAP } from "../../../server/ppp/auth/chap.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { errorOf, provesServer } from "../../../server/ppp/auth/ms-chap-outcome.ts";
import { decodePapMessage, PAP } from "../../../server/ppp/auth/pap.ts";
import { sendPacket } from "../../../server/ppp/link-common/effects.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { printable } from "../../../server/wire/printable.ts";
import { startEncryption } from "./encrypt.ts";
import { AUTH_WAIT, MAX_AUTH_WAITS } from "./limits.ts";
import type { LinkEffect } from "./link-types.ts";
import { type Authenticating, close, common, type Establishing, type Live, type PhaseNext } from "./phase.ts";
import { nameOctets, papRequest, prove } from "./proof.ts";

/** Ours: octets of a server's text that are shown. */
const SHOWN = 200;

const PAP_IDENTIFIER = 1;

const armed: LinkEffect = { do: "arm", timer: "auth", after: AUTH_WAIT };

/**
 * LCP is open. A server that asks for no proof gets none; with PAP we speak first, with CHAP the server does.
 */
export function startAuthentication(phase: Establishing, method: AuthMethod | undefined): PhaseNext {
  if (method === undefined) return startEncryption(phase, undefined, {}, false);
  const waiting: Authenticating = {
    ...common(phase),
    at: "authenticating",
    method,
    sent: undefined,
    proof: undefined,
    waits: 0,
  };
  if (method !== "pap") return [waiting, armed];
  const { user, password } = phase.settings;
  const sent = papRequest(PAP_IDENTIFIER, nameOctets(user), password);
  return [{ ...waiting, sent }, sendPacket(PROTOCOL.pap, sent), armed];
}

/**
 * CHAP, while it matters and later: a server may ask again in a session, and wants an answer (RFC 1994 §4.1).
 */
export function onChap(phase: Live, packet: Packet): PhaseNext {
  if (packet.code === CHAP.challenge) return onChallenge(phase, packet);
  if (phase.at !== "authenticating" || phase.proof === undefined) return [phase];
  if (packet.code === CHAP.failure) return refused(phase, errorOf(packet.data), packet.data);
  if (packet.code !== CHAP.success || packet.identifier !== phase.proof.response.identifier) return [phase];
  if (!provesServer(phase.proof.expected, packet.data)) return close(phase, { code: "server-not-proven" });
  const { method, proof } = phase;
  return startEncryption(phase, method, proof.keys, proof.expected !== undefined);
}

function onChallenge(phase: Live, packet: Packet): PhaseNext {
  const method = "method" in phase ? phase.method : undefined;
  if (method === undefined || method === "pap") return [phase];
  const { settings, seeds } = phase;
  const login = {
    name: nameOctets(settings.user),
    password: settings.password,
    peerChallenge: seeds.peerChallenge,
  };
  const proof = prove(method, login, packet);
  if (proof === undefined) return [phase];
  const answer = sendPacket(PROTOCOL.chap, proof.response);
  if (phase.at !== "authenticating") return [phase, answer];
  return [{ ...phase, proof, sent: proof.response }, answer, armed];
}

/** Authenticate-Ack or -Nak of PAP. */
export function onPap(phase: Live, packet: Packet): PhaseNext {
  if (phase.at !== "authenticating" || phase.method !== "pap") return [phase];
  if (packet.code === PAP.ack) return startEncryption(phase, "pap", {}, false);
  if (packet.code !== PAP.nak) return [phase];
  const message = decodePapMessage(packet);
  return refused(phase, undefined, message.ok ? message.value : new Uint8Array(0));
}

/** Nothing came: what we sent may be lost, or the answer to it. */
export function onAuthTimer(phase: Authenticating): PhaseNext {
  const waits = phase.waits + 1;
  if (waits >= MAX_AUTH_WAITS) return close(phase, { code: "auth-unanswered" });
  const again =
    phase.sent === undefined
      ? []
      : [sendPacket(phase.method === "pap" ? PROTOCOL.pap : PROTOCOL.chap, phase.sent)];
  return [{ ...phase, waits }, ...again, armed];
}

const refused = (phase: Authenticating, error: number | undefined, text: Uint8Array): PhaseNext =>
  close(phase, { code: "auth-refused", error, text: printable(withoutChallenge(text), SHOWN) });

/** A Failure's C= is no use to anybody who reads it. */
function withoutChallenge(text: Uint8Array): Uint8Array {
  const words = String.fromCharCode(...text.subarray(0, SHOWN)).replace(/ ?C=[0-9A-Fa-f]*/, "");
  return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}
