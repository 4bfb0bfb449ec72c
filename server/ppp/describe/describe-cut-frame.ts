import { printable } from "../../wire/printable.ts";
import { CUT } from "../../wire/shown-field.ts";
import { CHAP } from "../auth/chap.ts";
import { eapCodeName, hasEapType } from "../auth/eap.ts";
import { PAP } from "../auth/pap.ts";
import { CODE, codeName } from "../codes.ts";
import { type CutPacket, decodeCutPacket, hasOptions, WINDOWS_LENGTH, wholeOptions } from "../cut-packet.ts";
import { decodeFrame, encodeFrame } from "../frame.ts";
import { encodePacket } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { chapCodeName } from "./describe-chap.ts";
import { describeFrame, type FrameLine } from "./describe-frame.ts";
import { papCodeName } from "./describe-pap.ts";

/** What each protocol calls its codes. */
const CODE_NAMES: ReadonlyMap<number, (code: number) => string> = new Map([
  ...[PROTOCOL.lcp, PROTOCOL.ccp, PROTOCOL.ipcp, PROTOCOL.ipv6cp].map(
    (protocol) => [protocol, codeName] as const,
  ),
  [PROTOCOL.chap, chapCodeName],
  [PROTOCOL.pap, papCodeName],
  [PROTOCOL.eap, eapCodeName],
]);

/** What a protocol calls a code; undefined for a protocol whose packets are not known. */
export const codeNameOf = (protocol: number): ((code: number) => string) | undefined =>
  CODE_NAMES.get(protocol);

/** Digits at the end may be the beginning of a secret, which only its length would show as one. */
const BEGUN_SECRET = /[0-9A-Fa-f]{4,}$/;

/** The message of a Success or Failure that is cut, as far as it may be shown. */
export const withoutBegunSecret = (message: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(message).toString("latin1").replace(BEGUN_SECRET, ""), "latin1");

/**
 * A PPP frame of which a capture holds the beginning, as one line: what is there is read as in a whole frame,
 * what is not is marked. `Configure-Request id=1 mru=1400 [cut]`. No secrets, as in `describeFrame`.
 */
export function describeCutFrame(octets: Uint8Array): FrameLine {
  const frame = decodeFrame(octets);
  if (!frame.ok) return { layer: "ppp", text: CUT };
  const { protocol, information } = frame.value;
  const name = CODE_NAMES.get(protocol);
  if (name === undefined) return marked(describeFrame(octets));
  const { layer } = describeFrame(encodeFrame(protocol, new Uint8Array(0)));
  const packet = decodeCutPacket(information);
  if (packet === undefined) return { layer, text: CUT };
  if (!packet.cut) return describeFrame(octets);
  if (packet.length === undefined) return { layer, text: `${name(packet.code)} ${CUT}` };
  const whole = wholePart(protocol, packet);
  if (whole !== undefined) {
    const { code, identifier } = packet;
    return marked(describeFrame(encodeFrame(protocol, encodePacket({ code, identifier, data: whole }))));
  }
  return { layer, text: `${name(packet.code)} id=${packet.identifier}${begun(protocol, packet)} ${CUT}` };
}

const marked = ({ layer, text }: FrameLine): FrameLine => ({ layer, text: `${text} ${CUT}` });

/** The data that reads as a whole packet's would, without what is cut; undefined where none does. */
export function wholePart(protocol: number, { code, data, length }: CutPacket): Uint8Array | undefined {
  if (hasOptions(protocol, code)) return wholeOptions(data);
  if (protocol === PROTOCOL.eap) return hasEapType(code) && data.length > 0 ? data.subarray(0, 1) : undefined;
  if (protocol === PROTOCOL.chap) {
    return code === CHAP.success || code === CHAP.failure ? withoutBegunSecret(data) : undefined;
  }
  if (protocol === PROTOCOL.pap)
    return code === PAP.request || data.length === 0
      ? undefined
      : Uint8Array.of(data.length - 1, ...data.subarray(1));
  switch (code) {
    case CODE.terminateRequest:
    case CODE.terminateAck:
      // Windows' number stands at the end of its octets, and what is before it is no text.
      return length === WINDOWS_LENGTH ? data.subarray(0, 0) : data;
    case CODE.codeReject:
      return data;
    case CODE.protocolReject:
      return data.length < 2 ? undefined : data;
    default:
      return data.length < MAGIC_NUMBER ? undefined : data;
  }
}

/** Octets of the Magic-Number, with which the data of Echo-Request and its like begins (RFC 1661 §5.8). */
const MAGIC_NUMBER = 4;

/** How the data of a log-in begins, as far as it may be shown. */
function begun(protocol: number, { code, data }: CutPacket): string {
  const size = data[0];
  if (size === undefined) return "";
  const behind = data.subarray(1 + size);
  if (protocol === PROTOCOL.pap && code === PAP.request)
    return ` name="${printable(data.subarray(1, 1 + size))}"${data.length < 1 + size ? "" : " password=(hidden)"}`;
  if (protocol !== PROTOCOL.chap || (code !== CHAP.challenge && code !== CHAP.response)) return "";
  return ` value=(${size} octets)${behind.length === 0 ? "" : ` name="${printable(behind)}"`}`;
}
