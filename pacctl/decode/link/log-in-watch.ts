import { decryptNewPassword } from "../../../server/crypto/password-change.ts";
import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import { decodeChangePassword } from "../../../server/ppp/auth/change-password.ts";
import { CHAP, decodeChapValue } from "../../../server/ppp/auth/chap.ts";
import type { AuthMethod, Credentials as Claim } from "../../../server/ppp/auth/credentials.ts";
import { decodeEapHead, EAP, EAP_TYPE, type EapHead, isEapMethod } from "../../../server/ppp/auth/eap.ts";
import { decodeEapMsChapV2 } from "../../../server/ppp/auth/eap-ms-chap-v2.ts";
import { provesServer } from "../../../server/ppp/auth/ms-chap-outcome.ts";
import { decodePapMessage, decodePapRequest, PAP } from "../../../server/ppp/auth/pap.ts";
import type { CutPacket } from "../../../server/ppp/cut-packet.ts";
import { methodTitle } from "../../../server/ppp/lcp/authentication-protocol.ts";
import { printable } from "../../../server/wire/printable.ts";
import { type Check, type Credentials, check, ntHashes, secretNoun } from "../credentials.ts";
import { begunPapName, claimOf, copied, guessed, lostOfEap, type PasswordVerdict } from "./claims.ts";
import { EapWatch } from "./eap-watch.ts";
import { failureOf } from "./failure.ts";

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
  /**
   * What the capture cut away: the client's name or answer, a Challenge, what a Failure says, more of EAP.
   */
  readonly cut = { claim: false, challenge: false, failure: false, eap: 0 };
  /** What a refusal said, printable. */
  message = "";
  password: PasswordVerdict = "not-given";
  /** What was given for this user, as a sentence names it. */
  given = "password";
  /**
   * Did the Success prove the server? Undefined: no password to check it with, or a method that proves
   * nothing.
   */
  proven: boolean | undefined;
  keys: StartKeys = {};
  /** Of EAP, where the log-in goes by it. */
  eap = new EapWatch();
  #challenge: Uint8Array | undefined;
  #challengeSize: number | undefined;
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
    this.eap = new EapWatch();
  }

  /** As people call the method; undefined: not seen. */
  get methodTitle(): string | undefined {
    const { method } = this;
    if (method === undefined) return undefined;
    return method === "eap" ? this.eap.title : methodTitle(method);
  }

  /** A CHAP packet. Returns what is to be said about it. */
  chap(packet: CutPacket): string | undefined {
    switch (packet.code) {
      case CHAP.challenge: {
        const value = decodeChapValue(packet.data);
        this.challenges += 1;
        this.#challengeSize = packet.data[0];
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
        this.#failure(packet);
        return undefined;
      case CHAP.changePassword:
        return this.#change(packet);
      default:
        return undefined;
    }
  }

  /** An EAP packet. Where LCP agreed on another method, nothing comes of it. */
  eapPacket(packet: CutPacket): string | undefined {
    this.method ??= "eap";
    if (this.method !== "eap") return undefined;
    const { eap } = this;
    eap.packet(packet);
    if (packet.code === EAP.success || packet.code === EAP.failure) {
      this.outcome = packet.code === EAP.success ? "accepted" : "refused";
      return undefined;
    }
    const head = decodeEapHead(packet);
    if (packet.cut) return this.#cutEap(packet.code, head.ok ? head.value : undefined);
    if (!head.ok) return undefined;
    const { type, data } = head.value;
    const isResponse = packet.code === EAP.response;
    if (type === EAP_TYPE.identity && isResponse) this.name = eap.identity;
    switch (type) {
      case EAP_TYPE.msChapV2:
        return this.#eapMsChapV2(data, isResponse);
      case EAP_TYPE.md5Challenge:
        return this.#eapMd5(packet.identifier, data, isResponse);
      default:
        return isResponse && isEapMethod(type) ? this.#otherEap() : undefined;
    }
  }

  /** A Request or Response of EAP of which the capture lacks the end. */
  #cutEap(code: number, head: EapHead | undefined): undefined {
    const lost = lostOfEap(code, head);
    if (lost === "eap") this.cut.eap += 1;
    else if (lost !== "response") this.cut[lost] = true;
    else {
      this.responses += 1;
      this.#cutClaim(undefined);
    }
  }

  /** CHAP within EAP: all but the end of it, which EAP's own Success or Failure tells. */
  #eapMsChapV2(data: Uint8Array, isResponse: boolean): string | undefined {
    const inner = decodeEapMsChapV2(data);
    if (!inner.ok) return undefined;
    const chap = { ...inner.value.chap, cut: false, length: undefined };
    if (chap.code === CHAP.success) return isResponse ? undefined : this.#proof(chap);
    if (chap.code === CHAP.failure && isResponse) return undefined;
    return this.chap(chap);
  }

  /** CHAP-MD5 within EAP, whose Identifier is that of the EAP packet (RFC 3748 §5.4). */
  #eapMd5(identifier: number, data: Uint8Array, isResponse: boolean): string | undefined {
    const outer = decodeChapValue(data);
    if (!outer.ok) return undefined;
    const { value, name } = copied(outer.value);
    if (!isResponse) {
      this.challenges += 1;
      this.#challenge = value;
      return undefined;
    }
    this.responses += 1;
    const challenge = this.#challenge;
    const claimant = name.length > 0 ? name : this.eap.identity;
    if (challenge === undefined || claimant === undefined) return undefined;
    return this.#claim({ method: "chap-md5", name: claimant, identifier, challenge, response: value });
  }

  /** A method that goes on within TLS, or is not followed here. */
  #otherEap(): string | undefined {
    this.responses += 1;
    const { name } = this;
    const secret = name === undefined ? undefined : this.#credentials.secretOf(name);
    if (secret === undefined || this.password !== "not-given") return undefined;
    this.password = "not-checkable";
    this.given = secretNoun(secret);
    return `"${this.user}" logs in by ${this.eap.title}: the ${this.given} that was given cannot be checked, and no keys follow from it`;
  }

  /** A PAP packet. */
  pap(packet: CutPacket): string | undefined {
    this.method ??= "pap";
    if (packet.cut && packet.code === PAP.request) {
      this.responses += 1;
      return this.#cutClaim(begunPapName(packet.data));
    }
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

  #failure(packet: CutPacket): void {
    const { error, isCut, message, challenge } = failureOf(packet);
    this.error = error;
    this.cut.failure = isCut;
    this.message = message;
    this.#challenge = challenge ?? this.#challenge;
  }

  /** Somebody logged in, and the capture lacks what with. */
  #cutClaim(name: Uint8Array | undefined): undefined {
    this.name = name ?? this.name;
    this.cut.claim = true;
    this.#check = undefined;
    if (this.#credentials.any) this.password = "not-checked";
  }

  #response(packet: CutPacket): string | undefined {
    this.responses += 1;
    if (packet.cut) {
      this.method ??= guessed(this.#challengeSize, packet.data[0] ?? 0);
      return this.#cutClaim(undefined);
    }
    const outer = decodeChapValue(packet.data);
    if (outer.ok) this.name = outer.value.name.slice();
    const challenge = this.#challenge;
    this.method ??= guessed(this.#challengeSize, outer.ok ? outer.value.value.length : 0);
    if (challenge === undefined)
      return this.#challengeSize === undefined ? undefined : this.#cutClaim(this.name);
    const method = this.method === "eap" ? "ms-chap-v2" : this.method;
    const claim = claimOf(method, packet, challenge);
    return claim === undefined ? undefined : this.#claim(claim);
  }

  /** A new password: whoever has the old one can read it (RFC 2759 §8.9), and either may have been given. */
  #change(packet: CutPacket): string | undefined {
    if (packet.cut) {
      this.responses += 1;
      return this.#cutClaim(undefined);
    }
    const change = decodeChangePassword(packet);
    const { name } = this;
    if (!change.ok || this.#challenge === undefined || name === undefined) return undefined;
    this.responses += 1;
    const { peerChallenge, ntResponse, encryptedPassword } = copied(change.value);
    const given = this.#credentials.secretOf(name);
    if (given === undefined) return undefined;
    const claim: Claim = {
      method: "ms-chap-v2",
      name,
      authenticatorChallenge: this.#challenge,
      peerChallenge,
      ntResponse,
    };
    const chosen = ntHashes(given).map((hash) => decryptNewPassword(encryptedPassword, hash));
    const checks = [...chosen.flatMap((one) => (one.ok ? [one.value] : [])), given].map((secret) =>
      check(claim, secret),
    );
    this.given = secretNoun(given);
    this.#check = checks.find((one) => one?.right === true);
    this.password = this.#check === undefined ? "wrong" : "right";
    this.keys = this.#check?.keys ?? {};
    return this.password === "right"
      ? `"${this.user}" changed the password, which can be followed with the ${secretNoun(given)} that was given`
      : `"${this.user}" changed the password; the ${secretNoun(given)} that was given is of neither the old nor the new one`;
  }

  #claim(claim: Claim): string | undefined {
    this.name = claim.name;
    if (!this.#credentials.any) return undefined;
    const secret = this.#credentials.secretOf(claim.name);
    if (secret === undefined) {
      this.password = "not-given-for-user";
      return `No password was given for "${this.user}"`;
    }
    const noun = secretNoun(secret);
    this.given = noun;
    this.#check = check(claim, secret);
    this.keys = this.#check?.keys ?? {};
    if (this.#check === undefined) {
      this.password = "not-checkable";
      return `The ${noun} given for "${this.user}" cannot be checked: ${this.methodTitle} is made of the password itself`;
    }
    this.password = this.#check.right ? "right" : "wrong";
    return this.#check.right
      ? `The ${noun} given for "${this.user}" is the one that the client used`
      : `The client did not use the ${noun} given for "${this.user}": it is wrong, or the name is`;
  }

  #proof(packet: CutPacket): string | undefined {
    const checked = this.#check;
    if (checked?.expected === undefined) return undefined;
    if (packet.cut && packet.data.length < checked.expected.length) return undefined;
    this.proven = provesServer(checked.expected, packet.data);
    return this.proven
      ? "The Success proves that the server knows the password"
      : "The Success does NOT prove the server: its S= is not what the password makes it";
  }
}
