import { characterMap } from "../../wire/control-characters.ts";
import { ack, option } from "../negotiation/option.ts";
import { u32 } from "../negotiation/value-codec.ts";

/**
 * Async-Control-Character-Map, LCP option 2 (RFC 1662 §7.1). GRE needs no escaping, so any map will do; pppd
 * expects the option to be asked for.
 */
export const accm = option({
  code: 2,
  name: "accm",
  value: { ...u32(), words: (map) => `${u32().text(map)} (to be escaped: ${characterMap(map)})` },
  absent: 0xffffffff,
  propose: () => 0,
  judge: () => ack,
  onNak: (offered, own) => (offered | own) >>> 0,
});
