import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { ccp } from "../../../server/ppp/ccp/ccp.ts";
import { type MppeMode, mppe, mppeMode } from "../../../server/ppp/ccp/mppe.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { type CutPacket, decodeCutPacket, wholePacket } from "../../../server/ppp/cut-packet.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { ipAddress } from "../../../server/ppp/ipcp/ip-address.ts";
import { dns1, dns2 } from "../../../server/ppp/ipcp/name-servers.ts";
import {
  asksForEap,
  authenticationProtocol,
  methodOf,
} from "../../../server/ppp/lcp/authentication-protocol.ts";
import { mru } from "../../../server/ppp/lcp/mru.ts";
import { optionData, type RawOption } from "../../../server/ppp/option-list.ts";
import { FIRST_NETWORK_CONTROL, PROTOCOL } from "../../../server/ppp/protocols.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { CUT } from "../../../server/wire/shown-field.ts";
import type { LinkStage } from "../../../verdicts/stages.ts";
import type { Side } from "../../capture/captured.ts";
import type { Credentials } from "../credentials.ts";
import { opposite, turn } from "../side.ts";
import { LogInWatch } from "./log-in-watch.ts";
import { MethodOffersWatch } from "./method-offers.ts";
import { type NegotiationSide, NegotiationWatch } from "./negotiation-watch.ts";

/** A stage of the link has come to its end, has failed, or is to be gone through again. */
export interface StageChange {
  readonly stage: LinkStage;
  readonly to: "done" | "failed" | "renegotiated";
  readonly result: string;
}

/** What one frame did and what is to be said about it. */
export interface FrameOutcome {
  readonly change: StageChange | undefined;
  readonly remark: string | undefined;
}

const NOTHING: FrameOutcome = { change: undefined, remark: undefined };

/** MPPE's M, S, L and H bits: what is left of an offer without MPPC (RFC 3078 §2.1, RFC 2118 §2). */
const ENCRYPTION_BITS = 0x010000e0;
const MPPC_BIT = 0x01;

/**
 * IP-Compression-Protocol, IPCP option 2 (RFC 1332 §3.2), and the protocol of TCP with its header compressed.
 */
const IP_COMPRESSION = 2;
const VJ_COMPRESSED = 0x002d;

/** Both sides of a PPP link, as somebody who listens knows them. Pure, but that it remembers. */
export class LinkWatch {
  readonly lcp = new NegotiationWatch();
  readonly ccp = new NegotiationWatch();
  readonly ipcp = new NegotiationWatch();
  readonly logIn: LogInWatch;
  readonly methods = new MethodOffersWatch();
  /** Who rejected CCP as a protocol. */
  ccpRejectedBy: Side | undefined;
  /** Who rejected IPCP as a protocol. */
  ipcpRejectedBy: Side | undefined;
  /** What the capture cut away: codes of packets, and which protocols were rejected. */
  readonly cut = { codes: 0, rejects: 0 };
  /** LCP Echo-Requests since the last reply, by who asked. */
  readonly unanswered = { client: 0, server: 0 };

  constructor(credentials: Credentials) {
    this.logIn = new LogInWatch(credentials);
  }

  /** A control frame, FF 03 present or not. `isCut`: the beginning of one. */
  frame(from: Side, octets: Uint8Array, isCut = false): FrameOutcome {
    const frame = decodeFrame(octets);
    if (!frame.ok) return NOTHING;
    const { protocol, information } = frame.value;
    const packet = isCut ? decodeCutPacket(information) : wholePacket(information);
    if (packet === undefined) {
      if (isCut && information.length === 0) this.cut.codes += 1;
      return NOTHING;
    }
    switch (protocol) {
      case PROTOCOL.lcp:
        return this.#lcp(from, packet);
      case PROTOCOL.chap:
        return this.#logIn(this.logIn.chap(packet));
      case PROTOCOL.pap:
        return this.#logIn(this.logIn.pap(packet));
      case PROTOCOL.eap:
        return this.#logIn(this.logIn.eapPacket(packet));
      case PROTOCOL.ccp:
        return this.#negotiated("ccp", this.ccp, from, packet);
      case PROTOCOL.ipcp:
        return this.#negotiated("ipcp", this.ipcp, from, packet);
      default:
        if (packet.code === CODE.configureAck && protocol >= FIRST_NETWORK_CONTROL) {
          this.#networks ??= new Set();
          this.#networks.add(protocol - FIRST_NETWORK_CONTROL);
        }
        return NOTHING;
    }
  }

