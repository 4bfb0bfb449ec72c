import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LIBRARY_PACKAGES } from "./glibc.ts";
import type { Architecture } from "./tools.ts";

/** Who answers for the package. */
export const MAINTAINER = "pacd maintainers <maintainers@pacd.example>";

/** Files of the package that administrators change, and that an upgrade does not overwrite. */
export const CONFFILES: readonly string[] = ["/etc/pacd/pacd.toml"];

const DEPENDS = [
  ...LIBRARY_PACKAGES,
  "init-system-helpers (>= 1.51)", // deb-systemd-helper, deb-systemd-invoke
  "nftables", // NAT, and the chain for forwarded packets
  "systemd-standalone-sysusers | systemd-sysusers", // makes the user; the first where no systemd is, as in a container
];

/** A computer that routes has systemd. A container has none, and is told not to get it. */
const RECOMMENDS = ["systemd"];

const SUGGESTS = ["tcpdump"]; // the captures that `pacctl decode` reads

const DESCRIPTION = `PPTP access concentrator, managed over HTTP
 A host that employees dial into with the VPN client that their system already
 has. It answers PPTP (RFC 2637) with MS-CHAPv2 and 128-bit MPPE, hands out
 addresses, routes the clients into your network, and explains every dial that
 fails in plain words.
 .
 pacctl manages users and sessions over the REST API, dials any PPTP server to
 try it out, and explains packet captures. The package carries its runtime,
 Node.js; none is needed on the host.
 .
 PPTP is from 1999, and what it protects is little: see the README.`;

/** The control file, for the tree in `folder`. */
export function control(folder: string, architecture: Architecture, version: string): string {
  return `Package: pacd
Version: ${version}
Section: net
Priority: optional
Architecture: ${architecture}
Maintainer: ${MAINTAINER}
Installed-Size: ${installedSize(folder)}
Depends: ${DEPENDS.join(", ")}
Recommends: ${RECOMMENDS.join(", ")}
Suggests: ${SUGGESTS.join(", ")}
Description: ${DESCRIPTION}
`;
}

const everything = (folder: string): readonly string[] =>
  globSync("**/*", { cwd: folder, exclude: (name) => name === "DEBIAN" }).sort();

/** Kibibytes, as Debian counts them: each file in full ones, one for everything else. */
function installedSize(folder: string): number {
  return everything(folder)
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, found) => sum + (found.isFile() ? Math.ceil(found.size / 1024) : 1), 0);
}

/**
 * Checksums by which `dpkg --verify` and debsums find a file that was changed. Conffiles are none of them.
 */
export function checksums(folder: string): string {
  const hash = (path: string) =>
    createHash("md5")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
  return everything(folder)
    .filter((path) => statSync(join(folder, path)).isFile() && !CONFFILES.includes(`/${path}`))
    .map((path) => `${hash(path)}  ${path}\n`)
    .join("");
}
