import { AppError } from "../errors/app-error.ts";
import { isSystemError } from "./native/addon.ts";

/**
 * What is to be thrown where the addon could not open the TUN `name`: interface-in-use, interface-refused,
 * host-no-tun.
 */
export function tunFailure(name: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  if (error.syscall === "if_nametoindex") {
    return new AppError("interface-refused", `${interfaceGone(name)} Start pacd again.`);
  }
  // EINVAL: an interface of that name exists and is no TUN, or one of another kind.
  if (error.code === "EBUSY" || error.code === "EINVAL") {
    return new AppError(
      "interface-in-use",
      `The network interface ${name} exists already: stop the other pacd, or choose another tunnel.interface.`,
    );
  }
  return new AppError("host-no-tun", tunSentence(error.code));
}

/** For the operator: the TUN no longer exists. */
export const interfaceGone = (name: string): string =>
  `The tunnel interface ${name} is gone: something on this host has deleted or renamed it.`;

/** What is wrong and what to do, for the error code of a refused /dev/net/tun. */
export function tunSentence(code: string): string {
  if (code === "ENOENT" || code === "ENODEV" || code === "ENXIO") {
    return "/dev/net/tun is missing: run `modprobe tun`, or give the container the device with --device /dev/net/tun.";
  }
  if (code === "EACCES") {
    return "pacd's user may not open /dev/net/tun: run it as root, or let that user open it (`chmod 666 /dev/net/tun`, which udev does by itself; the kernel asks for CAP_NET_ADMIN all the same).";
  }
  if (code === "EPERM") {
    return "pacd may not use /dev/net/tun: run it as root, or give it CAP_NET_ADMIN (in a container also --device /dev/net/tun).";
  }
  return `/dev/net/tun cannot be used (${code}): check the kernel's TUN support.`;
}
