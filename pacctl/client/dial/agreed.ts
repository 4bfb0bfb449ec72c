import type { Connection } from "../../../server/platform/tcp.ts";
import { methodTitle } from "../../../server/ppp/lcp/authentication-protocol.ts";
import type { LinkEncryption } from "../../../server/ppp/link-common/mppe-keys.ts";
import { formatIpv4 } from "../../../server/wire/ipv4.ts";
import { printable } from "../../../server/wire/printable.ts";
import type { Reached } from "../link/link-types.ts";

/** Who answered TCP, and which address of ours it sees. */
export const whoIsThere = ({ remoteAddress, remotePort, localAddress }: Connection): string =>
  `${remoteAddress}:${remotePort}, from ${localAddress}`;

/** How the server introduced itself, safe for a terminal. */
export function greeting(hostName: string, vendorName: string): string {
  const [host, vendor] = [hostName, vendorName].map((name) => printable(Buffer.from(name, "latin1")));
  return `host name "${host}", vendor "${vendor}"`;
}

/** What a stage of PPP came to, in words. */
export function agreed(stage: Reached): string {
  switch (stage.name) {
    case "lcp":
      return `MRU ${stage.peerMru}, log-in by ${stage.method === undefined ? "nothing" : methodTitle(stage.method)}`;
    case "auth":
      if (stage.method === undefined) return "the server did not ask who we are";
      return stage.proven ? "accepted, and the server proved itself" : "accepted; the server proved nothing";
    case "ccp":
      return encryptionText(stage.encryption);
    case "ipcp": {
      const server = stage.server === undefined ? "" : `, server ${formatIpv4(stage.server)}`;
      const dns = stage.dns.length === 0 ? "no DNS" : `DNS ${stage.dns.map(formatIpv4).join(" ")}`;
      return `address ${formatIpv4(stage.address)}${server}, ${dns}`;
    }
  }
}

/** `MPPE 128 bits stateless`, `none`. */
export function encryptionText(encryption: LinkEncryption): string {
  if (encryption === "none") return "none";
  const [, strength, mode] = encryption.split("-");
  return `MPPE ${strength} bits ${mode}`;
}
