import { CONTROL_MESSAGE, MAGIC_COOKIE } from "../../../server/pptp/constants.ts";
import { title } from "../../../server/pptp/messages/codec.ts";
import { declarationOfCode, isMessageLength } from "../../../server/pptp/messages/registry.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { printable } from "../../../server/wire/printable.ts";
import { Reader } from "../../../server/wire/reader.ts";

/** Octets of what is no PPTP at all that are quoted. */
const QUOTED = 16;

/** Up to and with the Magic Cookie (RFC 2637 §1.4): from here on it can be told from other things. */
const TELLING = 8;

/** What else is met on TCP 1723, by the hexadecimal digits or the text that it begins with. */
const STRANGERS: readonly (readonly [begins: RegExp, name: string])[] = [
  [/^(GET|POST|HEAD|PUT|OPTIONS|CONNECT) /, "an HTTP request"],
  [/^HTTP\/\d/, "an HTTP answer"],
  [/^SSH-/, "the greeting of SSH"],
  [/^16030[0-4]/, "a TLS handshake"],
  [/^15030[0-4]/, "a TLS alert"],
  [/^030000/, "a connection request of RDP"],
  [/^220[ -]/, "the greeting of a mail or file server"],
];

/**
 * What stands where a control message should: the field that is wrong and what should be in it, or what else
 * the octets are. To be put behind "sent".
 */
export function faultText(octets: Uint8Array, length: number): string {
  if (octets.length < TELLING) return strange(octets, length);
  const reader = new Reader(octets);
  const stated = reader.u16();
  const type = reader.u16();
  const cookie = reader.u32();
  const code = reader.remaining < 2 ? undefined : reader.u16();
  const declaration = code === undefined ? undefined : declarationOfCode(code);
  const signs = [isMessageLength(stated), type === CONTROL_MESSAGE, cookie === MAGIC_COOKIE, declaration];
  if (signs.filter(Boolean).length < 2) return strange(octets, length);
  const what = declaration === undefined ? "a message" : article(title(declaration.type));
  const wrong = [
    cookie === MAGIC_COOKIE
      ? []
      : `the magic cookie ${digits(cookie)} instead of ${digits(MAGIC_COOKIE)}${reversed(cookie)}`,
    type === CONTROL_MESSAGE ? [] : `the PPTP message type ${type} instead of ${CONTROL_MESSAGE}`,
    code !== undefined && declaration === undefined
      ? `the control message type ${code}, which RFC 2637 does not know,`
      : [],
    declaration === undefined || declaration.length === stated
      ? []
      : `the length ${stated} instead of ${declaration.length}`,
  ].flat();
  return wrong.length === 0 ? strange(octets, length) : `${wrong.join(" and ")} in ${what}`;
}

const digits = (cookie: number): string => cookie.toString(16).padStart(8, "0");

function reversed(cookie: number): string {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(cookie);
  return octets.readUInt32BE() === MAGIC_COOKIE ? " (its octets are in reverse order)" : "";
}

const article = (name: string): string => `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;

function strange(octets: Uint8Array, length: number): string {
  const text = Buffer.from(octets).toString("latin1");
  const begin = octets.subarray(0, QUOTED);
  const known = STRANGERS.find(([begins]) => begins.test(text) || begins.test(hex(begin)))?.[1];
  const line = /^[ -~]+/.exec(text)?.[0].length ?? 0;
  const quoted = line >= 4 ? `"${printable(begin.subarray(0, line))}"` : hex(begin);
  if (known !== undefined) return `${known} (${quoted})`;
  const begins = length > begin.length ? `, the first ones ${quoted}` : ` (${quoted})`;
  return `${length} octets that are no PPTP${begins}`;
}
