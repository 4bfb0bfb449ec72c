import { looseGre } from "../../../server/gre/gre-fields.ts";
import { GRE_OK, GreHeader, MAX_GRE_HEADER, readGre } from "../../../server/gre/header.ts";
import { describeCutFrame } from "../../../server/ppp/describe/describe-cut-frame.ts";
import { describeFrame } from "../../../server/ppp/describe/describe-frame.ts";
import { PppHeader } from "../../../server/ppp/ppp-header.ts";
import { FIRST_CONTROL, PROTOCOL } from "../../../server/ppp/protocols.ts";
import { CUT, type ShownField } from "../../../server/wire/shown-field.ts";
import type { GrePacket, Moment, Side } from "../../capture/captured.ts";
import { Acknowledged } from "../data/acknowledged.ts";
import { encryptedText } from "../data/encrypted-text.ts";
import { proofOfBeginning } from "../data/inner-proof.ts";
import { innerText } from "../data/inner-text.ts";
import { SequenceWatch } from "../data/sequence-watch.ts";
import { greField, malformedText, pppFields } from "../data/tunnel-fields.ts";
import type { StageChange } from "../link/link-watch.ts";
import type { BySide } from "../side.ts";
import { bySide, opposite, turn } from "../side.ts";
import type { Call } from "./call.ts";
import { DamagedPackets } from "./damaged-packets.ts";
import { EncryptedPackets } from "./encrypted-packets.ts";
import { acknowledges } from "./flow-evidence.ts";
import { RecentFrames } from "./recent-frames.ts";

const STAGE_NOTES: Readonly<Record<StageChange["stage"], string>> = {
  lcp: "Link options agreed",
  auth: "Log-in done",
  ccp: "Encryption agreed",
  ipcp: "Session up",
};

/** The Address field of a frame (RFC 1662 §3.1), which is no protocol. */
const ADDRESS = 0xff;

/** The GRE packets of one call: order, PPP frames, users' packets. */
export class Tunnel {
  readonly #call: Call;
  readonly #sequences: BySide<SequenceWatch> = bySide(() => new SequenceWatch());
  /** By whose packets are acknowledged. */
  readonly #acknowledged: BySide<Acknowledged> = bySide((side) => new Acknowledged(this.#sequences[side]));
  readonly #recent: BySide<RecentFrames> = bySide(() => new RecentFrames());
  #encrypted: EncryptedPackets | undefined;
  readonly #damaged: DamagedPackets;
  readonly #header = new GreHeader();
  readonly #ppp = new PppHeader();
  /** Nobody wants to see, or open, each packet of users' data. */
  readonly #countsOnly: boolean;

  constructor(call: Call) {
    this.#call = call;
    const { credentials, packets } = call.services.options;
    this.#countsOnly = !credentials.any && !packets;
    if (call.services.options.credentials.any) this.#encrypted = new EncryptedPackets(call);
    this.#damaged = new DamagedPackets((from, packet) => this.#receive(from, packet, "checksum wrong"));
    call.settle = () => this.#settle();
  }

  /** A packet of this call. */
  packet(from: Side, packet: GrePacket): void {
    const call = this.#call;
    call.touch(packet.when);
    if (packet.copyOf !== undefined) {
      call.addFinding(
        "Packets are in this capture twice: it was taken on several interfaces. Copies are left out.",
      );
      this.#again(from, packet, `copy of frame ${packet.copyOf}`);
      return;
    }
    this.#damaged.expire(packet.when.at);
    if (packet.checksum === "wrong") this.#damaged.add(from, packet);
    else this.#receive(from, packet, undefined);
  }

