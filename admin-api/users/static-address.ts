import { AppError } from "../../server/errors/app-error.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import type { Services } from "../services.ts";

/**
 * Refuses a static address that could not work: invalid-address, address-outside-network, address-reserved.
 */
export function checkStaticAddress(
  address: string,
  { tunnelNetworks, poolNetworksText }: Pick<Services, "tunnelNetworks" | "poolNetworksText">,
): void {
  const field = "staticAddress";
  if (parseIpv4(address) === undefined) {
    throw new AppError("invalid-address", "The static address is not an IPv4 address such as 10.77.0.50.", {
      field,
    });
  }
  switch (tunnelNetworks(address)) {
    case "ok":
      return;
    case "outside":
      throw new AppError("address-outside-network", `${address} is outside the pools: ${poolNetworksText}.`, {
        field,
      });
    case "reserved":
      throw new AppError(
        "address-reserved",
        `${address} is the concentrator's own address, or the network or broadcast address of a pool.`,
        { field },
      );
  }
}
