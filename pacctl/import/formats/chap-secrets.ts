import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { type Fields, Findings, type Parsed } from "../import-types.ts";
import { accelLines } from "./accel-words.ts";
import { oneAddress } from "./one-address.ts";
import { pppdLines, type WordLine } from "./pppd-words.ts";

/** `server`: lines for this one and for `*` alone; undefined: all. */
interface ServerChoice {
  readonly server?: string | undefined;
}

/**
 * chap-secrets of pppd (pppd(8), AUTHENTICATION): client, server, secret, then the addresses that the client
 * may have.
 */
export function pppdSecrets(text: string, { server }: ServerChoice): Parsed {
  const findings = new Findings();
  for (const { line, words, cut = false } of pppdLines(text, findings)) {
    const common = secretOf({ line, words }, server, findings);
    if (common === undefined) continue;
    if (cut)
      findings.part(line, "a # right behind a word begins a comment, as in pppd; in quotes it does not");
    const end = words.indexOf("--", 3);
    const addresses = words.slice(3, end < 0 ? undefined : end);
    if (end >= 0) findings.part(line, "options of pppd behind -- are not taken over");
    findings.users.push({ line, ...common, fields: addressOf(line, addresses, findings) });
  }
  return findings;
}

/** That of accel-ppp: client, server, secret, one address or a pool, and a rate. */
export function accelSecrets(text: string, { server }: ServerChoice): Parsed {
  const findings = new Findings();
  for (const { line, words } of accelLines(text, findings)) {
    const common = secretOf({ line, words }, server, findings);
    if (common === undefined) continue;
    const [, , , address = "*", rate] = words;
    if (words.length === 3)
      findings.part(line, "accel-ppp passes over lines without an address; it is taken");
    if (words.length > 5) findings.part(line, "what stands behind the rate is not taken over");
    const isAddress = parseIpv4(address) !== undefined;
    findings.users.push({
      line,
      ...common,
      ...(isAddress || address.startsWith("*") ? {} : { pool: address }),
      fields: { ...(isAddress ? { staticAddress: address } : {}), ...ratesOf(line, rate, findings) },
    });
  }
  return findings;
}

/** Name and password of a line; undefined: it is nobody's, which is told unless it is of another server. */
function secretOf(
  { line, words }: WordLine,
  wanted: string | undefined,
  findings: Findings,
): { readonly name: string; readonly password?: string } | undefined {
  const [name = "", server, secret] = words;
  if (server === undefined || secret === undefined) {
    findings.lost(line, `has ${words.length} of the words client, server and secret: left out`);
    return undefined;
  }
  if (wanted !== undefined && server !== "*" && server !== wanted) return undefined;
  if (name === "*" || name === "") {
    findings.lost(line, "is for any client, not for one user: left out");
    return undefined;
  }
  if (secret.startsWith("@")) findings.part(line, "the secret stands in another file, which is not read");
  return secret === "" || secret.startsWith("@") ? { name } : { name, password: secret };
}

/** Any address is `*`; one that pacd can give is a single one. */
function addressOf(line: number, addresses: readonly string[], findings: Findings): Fields {
  if (addresses.length === 0 || addresses[0] === "-") {
    findings.part(line, "allows no address, so that pppd lets nobody in by it; taken as if any were allowed");
    return {};
  }
  if (addresses.includes("*")) return {};
  return oneAddress(line, addresses, findings);
}

/** Kilobits a second, to the client and from it: `10240/2048`, or one for both. */
const RATE = /^(\d{1,8})(?:[/\\:](\d{1,8}))?$/;

function ratesOf(line: number, rate: string | undefined, findings: Findings): Fields {
  if (rate === undefined) return {};
  const [, down, up = down] = RATE.exec(rate) ?? [];
  if (down === undefined) {
    findings.part(line, "the rate is not taken over: only kilobits a second are, like 10240/2048");
    return {};
  }
  // 0 is "no limit" in both.
  const bits = (kilobits: string) => (Number(kilobits) === 0 ? null : Number(kilobits) * 1000);
  return { rateDown: bits(down), rateUp: bits(up!) };
}