  /** Who was taken for the client is the server. There was no log-in, so that nothing was decrypted. */
  turn(): void {
    this.#damaged.end();
    turn(this.#sequences);
    turn(this.#acknowledged);
    turn(this.#recent);
    if (this.#encrypted === undefined) return;
    this.#encrypted.end();
    this.#encrypted = new EncryptedPackets(this.#call);
  }

  /** May a packet be one that `from` sends? Not where it acknowledges what the other side never sent. */
  mayBeFrom(from: Side, octets: Uint8Array, exactly: boolean): boolean {
    const last = this.#sequences[opposite(from)].last;
    const header = new GreHeader();
    if (last === undefined || readGre(octets, 0, octets.length, header) !== GRE_OK) return true;
    return header.hasAcknowledgement ? acknowledges(header.acknowledgement, last, exactly) : !exactly;
  }

  /** Nothing new: a row only where every packet is to have one. */
  #again(from: Side, { when, octets, length, cut }: GrePacket, mark: string): void {
    if (!this.#call.services.options.all) return;
    const fields = () => [greField(octets, cut)];
    this.#call.packet(when, from, "gre", `${length} octets`, { mark, fields });
  }

  #settle(): void {
    this.#damaged.end();
    this.#encrypted?.end();
    for (const side of ["client", "server"] as const) {
      this.#call.missing[side] = this.#sequences[side].missing;
      this.#call.facts.unseen[side] = this.#acknowledged[side].unseen;
      this.#call.facts.confirmed[side] = this.#acknowledged[side].confirmed;
    }
  }

  #receive(from: Side, packet: GrePacket, damage: string | undefined): void {
    const call = this.#call;
    const { octets, length, when } = packet;
    const header = this.#header;
    if (readGre(octets, 0, length, header) !== GRE_OK) {
      this.#malformed(from, packet);
      return;
    }
    call.facts.gre[from] += 1;
    call.heardGre(from, when.at);
    if (packet.cut) call.facts.cut += 1;
    if (header.payloadLength > 0 && octets.length < header.payloadOffset) {
      this.#unread(from, packet);
      return;
    }
    if (header.hasAcknowledgement && octets.length >= header.payloadOffset)
      this.#acknowledged[opposite(from)].take(header.acknowledgement);
    if (header.payloadLength === 0) {
      if (call.services.options.packets) this.#acknowledgement(from, packet);
      return;
    }
    const { sequence, payloadOffset } = header;
    const end = payloadOffset + header.payloadLength;
    const place = this.#sequences[from].take(sequence);
    this.#acknowledged[from].came(sequence);
    this.#damaged.drop(from, sequence);
    if (place === "restarted") call.addFinding(`The ${from} began its GRE sequence numbers anew.`);
    const isDuplicate = place === "duplicate";
    if (!isDuplicate) call.facts.ppp[from] += 1;
    const there = Math.min(end, octets.length);
    const isCut = there < end;
    const isFrame = this.#ppp.read(octets, payloadOffset, there);
    // A lone FF may be the Address field, whose protocol was cut.
    if (isCut && (!isFrame || this.#ppp.protocol === ADDRESS)) {
      this.#unread(from, packet);
      return;
    }
    if (!isDuplicate && !isCut)
      call.services.twins.frame(call.dial, from, sequence, octets.subarray(payloadOffset, there), when.at);
    const isData = isFrame && this.#ppp.protocol < FIRST_CONTROL;
    if (isData && isDuplicate) {
      this.#again(from, packet, "the same packet again");
      return;
    }
    if (isData && call.link.ipcp.begun) call.facts.passed[from] += 1;
    if (isData && this.#ppp.protocol === PROTOCOL.compressed && this.#countsOnly) {
      this.#encryptedPacket(from, when, end - payloadOffset);
      return;
    }
    const frame = octets.subarray(payloadOffset, there);
    if (isData) {
      this.#data(packet, from, frame, end - payloadOffset, sequence);
      return;
    }
    this.#encrypted?.control(from, sequence, when);
    const again = isDuplicate ? "the same packet again" : this.#recent[from].again(frame);
    this.#control(packet, from, frame, damage ?? again, isCut);
  }

  /** A packet of this call of which the capture kept less than a GRE header. */
  unreadable(from: Side, packet: GrePacket): void {
    const { facts } = this.#call;
    this.#call.touch(packet.when);
    facts.gre[from] += 1;
    facts.cut += 1;
    // A header alone is an acknowledgement.
    if (packet.length > MAX_GRE_HEADER) this.#unread(from, packet);
  }

  /** The capture cut away what this packet carries. */
  #unread(from: Side, { octets, length, when }: GrePacket): void {
    const call = this.#call;
    call.facts.unreadFrames[from] += 1;
    if (call.services.options.packets) {
      const fields = () => [greField(octets, true)];
      call.message(when, from, "gre", `${length} octets ${CUT}`, { fields });
      return;
    }
    if (call.bursts.dueAt(when.at)) call.flushBursts();
    call.bursts.add(from, "gre", "cut", when.at, when.frame, length);
  }

  /** An encrypted packet that nobody looks into. */
  #encryptedPacket(from: Side, { at, frame }: Moment, octets: number): void {
    const { facts, bursts } = this.#call;
    facts.encrypted += 1;
    if (bursts.dueAt(at)) this.#call.flushBursts();
    bursts.add(from, "mppe", "encrypted", at, frame, octets);
  }

  #control(
    { when, octets }: GrePacket,
    from: Side,
    frame: Uint8Array,
    mark: string | undefined,
    isCut: boolean,
  ): void {
    const call = this.#call;
    const { layer, text } = isCut ? describeCutFrame(frame) : describeFrame(frame);
    call.message(when, from, layer, text, { mark, fields: () => this.#fields(octets, frame, isCut) });
    call.beforeFrame(from, when, frame, isCut);
    const { unanswered, logIn } = call.link;
    const responses = logIn.responses;
    const asked = unanswered[from];
    const { change, remark } = call.link.frame(from, frame, isCut);
    if (responses === 0 && logIn.responses > 0) call.stages.step(call.since(when.at));
    if (unanswered[from] > asked) call.echoRequest("lcp", from, when.at);
    for (const side of ["client", "server"] as const)
      if (unanswered[side] === 0) call.facts.echoes.lcp[side].count = 0;
    if (remark !== undefined) call.note(when, "auth", remark);
    if (change === undefined) return;
    if (change.to === "renegotiated") {
      if (call.upAt !== undefined || change.stage === "lcp")
        call.note(when, change.stage, `${change.stage.toUpperCase()} is negotiated anew`);
      return;
    }
    if (change.to === "failed") {
      call.stages.failed(change.stage, change.result);
      return;
    }
    call.done(change.stage, when.at, change.result);
    if (change.stage === "ipcp") {
      call.upAt ??= when.at;
      call.stages.allDone();
    }
    call.note(when, change.stage, `${STAGE_NOTES[change.stage]}: ${change.result}`);
  }

  /** `frame`: what was captured of it, `length` octets in all. */
  #data(packet: GrePacket, from: Side, frame: Uint8Array, length: number, sequence: number): void {
    const call = this.#call;
    const { facts, services } = call;
    const ppp = this.#ppp;
    ppp.read(frame, 0, frame.length);
    const { protocol, information } = ppp;
    const { at } = packet.when;
    if (protocol === PROTOCOL.compressed) {
      if (services.options.packets) {
        facts.encrypted += 1;
        this.#dataRow(packet, from, frame, length, encryptedText(frame, information, length));
      } else this.#encryptedPacket(from, packet.when, length);
      this.#encrypted?.data(from, packet.when, sequence, frame, length);
      return;
    }
    if (call.bursts.dueAt(at)) call.flushBursts();
    facts.clear += 1;
    const inner = frame.subarray(information);
    const innerLength = length - information;
    const isIp = protocol === PROTOCOL.ip || protocol === PROTOCOL.ipv6;
    if (isIp && proofOfBeginning(protocol, inner, innerLength) !== "senseless")
      services.sink.inner(call, { at, octets: inner, length: innerLength });
    if (services.options.packets)
      this.#dataRow(packet, from, frame, length, `in clear: ${innerText(protocol, inner, innerLength)}`);
    else call.bursts.add(from, "ip", "clear", at, packet.when.frame, length);
  }

  #dataRow({ when, octets }: GrePacket, from: Side, frame: Uint8Array, length: number, text: string): void {
    const layer = this.#ppp.protocol === PROTOCOL.compressed ? "mppe" : "ip";
    const isCut = frame.length < length;
    this.#call.message(when, from, layer, text, { fields: () => this.#fields(octets, frame, isCut) });
  }

