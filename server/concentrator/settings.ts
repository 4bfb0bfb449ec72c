import type { Config } from "../config/config-types.ts";
import type { LinkPolicy } from "../ppp/link/link-types.ts";
import type { Octets } from "../wire/units.ts";
import { AddressPools } from "./addresses/address-pools.ts";
import type { LeaseTerms } from "./addresses/leases.ts";
import { linkPolicy } from "./calls/link-policy.ts";

/** What the configuration says to the concentrator, as it is now: a reload replaces it whole. */
export class Settings {
  #config: Config;
  #policy: LinkPolicy;

  constructor(config: Config) {
    this.#config = config;
    this.#policy = linkPolicy(config);
  }

  get config(): Config {
    return this.#config;
  }

  /** What every link is negotiated by that begins now. */
  get policy(): LinkPolicy {
    return this.#policy;
  }

  /** For passwords that users choose from now on. */
  get passwordRule(): Config["password"] {
    return this.#config.password;
  }

  /** The largest inner packet of a session that comes up now. */
  get mtu(): Octets {
    return this.#config.tunnel.mtu;
  }

  replace(config: Config): void {
    this.#config = config;
    this.#policy = linkPolicy(config);
  }
}

/** Every pool of a configuration, of which nobody holds anything. */
export const addressPools = ({ tunnel, pools }: Config): AddressPools =>
  new AddressPools(tunnel.pool, pools, [tunnel.localAddress]);

export const leaseTerms = ({ tunnel, pptp }: Config): LeaseTerms => ({
  told: { local: tunnel.localAddress, dns: tunnel.dns, wins: tunnel.wins },
  max: pptp.maxSessions,
});
