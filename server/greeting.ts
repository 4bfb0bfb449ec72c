import { dirname, resolve } from "node:path";
import { formatAddresses, formatEndpoint } from "./config/addresses.ts";
import type { Config } from "./config/config-types.ts";
import { noNameServers } from "./config/name-servers.ts";
import { claimedRanges } from "./config/networks.ts";
import { openAdminApi } from "./config/open-admin-api.ts";
import { installation } from "./installation/installation.ts";
import type { Nat } from "./nat.ts";
import { formatIpv4 } from "./wire/ipv4.ts";

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
  /** Undefined: the built-in defaults. */
  readonly configFile: string | undefined;
  readonly users: number;
  /** Of the API; undefined: plain HTTP. */
  readonly certificate: { readonly fingerprint: string } | undefined;
}): readonly string[] {
  const { config, nat, tokenFile, certificate } = facts;
  const { tunnel, pptp, admin } = config;
  const nameless = noNameServers(config);
  const exposed = openAdminApi(config);
  const addresses = claimedRanges(config).map(formatAddresses).join(", ");
  return [
    `pacd ${facts.version} serves PPTP on ${pptp.listen.map(formatEndpoint).join(", ")} (TCP) and GRE (IP protocol 47).`,
    `Clients: ${addresses} on ${tunnel.interface}, this host is ${formatIpv4(tunnel.localAddress)} inside; NAT is ${nat}.`,
    ...(nameless === undefined ? [] : [nameless]),
    ...facts.notes,
    `Admin API: ${certificate === undefined ? "http" : "https"}://${formatEndpoint(admin.listen)}, token in ${tokenFile}, documentation under /docs.`,
    ...(certificate === undefined ? [] : [`Its certificate, SHA-256: ${certificate.fingerprint}`]),
    ...(exposed === undefined ? [] : [exposed]),
    facts.users === 0
      ? `Add the first user: ${pacctl(facts)} user add alice`
      : `Users: ${facts.users}. Who is connected: ${pacctl(facts)} session list`,
  ];
}

/** The command as it can be typed in any folder, with what pacctl could not find out by itself. */
function pacctl({
  tokenFile,
  configFile,
}: {
  readonly tokenFile: string;
  readonly configFile: string | undefined;
}) {
  const { commands, stateDirectory } = installation;
  if (dirname(tokenFile) === stateDirectory) return commands.pacctl;
  return configFile === undefined
    ? `${commands.pacctl} --token-file ${tokenFile}`
    : `${commands.pacctl} --config ${configFile}`;
}