  #acknowledgement(from: Side, { when, octets }: GrePacket): void {
    const { acknowledgement, payloadOffset } = this.#header;
    const isCut = octets.length < payloadOffset;
    const text = `acknowledgement ${isCut ? CUT : acknowledgement >>> 0}`;
    this.#call.message(when, from, "gre", text, { fields: () => [greField(octets, isCut)] });
  }

  /** GRE that the server would refuse: shown as far as it can be read, but nothing is learned from it. */
  #malformed(from: Side, packet: GrePacket): void {
    const call = this.#call;
    const { when, octets, length, cut } = packet;
    call.facts.malformedGre += 1;
    if (cut) call.facts.cut += 1;
    const { payload } = looseGre(octets, cut);
    call.message(when, from, "gre", `${length} octets, ${malformedText(payload, cut)}`, {
      fields: () => [greField(octets, cut), ...(payload === undefined ? [] : this.#pppFields(payload, cut))],
    });
  }

  #fields(gre: Uint8Array, frame: Uint8Array, isCut: boolean): readonly ShownField[] {
    return [greField(gre, isCut), ...this.#pppFields(frame, isCut)];
  }

  #pppFields(frame: Uint8Array, isCut: boolean): readonly ShownField[] {
    const { method } = this.#call.link.logIn;
    const { secrets } = this.#call.services.options;
    const context = { secrets, method: method === "eap" ? undefined : method };
    return pppFields(frame, isCut, context);
  }
}
