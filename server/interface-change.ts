import type { Config } from "./config/config-types.ts";
import { poolNetworks } from "./config/networks.ts";
import { AppError } from "./errors/app-error.ts";
import type { ClientRoutes } from "./platform/client-routes.ts";
import {
  addAddress,
  hasAddress,
  type Link,
  readLink,
  removeAddress,
  setLink,
} from "./platform/interface-state.ts";
import { isSystemError } from "./platform/native/addon.ts";
import type { Ipv4 } from "./wire/ipv4.ts";

/** What has changed of the interface, to be taken back or to be brought to its end. */
interface InterfaceChange {
  undo(): void;
  /** Removes what was there before and is wanted no more. */
  finish(): void;
}

/**
 * Gives the tunnel's interface MTU, address and routes of another configuration. What it had before stays
 * until `finish`, so that nothing of a session that goes on is missing at any time. Throws interface-refused
 * with the kernel's reason, with everything as it was.
 */
export function changeInterface(next: Config, now: Config, routes: ClientRoutes): InterfaceChange {
  const { interface: name, localAddress, mtu } = next.tunnel;
  const old = now.tunnel;
  const undone: (() => void)[] = [];
  const undo = () => {
    for (const step of undone.splice(0).reverse()) step();
  };
  try {
    const link = readLink(name);
    // Gone: that ends pacd anyway, and is told by whoever watches it.
    if (link === undefined) return { undo() {}, finish() {} };
    if (mtu !== old.mtu) {
      setLink(link, mtu);
      undone.push(() => setLink(link, old.mtu));
    }
    if (localAddress !== old.localAddress) {
      // The new one first: with its last address an interface loses all its routes.
      addAddress(link, localAddress);
      undone.push(() => dropAddress(link, localAddress));
    }
    const routed = routes.change(poolNetworks(next));
    undone.push(() => routed.undo());
    return {
      undo,
      finish() {
        routed.finish();
        if (localAddress !== old.localAddress) dropAddress(link, old.localAddress);
      },
    };
  } catch (error) {
    undo();
    if (!isSystemError(error)) throw error;
    throw new AppError(
      "interface-refused",
      `The tunnel interface ${name} cannot be changed: ${error.message}.`,
    );
  }
}

function dropAddress(link: Link, address: Ipv4): void {
  if (hasAddress(link, address)) removeAddress(link, address);
}
