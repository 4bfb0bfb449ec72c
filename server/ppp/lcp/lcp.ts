import { concat } from "../../wire/bytes.ts";
import { Writer } from "../../wire/writer.ts";
import { CODE } from "../codes.ts";
import type { Protocol } from "../negotiation/protocol.ts";
import type { RawOption } from "../option-list.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { accm } from "./accm.ts";
import { addressFieldCompression } from "./address-field-compression.ts";
import { authenticationProtocol } from "./authentication-protocol.ts";
import { endpointDiscriminator } from "./endpoint-discriminator.ts";
import type { LcpPolicy } from "./lcp-policy.ts";
import { magicNumber } from "./magic-number.ts";
import { mru } from "./mru.ts";
import { protocolFieldCompression } from "./protocol-field-compression.ts";
import { UNWANTED } from "./unwanted-options.ts";

/**
 * Link Control Protocol (RFC 1661 §5, §6). Identification and Time-Remaining (RFC 1570 §2) need no answer.
 */
export const lcp: Protocol<LcpPolicy> = {
  name: "lcp",
  number: PROTOCOL.lcp,
  options: [
    mru,
    accm,
    authenticationProtocol,
    magicNumber,
    protocolFieldCompression,
    addressFieldCompression,
    endpointDiscriminator,
    ...UNWANTED,
  ],
  silent: new Set([CODE.protocolReject, CODE.identification, CODE.timeRemaining]),
  echo: (request, asking, accepted) =>
    concat(ownMagic(asking), request.data.subarray(MAGIC_LENGTH)).subarray(0, mru.in(accepted) - HEADER),
  maxReacks: 3,
};

const MAGIC_LENGTH = 4;

/**
 * Code, identifier and Length: they count toward the peer's MRU, as the data of an Echo-Reply does (RFC 1661
 * §5.8, §6.1).
 */
const HEADER = 4;

/**
 * Our Magic-Number as Echo packets carry it: ours, not the peer's, and zero where none was agreed (RFC 1661
 * §5.8).
 */
function ownMagic(asking: readonly RawOption[]): Uint8Array {
  return new Writer(MAGIC_LENGTH).u32(magicNumber.in(asking)).bytes();
}

/** An Echo-Request of our own. */
export function echoRequest(identifier: number, asking: readonly RawOption[]): Packet {
  return { code: CODE.echoRequest, identifier, data: ownMagic(asking) };
}
