import { equalOctets, hex } from "../../wire/bytes.ts";
import { type ShownField, shownField } from "../../wire/shown-field.ts";
import type { AuthMethod } from "../auth/credentials.ts";
import { option, reject } from "../negotiation/option.ts";
import { named } from "../negotiation/shown-value.ts";
import { opaque } from "../negotiation/value-codec.ts";
import type { RawOption } from "../option-list.ts";
import { PROTOCOL, protocolName } from "../protocols.ts";
import type { LcpPolicy } from "./lcp-policy.ts";

interface Method {
  readonly value: Uint8Array;
  /** As people call it. */
  readonly title: string;
}

/** PPP protocol, and for CHAP the algorithm: RFC 2759 §2, RFC 2433 §2, RFC 1994 §3, RFC 1334 §2. */
const METHODS: Record<AuthMethod, Method> = {
  "ms-chap-v2": { value: Uint8Array.of(0xc2, 0x23, 0x81), title: "MS-CHAPv2" },
  "ms-chap-v1": { value: Uint8Array.of(0xc2, 0x23, 0x80), title: "MS-CHAPv1" },
  "chap-md5": { value: Uint8Array.of(0xc2, 0x23, 0x05), title: "CHAP-MD5" },
  pap: { value: Uint8Array.of(0xc0, 0x23), title: "PAP" },
};

const EAP = Uint8Array.of(0xc2, 0x27);

const NAMES = Object.keys(METHODS) as readonly AuthMethod[];

/**
 * Authentication-Protocol, LCP option 3 (RFC 1661 §6.2). We ask for the first method of the policy; after a
 * Nak for what the client wants instead, where that is allowed, or else for the next that it has not refused
 * yet. We never authenticate ourselves this way: MS-CHAPv2 proves both sides in one run.
 */
export const authenticationProtocol = option({
  code: 3,
  name: "auth",
  value: { ...opaque(), text: authenticationName, words: inWords, parts },
  absent: undefined,
  propose: ({ authentication: [first] }: LcpPolicy) => METHODS[first!].value,
  judge: () => reject,
  onNak: instead,
  onReject: "end",
  deadlock: "end",
});

/**
 * A method is asked for once at most: a client that refuses them all in turn comes to the end of its Naks.
 */
function instead(
  offered: Uint8Array,
  own: Uint8Array,
  { authentication }: LcpPolicy,
  refused: readonly Uint8Array[],
): Uint8Array {
  if (offered.length < 2) return own; // no protocol: it asks for nothing
  const left = authentication
    .map((method) => METHODS[method].value)
    .filter((value) => ![own, ...refused].some((tried) => equalOctets(tried, value)));
  return left.find((value) => equalOctets(value, offered)) ?? left[0] ?? own;
}

/**
 * The method that our acknowledged Configure-Request asked for. Undefined without the option, which we insist
 * on.
 */
export function agreedMethod(asking: readonly RawOption[]): AuthMethod | undefined {
  return methodOf(authenticationProtocol.in(asking));
}

/** The method that a value of the option stands for, where it is one of ours. */
export const methodOf = (value: Uint8Array | undefined): AuthMethod | undefined =>
  NAMES.find((name) => value !== undefined && equalOctets(METHODS[name].value, value));

/** The value of the option that asks for a method. */
export const methodValue = (method: AuthMethod): Uint8Array => METHODS[method].value;

/** As people call a method. */
export const methodTitle = (method: AuthMethod): string => METHODS[method].title;

/** What a value of the option asks for, as people call it, whether pacd does it or not: `EAP`, `SPAP`. */
export function authenticationTitle(value: Uint8Array): string {
  const method = methodOf(value);
  if (method !== undefined) return METHODS[method].title;
  const [first, second, algorithm] = value;
  if (value.length === 2 && first === 0xc0 && second === 0x27) return "SPAP";
  if (value.length === 3 && first === 0xc2 && second === 0x23) return `CHAP with algorithm ${algorithm}`;
  return equalOctets(value, EAP) ? "EAP" : `protocol ${hex(value.subarray(0, 8))}`;
}

/** Does a value of the option ask for EAP (RFC 3748 §2)? pacd itself never does. */
export const asksForEap = (value: Uint8Array): boolean => equalOctets(value, EAP);

/** For a Terminate-Request to a client that can do none of them: `MS-CHAPv2 or PAP is required`. */
export function required(methods: readonly AuthMethod[]): string {
  const titles = methods.map((method) => METHODS[method].title);
  const last = titles.pop();
  return `${titles.length === 0 ? last : `${titles.join(", ")} or ${last}`} is required`;
}

/** Algorithms of CHAP (RFC 1994 §3, and IANA's list). */
const ALGORITHMS: Readonly<Record<number, string>> = {
  5: "MD5",
  6: "SHA-1",
  7: "SHA-256",
  8: "SHA3-256",
  128: "MS-CHAP",
  129: "MS-CHAP-2",
};

function inWords(value: Uint8Array): string {
  const method = methodOf(value);
  if (method !== undefined) return METHODS[method].title;
  if (equalOctets(value, EAP)) return "EAP";
  if (value.length < 2) return "no protocol";
  const protocol = protocolName((value[0]! << 8) | value[1]!);
  const rest =
    value.length === 2
      ? ""
      : ` with ${value.length === 3 ? named(ALGORITHMS, value[2]!) : hex(value.subarray(2))}`;
  return `${protocol}${rest}`;
}

function parts(value: Uint8Array): ShownField[] {
  if (value.length < 2) return [];
  const protocol = (value[0]! << 8) | value[1]!;
  const head = shownField("protocol", protocol, protocolName(protocol));
  if (value.length === 2) return [head];
  if (protocol !== PROTOCOL.chap || value.length > 3)
    return [head, shownField("data", hex(value.subarray(2)))];
  return [head, shownField("algorithm", value[2]!, named(ALGORITHMS, value[2]!))];
}

function authenticationName(value: Uint8Array): string {
  if (equalOctets(value, EAP)) return "eap";
  return NAMES.find((name) => equalOctets(METHODS[name].value, value)) ?? hex(value.subarray(0, 8));
}
