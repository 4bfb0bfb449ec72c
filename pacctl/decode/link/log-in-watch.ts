import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { decryptNewPassword } from "../../../server/crypto/password-change.ts";
import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import { decodeChangePassword } from "../../../server/ppp/auth/change-password.ts";
import { CHAP, decodeChapValue } from "../../../server/ppp/auth/chap.ts";
import { decodeChapMd5Response } from "../../../server/ppp/auth/chap-md5.ts";
import type { AuthMethod, Credentials as Claim } from "../../../server/ppp/auth/credentials.ts";
import { challengeOf, errorOf, provesServer } from "../../../server/ppp/auth/ms-chap-outcome.ts";
import { decodeMsChapV1Response } from "../../../server/ppp/auth/ms-chap-v1.ts";
import { decodeMsChapV2Response } from "../../../server/ppp/auth/ms-chap-v2.ts";
import { decodePapMessage, decodePapRequest, PAP } from "../../../server/ppp/auth/pap.ts";
import { withoutSecrets } from "../../../server/ppp/describe/describe-chap.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import { printable } from "../../../server/wire/printable.ts";
import type { Side } from "../../capture/captured.ts";
import { type Check, type Credentials, check } from "../credentials.ts";

/** What the password that was given says about a log-in. */
export type PasswordVerdict =
  /** No password was given at all. */
  | "not-given"
  /** None for this name. */
  | "not-given-for-user"
  | "right"
  | "wrong";

/** The log-in of one link, as a listener knows it: who, how, and what came of it. */
export class LogInWatch {
  readonly #credentials: Credentials;
  /** As LCP agreed, or as the packets show. */
  method: AuthMethod | "eap" | undefined;
  challenges = 0;
  responses = 0;
  /** The name in the last response or request, as sent. */
  name: Uint8Array | undefined;
  outcome: "accepted" | "refused" | undefined;
  /** E= of a Failure. */
  error: number | undefined;
  /** What a refusal said, printable. */
  message = "";
  password: PasswordVerdict = "not-given";
  /**
   * Did the Success prove the server? Undefined: no password to check it with, or a method that proves
   * nothing.
   */
  proven: boolean | undefined;
  keys: StartKeys = {};
  #challenge: Uint8Array | undefined;
  #check: Check | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** The name, printable. */
  get user(): string | undefined {
    return this.name === undefined ? undefined : printable(this.name, this.name.length);
  }

  /** LCP has agreed on a method; undefined where it agreed on none. */
  agreed(method: AuthMethod | "eap" | undefined): void {
    this.method = method;
  }

  /** LCP begins anew: the log-in as well. */
  reset(): void {
    this.outcome = undefined;
    this.#challenge = undefined;
    this.#check = undefined;
  }

  /** A CHAP packet. Returns what is to be said about it. */
  chap(_from: Side, packet: Packet): string | undefined {
    switch (packet.code) {
      case CHAP.challenge: {
        const value = decodeChapValue(packet.data);
        this.challenges += 1;
        if (value.ok) this.#challenge = value.value.value.slice();
        return undefined;
      }
      case CHAP.response:
        return this.#response(packet);
      case CHAP.success:
        this.outcome = "accepted";
        return this.#proof(packet);
      case CHAP.failure:
        this.outcome = "refused";
        this.error = errorOf(packet.data);
        this.message = printable(withoutSecrets(packet.data));
        this.#challenge = challengeOf(packet.data) ?? this.#challenge;
        return undefined;
      case CHAP.changePassword:
        return this.#change(packet);
      default:
        return undefined;
    }
  }

  /** A PAP packet. */
  pap(packet: Packet): string | undefined {
    this.method ??= "pap";
    if (packet.code === PAP.request) {
      const request = decodePapRequest(packet);
      this.responses += 1;
      return request.ok ? this.#claim({ method: "pap", ...copied(request.value) }) : undefined;
    }
    if (packet.code !== PAP.ack && packet.code !== PAP.nak) return undefined;
    this.outcome = packet.code === PAP.ack ? "accepted" : "refused";
    const message = decodePapMessage(packet);
    this.message = message.ok ? printable(message.value) : "";
    return undefined;
  }

