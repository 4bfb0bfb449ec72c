import type { Config } from "./config-types.ts";

/**
 * What clients do where they are given no name server, and the key that gives them one; undefined where they
 * are. It works, and is seldom what was meant.
 */
export function noNameServers({ tunnel }: Pick<Config, "tunnel">): string | undefined {
  if (tunnel.dns.length > 0) return undefined;
  return 'Clients are given no name server (DNS): they go on asking their own, which do not know this network\'s names and may not answer through the tunnel. To change that: [tunnel] dns = ["ADDRESS"]';
}
