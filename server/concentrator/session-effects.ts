import type { Config } from "../config/config-types.ts";
import type { LinkEncryption } from "../ppp/link-common/mppe-keys.ts";
import type { User } from "../store/store-types.ts";
import { formatIpv4, type Ipv4 } from "../wire/ipv4.ts";
import type { AddressPools } from "./addresses/address-pools.ts";
import type { DialRecord } from "./records/dial-record.ts";
import type { Ending } from "./records/ending.ts";
import { addressPools } from "./settings.ts";

/** A dial that has an address, or a session. */
export interface AffectedCall {
  readonly user: Pick<User, "staticAddress"> | undefined;
  readonly address: Ipv4 | undefined;
}

/** A live session, and how it came up. */
interface SessionWay {
  readonly record: Pick<DialRecord, "method">;
  readonly encryption: LinkEncryption;
}

/** What another configuration means for who is connected. */
export interface SessionEffects {
  /** Those that are up. */
  readonly sessions: number;
  /** Of them those that end, since their address is taken away. */
  readonly ending: number;
  /** Those that go on, though nobody gets in by their method or encryption any more. */
  readonly noLongerAllowed: number;
}

/**
 * Which calls another configuration takes the address from, and why: nobody gets it any more, and nothing is
 * routed there. Whose address lies in another pool now keeps it, and so does a user whose own address it is,
 * which may lie outside of all pools.
 */
export function withdrawals(now: Config, next: Config): (call: AffectedCall) => Ending | undefined {
  const [before, after]: readonly AddressPools[] = [addressPools(now), addressPools(next)];
  const { localAddress } = next.tunnel;
  return ({ address, user }) => {
    if (address === undefined) return undefined;
    const text = formatIpv4(address);
    if (address === localAddress)
      return withdrawn(`The configuration was changed: ${text} is the concentrator's own address now.`);
    if (user?.staticAddress === text || !before!.cover(address) || after!.cover(address)) return undefined;
    return withdrawn(`The configuration was changed: ${text} is in no pool any more.`);
  };
}

/** Is this way in one that the configuration allows? */
export function isAllowed({ record, encryption }: SessionWay, { security }: Config): boolean {
  const { method } = record;
  // Only MS-CHAPv2 can change a password.
  const way = method === "change-password" ? "ms-chap-v2" : method;
  if (way !== undefined && !security.authentication.includes(way)) return false;
  const [, bits, mode] = /^mppe-(\d+)-(stateless|stateful)$/.exec(encryption) ?? [];
  if (bits === undefined) return true; // without encryption: that is decided user by user
  const strengths: readonly number[] = security.mppeStrengths;
  return strengths.includes(Number(bits)) && (mode === "stateless" || security.mppeStateful);
}

const withdrawn = (evidence: string): Ending => ({ verdict: "address-withdrawn", evidence });