  #networks: Set<number> | undefined;

  /**
   * Has a negotiation shown that users' packets of this protocol may pass: AppleTalk after its control
   * protocol, compressed headers of TCP after IPCP agreed on them (RFC 1332 §3.2)?
   */
  mayCarry(protocol: number): boolean {
    if (protocol !== VJ_COMPRESSED) return this.#networks?.has(protocol) === true;
    const { client, server } = this.ipcp.sides;
    return [client, server].some(({ agreed }) => optionData(agreed ?? [], IP_COMPRESSION) !== undefined);
  }

  /** Who was taken for the client is the server. */
  turn(): void {
    turn(this.unanswered);
    for (const { sides } of [this.lcp, this.ccp, this.ipcp]) turn(sides);
    turn(this.methods.sides);
    if (this.ccpRejectedBy !== undefined) this.ccpRejectedBy = opposite(this.ccpRejectedBy);
    if (this.ipcpRejectedBy !== undefined) this.ipcpRejectedBy = opposite(this.ipcpRejectedBy);
  }

  /** The session is up: addresses are agreed. */
  get up(): boolean {
    return this.ipcp.opened;
  }

  /** How the packets that `from` sends are encrypted: as the other side asked and `from` acknowledged. */
  modeOf(from: Side): MppeMode | undefined {
    const { agreed, asked } = this.ccp.sides[opposite(from)];
    const bits = mppe.in(agreed ?? asked ?? []);
    return mppeMode(bits & ENCRYPTION_BITS);
  }

  /** May packets that `from` sends be compressed by MPPC? */
  compresses(from: Side): boolean {
    const { agreed } = this.ccp.sides[opposite(from)];
    return (mppe.in(agreed ?? []) & MPPC_BIT) !== 0;
  }

  /** The client's address inside, as IPCP agreed on it last. */
  get address(): string | undefined {
    return this.#address;
  }

  #address: string | undefined;

