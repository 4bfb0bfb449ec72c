import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ClientRoutes } from "../../../../server/platform/client-routes.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { type Ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";

const address = (text: string): Ipv4 => parseIpv4(text)!;
const routes = new ClientRoutes("ut-routes", [{ address: address("10.77.0.8"), prefix: 29 }]);
const tun = openTunTap("ut-routes");
after(() => tun.close());
tun.configure({ local: address("10.77.0.1"), mtu: octets(1400), routes: routes.networks });

const inKernel = () =>
  succeed("ip", ["route", "show", "dev", "ut-routes"])
    .replaceAll(/ scope link| +$/gm, "")
    .trim();

test("the kernel has the route beside the pools for as long as a client has the address", () => {
  routes.open(address("10.77.0.5"));
  assert.equal(inKernel(), "10.77.0.5\n10.77.0.8/29");
  routes.open(address("10.77.0.9"));
  routes.close(address("10.77.0.9"));
  routes.close(address("10.77.0.5"));
  assert.equal(inKernel(), "10.77.0.8/29");
});

test("a route that somebody else has made or removed is no failure, and neither is an interface that is gone", () => {
  succeed("ip", ["route", "add", "10.77.0.6/32", "dev", "ut-routes"]);
  routes.open(address("10.77.0.6"));
  succeed("ip", ["route", "del", "10.77.0.6/32"]);
  routes.close(address("10.77.0.6"));
  routes.open(address("10.77.0.7"));
  succeed("ip", ["link", "delete", "ut-routes"]);
  routes.close(address("10.77.0.7"));
  routes.open(address("10.77.0.7"));
});