  #response(packet: Packet): string | undefined {
    this.responses += 1;
    const outer = decodeChapValue(packet.data);
    if (outer.ok) this.name = outer.value.name.slice();
    const challenge = this.#challenge;
    this.method ??= guessed(challenge, outer.ok ? outer.value.value.length : 0);
    if (challenge === undefined) return undefined;
    const claim = claimOf(this.method, packet, challenge);
    return claim === undefined ? undefined : this.#claim(claim);
  }

  /** A new password: whoever has the old one can read it (RFC 2759 §8.9), and either may have been given. */
  #change(packet: Packet): string | undefined {
    const change = decodeChangePassword(packet);
    const { name } = this;
    if (!change.ok || this.#challenge === undefined || name === undefined) return undefined;
    this.responses += 1;
    const { peerChallenge, ntResponse, encryptedPassword } = copied(change.value);
    const given = this.#credentials.passwordOf(name);
    if (given === undefined) return undefined;
    const claim: Claim = {
      method: "ms-chap-v2",
      name,
      authenticatorChallenge: this.#challenge,
      peerChallenge,
      ntResponse,
    };
    const chosen = decryptNewPassword(encryptedPassword, ntPasswordHash(given));
    const [isNew, isOld] = [given, chosen.ok ? chosen.value : undefined].map((password) =>
      password === undefined ? undefined : check(claim, password),
    );
    this.#check = isOld?.right === true ? isOld : isNew;
    this.password = this.#check?.right === true ? "right" : "wrong";
    this.keys = this.#check?.keys ?? {};
    return this.password === "right"
      ? `"${this.user}" changed the password, which can be followed with the one that was given`
      : `"${this.user}" changed the password; the one that was given is neither the old nor the new one`;
  }

  #claim(claim: Claim): string | undefined {
    this.name = claim.name;
    if (!this.#credentials.any) return undefined;
    const password = this.#credentials.passwordOf(claim.name);
    if (password === undefined) {
      this.password = "not-given-for-user";
      return `No password was given for "${this.user}"`;
    }
    this.#check = check(claim, password);
    if (this.#check === undefined) return undefined;
    this.password = this.#check.right ? "right" : "wrong";
    this.keys = this.#check.keys;
    return this.#check.right
      ? `The password given for "${this.user}" is the one that the client used`
      : `The client did not use the password given for "${this.user}": it is wrong, or the name is`;
  }

  #proof(packet: Packet): string | undefined {
    const checked = this.#check;
    if (checked?.expected === undefined) return undefined;
    this.proven = provesServer(checked.expected, packet.data);
    return this.proven
      ? "The Success proves that the server knows the password"
      : "The Success does NOT prove the server: its S= is not what the password makes it";
  }
}

/**
 * A link that is joined in its midst does not say how: MS-CHAPv1 alone has a challenge of 8 octets (RFC 2433
 * §5).
 */
function guessed(challenge: Uint8Array | undefined, response: number): AuthMethod | undefined {
  if (response !== 49) return response === 16 ? "chap-md5" : undefined;
  return challenge?.length === 8 ? "ms-chap-v1" : "ms-chap-v2";
}

function claimOf(
  method: AuthMethod | "eap" | undefined,
  packet: Packet,
  challenge: Uint8Array,
): Claim | undefined {
  switch (method) {
    case "ms-chap-v2": {
      const response = decodeMsChapV2Response(packet);
      return response.ok
        ? { method, ...copied(response.value), authenticatorChallenge: challenge }
        : undefined;
    }
    case "ms-chap-v1": {
      const response = decodeMsChapV1Response(packet);
      return response.ok ? { method, ...copied(response.value), challenge } : undefined;
    }
    case "chap-md5": {
      const response = decodeChapMd5Response(packet);
      const { identifier } = packet;
      return response.ok ? { method, ...copied(response.value), identifier, challenge } : undefined;
    }
    default:
      return undefined;
  }
}

/** In memory of its own: what was decoded looks into the capture. */
function copied<T extends object>(value: T): T {
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    one instanceof Uint8Array ? one.slice() : one,
  ]);
  return Object.fromEntries(entries) as T;
}
