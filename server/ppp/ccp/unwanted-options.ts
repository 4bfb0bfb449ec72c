import { shownField } from "../../wire/shown-field.ts";
import type { Option } from "../negotiation/option.ts";
import { refused } from "../negotiation/refused-option.ts";
import { named, seen } from "../negotiation/shown-value.ts";
import { vendor } from "../negotiation/vendor-value.ts";

/** How LZS guards against loss (RFC 1974 §2.1). */
const CHECK_MODES = { 0: "none", 1: "lcb", 2: "crc", 3: "sequence-number", 4: "extended" };

/** Stac Electronics' LZS (RFC 1974 §2). */
const stac = seen((from) => {
  const [histories, mode] = [from.u16(), from.u8()];
  return {
    text: `${histories}-histories,${named(CHECK_MODES, mode)}`,
    words: `Stac LZS, ${histories} histories, check mode ${named(CHECK_MODES, mode)}`,
    parts: [shownField("history-count", histories), shownField("check-mode", mode, named(CHECK_MODES, mode))],
  };
});

/** How LZS-DCP treats what does not shrink (RFC 1967 §2.1). */
const PROCESS_MODES = { 0: "none", 1: "process-uncompressed" };

/** LZS-DCP (RFC 1967 §2). */
const lzsDcp = seen((from) => {
  const [histories, check, process] = [from.u16(), from.u8(), from.u8()];
  return {
    text: `${histories}-histories,${named(CHECK_MODES, check)}`,
    words: `LZS-DCP, ${histories} histories, check mode ${named(CHECK_MODES, check)}, process mode ${named(PROCESS_MODES, process)}`,
    parts: [
      shownField("history-count", histories),
      shownField("check-mode", check, named(CHECK_MODES, check)),
      shownField("process-mode", process, named(PROCESS_MODES, process)),
    ],
  };
});

/** BSD Compress (RFC 1977 §2). */
const bsd = seen((from) => {
  const octet = from.u8();
  const [version, bits] = [octet >>> 5, octet & 0x1f];
  return {
    text: `version-${version},${bits}-bits`,
    words: `BSD Compress version ${version}, codes of ${bits} bits at most`,
    parts: [shownField("version", version), shownField("dictionary", bits, `${bits} bits`)],
  };
});

const DEFLATE = 8;

/** Deflate (RFC 1979 §2): the window's size as a power of two, the method, and how loss is noticed. */
const deflate = seen((from) => {
  const [octet, last] = [from.u8(), from.u8()];
  const [window, method, check] = [octet >>> 4, octet & 0x0f, last & 0x03];
  const size = 2 ** (window + 8);
  const checked = check === 0 ? "sequence numbers" : `check ${check}`;
  return {
    text: `window-${size},method-${method === DEFLATE ? "deflate" : method}`,
    words: `a window of ${size} octets, method ${method}${method === DEFLATE ? " (Deflate)" : ""}, loss seen by ${checked}`,
    parts: [
      shownField("window", window, `${window} (${size} octets)`),
      shownField("method", method, named({ [DEFLATE]: "deflate" }, method)),
      shownField("check", check, named({ 0: "sequence-number" }, check)),
    ],
  };
});

/** Ways to compress that we know by name, to read them in traces, and reject (RFC 1962 §4, IANA's list). */
export const UNWANTED: readonly Option<unknown>[] = [
  refused(0, "oui", vendor()),
  refused(1, "predictor-1"),
  refused(2, "predictor-2"),
  refused(3, "puddle-jumper"),
  refused(16, "hewlett-packard-ppc"),
  refused(17, "stac", stac),
  refused(19, "gandalf-fza"),
  refused(20, "v42bis"),
  refused(21, "bsd-compress", bsd),
  refused(23, "lzs-dcp", lzsDcp),
  refused(24, "deflate-draft", deflate),
  refused(26, "deflate", deflate),
  refused(27, "v44"),
];
