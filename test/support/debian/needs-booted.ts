import { needs } from "../needs.ts";

/**
 * Why a Debian cannot be booted here and pacd run in it, for `skip`; false where it can. `programs`: what
 * else it takes.
 */
export const needsBooted = (...programs: readonly string[]): string | false =>
  needs({
    root: true,
    namespaces: true,
    cgroup2: true,
    tun: true,
    addon: true,
    programs: ["debootstrap", "nsenter", "ip", ...programs],
  });
