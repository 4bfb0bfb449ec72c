import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { AppError } from "../errors/app-error.ts";

const SWITCH = "/proc/sys/net/ipv4/ip_forward";

/** Whether the kernel forwards IPv4 between interfaces. Throws host-no-forwarding where it does not say. */
export function readForwarding(file = SWITCH): boolean {
  try {
    return readFileSync(file, "utf8").trim() === "1";
  } catch (error) {
    throw refused(error);
  }
}

/**
 * Turns IPv4 forwarding on and returns whether that changed anything. It is left on at exit: by then
 * something else on the host may rely on it. Throws host-no-forwarding.
 */
export function enableForwarding(file = SWITCH): { readonly changed: boolean } {
  if (readForwarding(file)) return { changed: false };
  try {
    writeFileSync(file, "1\n");
  } catch (error) {
    throw refused(error);
  }
  return { changed: true };
}

/** Throws host-no-forwarding where forwarding is off and could not be turned on. Changes nothing. */
export function tryForwarding(file = SWITCH): void {
  if (readForwarding(file)) return;
  try {
    // As a write would: access(2) knows nothing of capabilities. A container's read-only /proc/sys shows here
    // as EROFS.
    closeSync(openSync(file, "r+"));
  } catch (error) {
    throw refused(error);
  }
}

const refused = (error: unknown): AppError =>
  new AppError(
    "host-no-forwarding",
    `IPv4 forwarding is off and cannot be turned on (${(error as NodeJS.ErrnoException).code}): run \`sysctl -w net.ipv4.ip_forward=1\` on the host, or start the container with --sysctl net.ipv4.ip_forward=1.`,
  );
