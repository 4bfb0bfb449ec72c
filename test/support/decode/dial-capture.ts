import { type Proof, prove } from "../../../pacctl/client/link/proof.ts";
import type { MppeStrength } from "../../../server/crypto/mppe-keys.ts";
import { GreHeader, MAX_GRE_HEADER, writeGre } from "../../../server/gre/header.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { encodeEapHead } from "../../../server/ppp/auth/eap.ts";
import { encodeEapMsChapV2 } from "../../../server/ppp/auth/eap-ms-chap-v2.ts";
import { encodeFrame } from "../../../server/ppp/frame.ts";
import { encodePacket, type Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { encodeMessage } from "../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { ascii, fromHex } from "../bytes.ts";
import { type FilePacket, pcap, START } from "../capture/files.ts";
import { CLIENT, ipv4, SERVER } from "../capture/frames.ts";
import { controlFixture } from "../pptp/control-fixtures.ts";
import { SegmentWriter } from "./segment-writer.ts";

export type From = "client" | "server";

const GRE = 47;

/** One way to encrypt, as the option of CCP says it. */
const BITS: Readonly<Record<MppeStrength, number>> = { 128: 0x40, 56: 0x80, 40: 0x20 };

interface Ends {
  readonly client?: string;
  readonly server?: string;
  readonly clientId?: number;
  readonly serverId?: number;
  /** Of the client's end of TCP. */
  readonly port?: number;
  /** Initial sequence numbers, magic numbers and challenges: others for each number. */
  readonly random?: number;
}

interface Mode {
  readonly strength?: MppeStrength;
  readonly stateless?: boolean;
}

/**
 * Writes a capture of one dial, message by message, as the tests want it: what is left out is not in the
 * capture.
 */
export class DialCapture {
  readonly packets: FilePacket[] = [];
  readonly tcp: SegmentWriter;
  /** Milliseconds since the first packet. */
  at = 0;
  /** Sequence number of the next GRE packet of each side. */
  readonly sequence: Record<From, number> = { client: 0, server: 0 };
  readonly encryptors: { client?: Encryptor; server?: Encryptor } = {};
  #ends: Required<Ends>;
  #proof: Proof | undefined;

  constructor(ends: Ends = {}) {
    this.#ends = {
      client: CLIENT,
      server: SERVER,
      clientId: 100,
      serverId: 200,
      port: 40_000,
      random: 0,
      ...ends,
    };
    const { client, server, port, random } = this.#ends;
    const first = { client: 1000 + random * 100_003, server: 5000 + random * 200_003 };
    this.tcp = new SegmentWriter(client, server, port, (octets) => this.add(octets), first);
  }

  file(): Uint8Array {
    return pcap(this.packets, { linkType: 101, nanoseconds: true });
  }

  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  /** A raw IP packet, a hundredth of a millisecond after the last one. */
  add(octets: Uint8Array, original = octets.length): void {
    this.packets.push({ octets, original, time: START + BigInt(Math.round(this.at * 1e6)) });
    this.at += 0.01;
  }

  say(from: From, message: ControlMessage): this {
    this.tcp.say(from, encodeMessage(message));
    return this;
  }

  fin(from: From): this {
    this.tcp.fin(from);
    return this;
  }

  reset(from: From): this {
    this.tcp.reset(from);
    return this;
  }

  /** TCP and the control connection. */
  start(vendorName = "pacd"): this {
    this.tcp.open();
    this.say("client", controlFixture("start-control-connection-request").message);
    return this.say("server", {
      ...fixture("start-control-connection-reply"),
      vendorName,
      result: 1,
      error: 0,
    });
  }

  /** What follows is of another call on the same connection. */
  redial(clientId: number, serverId: number): this {
    this.#ends = { ...this.#ends, clientId, serverId };
    Object.assign(this.sequence, { client: 0, server: 0 });
    return this;
  }

  /** The call, up to its reply. */
  call(result = 1): this {
    const { clientId, serverId } = this.#ends;
    this.say("client", { ...fixture("outgoing-call-request"), callId: toPeerCallId(clientId) });
    const reply = { callId: toCallId(serverId), peerCallId: toPeerCallId(clientId), result, error: 0 };
    return this.say("server", { ...fixture("outgoing-call-reply"), ...reply });
  }

  /** A PPP frame in GRE; `sequence` and what else differs from the next packet of this side. */
  ppp(
    from: From,
    frame: Uint8Array,
    { sequence = this.sequence[from]++, checksum = undefined as number | undefined } = {},
  ): this {
    this.add(this.#ip(from, this.gre(from, frame, sequence), checksum));
    return this;
  }

  /** The GRE packet by itself. */
  gre(from: From, frame: Uint8Array, sequence: number): Uint8Array {
    const header = Object.assign(new GreHeader(), {
      callId: from === "client" ? this.#ends.serverId : this.#ends.clientId,
      payloadLength: frame.length,
      hasSequence: true,
      sequence,
    });
    const head = new Uint8Array(MAX_GRE_HEADER);
    return concat(head.subarray(0, writeGre(head, 0, header)), frame);
  }

  raw(from: From, gre: Uint8Array): this {
    this.add(this.#ip(from, gre));
    return this;
  }

  control(from: From, protocol: keyof typeof PROTOCOL, code: number, identifier: number, data = ""): this {
    return this.ppp(from, controlFrame(protocol, code, identifier, fromHex(data)));
  }

  lcp(auth = "0305c22381"): this {
    const [server, client] = [0x11111111, 0x22222222].map((magic) =>
      (magic + this.#ends.random).toString(16),
    );
    this.control("server", "lcp", 1, 1, `${auth} 0506 ${server}`);
    this.control("client", "lcp", 2, 1, `${auth} 0506 ${server}`);
    this.control("client", "lcp", 1, 1, `01040578 0506 ${client}`);
    return this.control("server", "lcp", 2, 1, `01040578 0506 ${client}`);
  }

  /** MS-CHAPv2 up to the Response. */
  logIn(name = "alice", password = "s3cret"): this {
    const { challenge, response } = this.#prove(name, password);
    this.ppp("server", encodeFrame(PROTOCOL.chap, encodePacket(challenge)));
    return this.ppp("client", encodeFrame(PROTOCOL.chap, encodePacket(response)));
  }

  #prove(name: string, password: string): { readonly challenge: Packet; readonly response: Packet } {
    const challenge = {
      code: 1,
      identifier: 7,
      data: concat(Uint8Array.of(16), new Uint8Array(16).fill(0xc1 ^ this.#ends.random), ascii("pacd")),
    };
    const login = {
      name: ascii(name),
      password,
      peerChallenge: new Uint8Array(16).fill(0x9e ^ this.#ends.random),
    };
    this.#proof = prove("ms-chap-v2", login, challenge)!;
    return { challenge, response: this.#proof.response };
  }

  /** An EAP packet: code, Identifier, and for a Request or Response its type and Type-Data. */
  eap(from: From, code: number, identifier: number, type?: number, data: Uint8Array = ascii("")): this {
    const octets = type === undefined ? data : encodeEapHead({ type, data });
    return this.ppp(from, controlFrame("eap", code, identifier, octets));
  }

  /** EAP up to the client's Identity. */
  identity(name = "alice"): this {
    return this.eap("server", 1, 1, 1).eap("client", 2, 1, 1, ascii(name));
  }

  /** EAP-MSCHAPv2 up to the Response. */
  eapLogIn(name = "alice", password = "s3cret"): this {
    const { challenge, response } = this.#prove(name, password);
    this.eap("server", 1, 2, 26, encodeEapMsChapV2(challenge));
    return this.eap("client", 2, 2, 26, encodeEapMsChapV2(response));
  }

  /** The Success or Failure of EAP-MSCHAPv2, and the client's word that it has it. */
  eapAnswer(code: 3 | 4, text = `${this.#proof!.expected} M=Hi`): this {
    this.eap("server", 1, 3, 26, encodeEapMsChapV2({ code, identifier: 7, data: ascii(text) }));
    return this.eap("client", 2, 3, 26, Uint8Array.of(code));
  }

  accept(text = `${this.#proof!.expected} M=Hi`): this {
    return this.ppp("server", controlFrame("chap", 3, 7, ascii(text)));
  }

  refuse(text: string): this {
    return this.ppp("server", controlFrame("chap", 4, 7, ascii(text)));
  }

  ccp({ strength = 128, stateless = true }: Mode = {}): this {
    const bits = BITS[strength] + (stateless ? 0x0100_0000 : 0);
    const option = `1206 ${bits.toString(16).padStart(8, "0")}`;
    this.control("server", "ccp", 1, 1, option).control("client", "ccp", 2, 1, option);
    this.control("client", "ccp", 1, 1, option).control("server", "ccp", 2, 1, option);
    // From the client's point of view.
    const { send, receive } = this.#proof!.keys[strength]!;
    this.encryptors.client = new Encryptor({ key: send, strength, stateless });
    this.encryptors.server = new Encryptor({ key: receive, strength, stateless });
    return this;
  }

  ipcp(): this {
    this.control("server", "ipcp", 1, 1, "0306 0a4d0001").control("client", "ipcp", 2, 1, "0306 0a4d0001");
    this.control("client", "ipcp", 1, 1, "0306 00000000").control("server", "ipcp", 3, 1, "0306 0a4d000a");
    return this.control("client", "ipcp", 1, 2, "0306 0a4d000a").control(
      "server",
      "ipcp",
      2,
      2,
      "0306 0a4d000a",
    );
  }

  /** The whole dial. */
  up(mode: Mode = {}): this {
    return this.start().call().lcp().logIn().accept().ccp(mode).ipcp();
  }

  /** An encrypted inner packet as a PPP frame; nothing is written. */
  sealed(from: From, inner: Uint8Array): Uint8Array {
    const frame = concat(fromHex("fd 0000 0021"), inner);
    this.encryptors[from]!.seal(frame, 1, frame.length);
    return frame;
  }

  data(from: From, inner: Uint8Array): this {
    return this.ppp(from, this.sealed(from, inner));
  }

  #ip(from: From, gre: Uint8Array, checksum?: number): Uint8Array {
    const { client, server } = this.#ends;
    const [source, destination] = from === "client" ? [client, server] : [server, client];
    const fields = { source, destination, protocol: GRE, id: this.packets.length & 0xffff };
    return ipv4(checksum === undefined ? fields : { ...fields, checksum }, gre);
  }
}

/** A frame of a control protocol. */
export const controlFrame = (
  protocol: keyof typeof PROTOCOL,
  code: number,
  identifier: number,
  data: Uint8Array,
): Uint8Array => encodeFrame(PROTOCOL[protocol], encodePacket({ code, identifier, data }));

const fixture = <T extends ControlMessage["type"]>(type: T) =>
  controlFixture(type).message as Extract<ControlMessage, { type: T }>;
