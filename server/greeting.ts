import { dirname, resolve } from "node:path";
import { formatAddresses, formatEndpoint } from "./config/addresses.ts";
import type { Config } from "./config/config-types.ts";
import { noNameServers } from "./config/name-servers.ts";
import { claimedRanges } from "./config/networks.ts";
import { openAdminApi } from "./config/open-admin-api.ts";
import { installation } from "./installation/installation.ts";
import type { Nat } from "./nat.ts";
import { formatIpv4 } from "./wire/ipv4.ts";

/** Where pacctl looks for API and token by itself. */
const DEFAULT_ADMIN = "127.0.0.1:8723";

/** Which settings hold, and where what is remembered lies: the first line of a start and of `pacd check`. */
export function whereFrom(file: string | undefined, { state }: Pick<Config, "state">): string {
  const settings =
    file === undefined
      ? `built-in defaults (for --config, ${installation.exampleFile} has every key)`
      : resolve(file);
  return `Configuration: ${settings}; state: ${resolve(state.directory)}`;
}

/** The few lines that an operator reads after the start: what serves where, and the next command to type. */
export function greeting(facts: {
  readonly config: Config;
  readonly version: string;
  readonly nat: Nat["state"];
  /** Sentences about what is not as the operator may expect. */
  readonly notes: readonly string[];
  readonly tokenFile: string;
  readonly users: number;
}): readonly string[] {
  const { config, nat, tokenFile } = facts;
  const { tunnel, pptp, admin } = config;
  const nameless = noNameServers(config);
  const exposed = openAdminApi(config);
  const addresses = claimedRanges(config).map(formatAddresses).join(", ");
  return [
    `pacd ${facts.version} serves PPTP on ${pptp.listen.map(formatEndpoint).join(", ")} (TCP) and GRE (IP protocol 47).`,
    `Clients: ${addresses} on ${tunnel.interface}, this host is ${formatIpv4(tunnel.localAddress)} inside; NAT is ${nat}.`,
    ...(nameless === undefined ? [] : [nameless]),
    ...facts.notes,
    `Admin API: http://${formatEndpoint(admin.listen)}, token in ${tokenFile}, documentation under /docs.`,
    ...(exposed === undefined ? [] : [exposed]),
    facts.users === 0
      ? `Add the first user: ${pacctl(config, tokenFile)} user add alice`
      : `Users: ${facts.users}. Who is connected: ${pacctl(config, tokenFile)} session list`,
  ];
}

/** The command as it can be typed in any folder, with what pacctl could not find out by itself. */
function pacctl(config: Config, tokenFile: string): string {
  const endpoint = formatEndpoint(config.admin.listen);
  const url = endpoint === DEFAULT_ADMIN ? "" : `PACD_URL=http://${reachable(endpoint)} `;
  const known = dirname(tokenFile) === installation.stateDirectory;
  const file = known ? "" : ` --token-file ${tokenFile}`;
  return `${url}${installation.commands.pacctl}${file}`;
}

/** Listening on every address is no address to call. */
const reachable = (endpoint: string): string => endpoint.replace(/^0\.0\.0\.0:/, "127.0.0.1:");
