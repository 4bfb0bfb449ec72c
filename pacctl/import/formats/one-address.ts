import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import type { Fields, Findings } from "../import-types.ts";

/** What may be repeated: digits and signs; a word may be the rest of a secret that lacks its quotes. */
const LIKE_ADDRESSES = /^[!\d./+]+$/;

/** The address that a user always gets, out of those that the user may have. More than one is told. */
export function oneAddress(line: number, addresses: readonly string[], findings: Findings): Fields {
  const single = addresses.length === 1 ? addresses[0]!.replace(/\/32$/, "") : "";
  if (parseIpv4(single) !== undefined) return { staticAddress: single };
  if (!addresses.every((one) => LIKE_ADDRESSES.test(one)))
    findings.part(
      line,
      "where an address stands is none: is it the rest of a secret with spaces, which lacks quotes?",
    );
  else
    findings.part(
      line,
      addresses.length === 1
        ? `${addresses[0]} is not a single address; pacd gives one of the pool`
        : `${addresses.length} addresses are allowed; pacd gives one of the pool`,
    );
  return {};
}
