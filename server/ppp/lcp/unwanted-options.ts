import { hex } from "../../wire/bytes.ts";
import { bare, printable } from "../../wire/printable.ts";
import { shownField } from "../../wire/shown-field.ts";
import type { Option } from "../negotiation/option.ts";
import { refused } from "../negotiation/refused-option.ts";
import { named, seen } from "../negotiation/shown-value.ts";
import { flag, shortHex, u16 } from "../negotiation/value-codec.ts";
import { vendor } from "../negotiation/vendor-value.ts";
import { protocolName } from "../protocols.ts";
import { callback } from "./callback.ts";

/** Quality-Protocol (RFC 1661 §6.3); of Link-Quality-Report the period, in 1/100 s (RFC 1989). */
const quality = seen((from) => {
  const protocol = from.u16();
  const head = shownField("protocol", protocol, protocolName(protocol));
  if (protocol !== LINK_QUALITY_REPORT) {
    const data = from.rest();
    return {
      text: `${protocolName(protocol)}${data.length === 0 ? "" : `,${shortHex(data)}`}`,
      parts: [head],
    };
  }
  const period = from.u32();
  const words = period === 0 ? "no period: a report for each that comes" : `a report every ${period / 100} s`;
  return {
    text: `lqr,${period}`,
    words: `Link-Quality-Report, ${words}`,
    parts: [head, shownField("reporting-period", period, `${period} (${words})`)],
  };
});

const LINK_QUALITY_REPORT = 0xc025;

/** FCS-Alternatives (RFC 1570 §2.1). */
const FCS = [
  ["null", 1],
  ["ccitt-16", 2],
  ["ccitt-32", 4],
] as const;

const fcs = seen((from) => {
  const bits = from.u8();
  const set = FCS.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name);
  return {
    text: `${bits}(${set.length === 0 ? "none" : set.join(",")})`,
    parts: FCS.map(([name, bit]) => shownField(name, (bits & bit) === 0 ? 0 : 1)),
  };
});

/** Self-Describing-Padding (RFC 1570 §2.2). */
const padding = seen((from) => {
  const most = from.u8();
  return { text: String(most), words: `padding of ${most} octets at most` };
});

/** Numbered-Mode (RFC 1663 §6). */
const numberedMode = seen((from) => {
  const window = from.u8();
  const address = from.rest();
  return {
    text: `window-${window}`,
    words: `a window of ${window} frames`,
    parts: [
      shownField("window", window),
      ...(address.length === 0 ? [] : [shownField("address", hex(address))]),
    ],
  };
});

/** DCE-Identifier (RFC 1976 §2): how the modem pair is told apart. */
const DCE_MODES = { 1: "no-additional-negotiation", 2: "full-ppp-negotiation-and-state-machine" };
const dce = seen((from) => {
  const mode = from.u8();
  return { text: named(DCE_MODES, mode), parts: [shownField("mode", mode, named(DCE_MODES, mode))] };
});

/** Multilink-Header-Format (RFC 2686 §6). */
const HEADER_FORMATS = { 2: "long-sequence", 6: "short-sequence" };
const headerFormat = seen((from) => {
  const [code, classes] = [from.u8(), from.u8()];
  return {
    text: `${named(HEADER_FORMATS, code)},${classes}-classes`,
    words: `${named(HEADER_FORMATS, code)} numbers, ${classes} classes that may be suspended`,
    parts: [
      shownField("code", code, named(HEADER_FORMATS, code)),
      shownField("suspendable-classes", classes),
    ],
  };
});

/** Internationalization (RFC 2484 §2): in what character set and language texts for people are. */
const international = seen((from) => {
  const charset = from.u32();
  const tag = from.rest();
  const language = tag.length === 0 ? "any language" : `language "${printable(tag)}"`;
  return {
    text: `${charset},"${printable(tag)}"`,
    words: `${charset === UTF_8 ? "UTF-8" : `character set ${charset} of IANA's list`}, ${language}`,
    parts: [shownField("character-set", charset), shownField("language", bare(tag), `"${printable(tag)}"`)],
  };
});

/** MIBenum of UTF-8 in IANA's list of character sets. */
const UTF_8 = 106;

/** Options of LCP that we know by name, to read them in traces, and reject. */
export const UNWANTED: readonly Option<unknown>[] = [
  refused(0, "vendor-specific", vendor()),
  refused(4, "quality", quality),
  refused(9, "fcs", fcs),
  refused(10, "padding", padding),
  refused(11, "numbered-mode", numberedMode),
  refused(12, "multi-link-procedure"),
  refused(13, "callback", callback()),
  refused(14, "connect-time"),
  refused(15, "compound-frames", flag("several packets may share a frame")),
  refused(16, "nominal-data-encapsulation"),
  refused(17, "mrru", u16("octets, put together from several links")),
  refused(18, "short-sequence", flag("sequence numbers of 12 bits in multilink headers")),
  refused(20, "proprietary"),
  refused(21, "dce-identifier", dce),
  refused(22, "multi-link-plus-procedure"),
  refused(23, "link-discriminator", u16()),
  refused(24, "lcp-authentication"),
  refused(25, "cobs"),
  refused(26, "prefix-elision"),
  refused(27, "multilink-header-format", headerFormat),
  refused(28, "internationalization", international),
  refused(29, "sdl-on-sonet"),
];
