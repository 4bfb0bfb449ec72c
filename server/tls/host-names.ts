import { readFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { certificateName } from "./self-signed.ts";

/** By which names and addresses this host may be called, the likeliest first; the loopback's are the last. */
export function hostNames(): readonly string[] {
  const own = hostname();
  const addresses = Object.values(networkInterfaces())
    .flatMap((of) => of ?? [])
    // What is valid on one link needs an interface beside it, which no URL can name.
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
    .map(({ address }) => address);
  const names = [...fullNames(own), own, ...addresses, "localhost", "127.0.0.1", "::1"];
  return [...new Set(names.flatMap((name) => certificateName(name) ?? []))];
}

/**
 * The names with a domain that /etc/hosts has for this host, as `hostname --fqdn` finds them, without DNS.
 */
function fullNames(own: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync("/etc/hosts", "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1))
    .filter((names) => names.some((name) => name === own || name.startsWith(`${own}.`)))
    .flat()
    .filter((name) => name.startsWith(`${own}.`));
}
