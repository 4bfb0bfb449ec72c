import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { hostRoutes } from "../../../server/platform/host-routes.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));

/** As a little-endian kernel prints it; the last route is not up. */
const TABLE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
wg0\t0A004D0A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0
eth1\t0000A8C0\t00000000\t0000\t0\t0\t0\t0000FFFF\t0\t0\t0
`;

test("the kernel's table is read as networks and interfaces; what is not up is left out", () => {
  const file = join(folder, "route");
  writeFileSync(file, TABLE);
  assert.deepEqual(
    hostRoutes(file).map((route) => `${formatNetwork(route.network)} ${route.interface}`),
    ["0.0.0.0/0 eth0", "192.0.2.0/24 eth0", "10.77.0.10/32 wg0"],
  );
});

test("where there is no table there are no routes", () => {
  assert.deepEqual(hostRoutes(join(folder, "absent")), []);
});