  #addressNow(): string | undefined {
    const address = ipAddress.in(this.ipcp.sides.client.agreed ?? []);
    return address === undefined ? undefined : formatIpv4(ipv4(address));
  }

  /** `MPPE 128 bits stateless`; `none` where the session is up without it; undefined: not seen. */
  get encryption(): string | undefined {
    return this.#encryption ?? this.#encryptionNow();
  }

  #encryption: string | undefined;

  #encryptionNow(): string | undefined {
    const modes = (["client", "server"] as const).flatMap((side) =>
      this.ccp.sides[opposite(side)].agreed === undefined ? [] : (this.modeOf(side) ?? []),
    );
    const texts = [...new Set(modes.map(modeText))];
    if (texts.length > 0) return texts.join(" / ");
    if (this.ccp.sides.client.agreedCut || this.ccp.sides.server.agreedCut) return undefined;
    return this.up && !this.ccp.opened ? "none" : undefined;
  }

  #lcp(from: Side, packet: CutPacket): FrameOutcome {
    switch (packet.code) {
      case CODE.protocolReject: {
        const rejected = packet.data.length < 2 ? 0 : (packet.data[0]! << 8) | packet.data[1]!;
        if (rejected === 0 && packet.cut) this.cut.rejects += 1;
        if (rejected === PROTOCOL.ccp) this.ccpRejectedBy ??= from;
        if (rejected === PROTOCOL.ipcp) this.ipcpRejectedBy ??= from;
        break;
      }
      case CODE.echoRequest:
        this.unanswered[from] += 1;
        break;
      case CODE.echoReply:
        this.unanswered[opposite(from)] = 0;
        break;
      default:
    }
    this.methods.packet(from, packet);
    return this.#negotiated("lcp", this.lcp, from, packet);
  }

  #logIn(remark: string | undefined): FrameOutcome {
    const { outcome, user } = this.logIn;
    if (outcome === undefined || this.#toldOutcome === outcome) return { change: undefined, remark };
    this.#toldOutcome = outcome;
    const to = outcome === "accepted" ? "done" : "failed";
    const unknown = this.logIn.cut.claim ? `name ${CUT}` : "name not seen,";
    const name = user === undefined ? unknown : `"${user}"`;
    const result = `${this.logIn.methodTitle ?? "method not seen"}, ${name} ${outcome}`;
    return { change: { stage: "auth", to, result }, remark };
  }

  #toldOutcome: "accepted" | "refused" | undefined;

  #negotiated(
    stage: Exclude<LinkStage, "auth">,
    watch: NegotiationWatch,
    from: Side,
    packet: CutPacket,
  ): FrameOutcome {
    const change = watch.packet(from, packet);
    if (change === undefined) return NOTHING;
    if (change === "terminated") return NOTHING;
    if (change === "renegotiated") {
      if (stage === "lcp") this.#restart();
      return { change: { stage, to: "renegotiated", result: "" }, remark: undefined };
    }
    if (stage === "lcp") this.logIn.agreed(agreedMethod(watch));
    // What opens behind a log-in shows that a later try was accepted, which the capture lacks.
    else if (this.logIn.outcome === "refused") this.logIn.outcome = "accepted";
    if (stage === "ipcp") this.#address = this.#addressNow();
    if (stage !== "lcp") this.#encryption = this.#encryptionNow();
    return { change: { stage, to: "done", result: this.#result(stage) }, remark: undefined };
  }

  /** LCP is negotiated anew, and everything above it with it. */
  #restart(): void {
    this.logIn.reset();
    this.#toldOutcome = undefined;
    this.ccp.reset();
    this.ipcp.reset();
  }

  #result(stage: Exclude<LinkStage, "auth">): string {
    const { client, server } = this[stage].sides;
    if (stage === "lcp") {
      const mrus = `MRU ${mruOf(client)} / ${mruOf(server)}`;
      const none = client.agreedCut || server.agreedCut ? CUT : "nothing: none was asked for";
      return `${mrus}, log-in by ${this.logIn.methodTitle ?? none}`;
    }
    if (stage === "ccp") {
      if (this.encryption !== undefined) return this.encryption;
      return client.agreedCut || server.agreedCut ? CUT : unnamed(client.agreed ?? [], server.agreed ?? []);
    }
    const dns = [dns1, dns2].flatMap((option) => option.in(client.agreed ?? []) ?? []).map(formatIpv4);
    const own = ipAddress.in(server.agreed ?? []);
    return [
      `address ${this.address ?? (client.agreedCut ? CUT : "not asked for")}`,
      ...(own === undefined ? [] : [`server ${formatIpv4(own)}`]),
      ...(dns.length === 0 ? [] : [`DNS ${dns.join(" ")}`]),
    ].join(", ");
  }
}

/** The MRU that was agreed on; the RFC's own where none was, unless it may have been cut away. */
const mruOf = ({ agreed = [], agreedCut }: NegotiationSide): string =>
  agreedCut && optionData(agreed, mru.code) === undefined ? CUT : String(mru.in(agreed));

export const modeText = ({ strength, stateless }: MppeMode): string =>
  `MPPE ${strength} bits ${stateless ? "stateless" : "stateful"}`;

/** CCP opened with something that is no one mode of MPPE. */
function unnamed(...lists: readonly (readonly RawOption[])[]): string {
  const names = lists.flat().map(({ code, data }) => {
    const option = ccp.options.find((one) => one.code === code);
    return option?.describe(data) ?? `option-${code}`;
  });
  return names.length === 0 ? "no encryption" : [...new Set(names)].join(" ");
}

function agreedMethod(lcp: NegotiationWatch): AuthMethod | "eap" | undefined {
  const { client, server } = lcp.sides;
  const value =
    authenticationProtocol.in(server.agreed ?? []) ?? authenticationProtocol.in(client.agreed ?? []);
  return value !== undefined && asksForEap(value) ? "eap" : methodOf(value);
}

/** Does LCP ask the other side to log in? Then whoever sent this is the server. */
export const asksForLogIn = (options: readonly RawOption[]): boolean =>
  optionData(options, authenticationProtocol.code) !== undefined;
