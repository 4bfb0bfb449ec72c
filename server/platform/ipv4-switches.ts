import { readFileSync, writeFileSync } from "node:fs";
import { assertInterfaceName } from "../wire/interface-name.ts";

/**
 * Switches of IPv4 that each interface has, and "all" has as well; Documentation/networking/ip-sysctl.rst
 * says how they combine.
 */
export type Ipv4Switch = "forwarding" | "send_redirects" | "accept_redirects";

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

/** Throws the kernel's error, for example EROFS in a container. */
export function writeSwitch(name: string, which: Ipv4Switch, on: boolean): void {
  writeFileSync(file(name, which), on ? "1\n" : "0\n");
}
