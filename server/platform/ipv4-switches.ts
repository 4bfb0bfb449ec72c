import { readFileSync, writeFileSync } from "node:fs";
import { assertInterfaceName } from "../wire/interface-name.ts";
import { readLink, setInetSwitch } from "./interface-state.ts";

/**
 * Switches of IPv4 that each interface has, and "all" has as well; Documentation/networking/ip-sysctl.rst
 * says how they combine. The numbers are those of include/uapi/linux/ip.h.
 */
const SWITCHES = { forwarding: 1, accept_redirects: 4, send_redirects: 6 } as const;

export type Ipv4Switch = keyof typeof SWITCHES;

const file = (name: string, which: Ipv4Switch): string => {
  assertInterfaceName(name);
  return `/proc/sys/net/ipv4/conf/${name}/${which}`;
};

/** Undefined where there is no such interface, or no /proc/sys. */
export function readSwitch(name: string, which: Ipv4Switch): boolean | undefined {
  try {
    return readFileSync(file(name, which), "utf8").trim() !== "0";
  } catch {
    return undefined;
  }
}

/**
 * Where /proc/sys is read-only, as in a hardened service, by netlink. Throws the kernel's error: that of the
 * file, where netlink does not help either.
 */
export function writeSwitch(name: string, which: Ipv4Switch, on: boolean): void {
  try {
    writeFileSync(file(name, which), on ? "1\n" : "0\n");
  } catch (error) {
    if (!UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const link = readLink(name);
    if (link === undefined) throw error;
    setInetSwitch(link, SWITCHES[which], on);
  }
}

/** A read-only file system; a user who is not root; a /proc without /proc/sys. */
const UNWRITABLE: ReadonlySet<string> = new Set(["EROFS", "EACCES", "EPERM", "ENOENT"]);
