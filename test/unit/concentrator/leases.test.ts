import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressPools } from "../../../server/concentrator/address-pools.ts";
import { Leases } from "../../../server/concentrator/leases.ts";
import type { UserRepository } from "../../../server/store/store-types.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../../support/fc.ts";
import { userWith } from "./users.ts";

const range = (first: number, last: number) => ({ first: ipv4(first), last: ipv4(last) });
const COMMON = 0x0a4d0001;
const LAB = 0x0a4e0001;
const FIXED = { local: ipv4(0x0a4d00fe), dns: [ipv4(0xc0000235)], wins: [] };

/** Four addresses in tunnel.pool, 10.77.0.1 to .4, three in "lab", 10.78.0.1 to .3. `owned` belong to users. */
function leases(owned: readonly string[] = [], max = 100): Leases {
  const users = { staticAddresses: async () => owned } as unknown as UserRepository;
  const pools = new AddressPools([range(COMMON, COMMON + 3)], new Map([["lab", [range(LAB, LAB + 2)]]]), []);
  return new Leases(pools, users, FIXED, max);
}

const addressOf = (lease: Awaited<ReturnType<Leases["take"]>>) =>
  lease.ok ? formatIpv4(lease.assignment.remote) : lease.ending.verdict;

test("each user's address comes from the user's pool", async () => {
  const all = leases();
  assert.equal(addressOf(await all.take(userWith())), "10.77.0.1");
  assert.equal(addressOf(await all.take(userWith({ pool: "lab" }))), "10.78.0.1");
  assert.deepEqual([all.free, all.total], [5, 7]);
});

test("a full pool is no-address while another one has room, and names itself", async () => {
  const all = leases();
  for (let i = 0; i < 3; i++) await all.take(userWith({ pool: "lab" }));
  const lease = await all.take(userWith({ pool: "lab" }));
  assert.ok(!lease.ok);
  assert.match(lease.ending.evidence, /"lab"/);
  assert.equal(await all.exhausted(), undefined);
});

test("with every pool full nobody can get in, unless users have addresses of their own", async () => {
  const full = async (all: Leases) => {
    for (let i = 0; i < 4; i++) await all.take(userWith());
    for (let i = 0; i < 3; i++) await all.take(userWith({ pool: "lab" }));
    return (await all.exhausted())?.verdict;
  };
  assert.equal(await full(leases()), "no-address");
  assert.equal(await full(leases(["10.99.0.1"])), undefined);
});

test("name servers are the user's own, or those of the tunnel", async () => {
  const all = leases();
  const [own, common] = [await all.take(userWith({ dns: ["192.0.2.9"] })), await all.take(userWith())];
  assert.ok(own.ok && common.ok);
  assert.deepEqual(own.assignment.dns.map(formatIpv4), ["192.0.2.9"]);
  assert.deepEqual(common.assignment.dns.map(formatIpv4), ["192.0.2.53"]);
});

test("a user whose list of name servers is empty is told none", async () => {
  const lease = await leases().take(userWith({ dns: [] }));
  assert.deepEqual(lease.ok && lease.assignment.dns, []);
});

test("whatever is taken and released, no two clients ever have one address, and none that belongs to a user", async () => {
  const owner = userWith({ staticAddress: "10.78.0.2" });
  const outside = userWith({ staticAddress: "10.99.0.1" });
  const users = [userWith(), userWith({ pool: "lab" }), owner, outside];
  const step = fc.oneof(fc.record({ take: fc.nat(3) }), fc.record({ release: fc.nat(20) }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const all = leases(["10.78.0.2", "10.99.0.1"]);
      const held: { readonly address: string; readonly by: number }[] = [];
      for (const one of steps) {
        if ("take" in one) {
          const address = addressOf(await all.take(users[one.take]!));
          if (address === "no-address") continue;
          assert.ok(!held.some((other) => other.address === address), address);
          if (address === "10.78.0.2") assert.equal(one.take, 2);
          held.push({ address, by: one.take });
        } else {
          const [gone] = held.splice(one.release, 1);
          if (gone !== undefined)
            all.release(ipv4(Buffer.from(gone.address.split(".").map(Number)).readUInt32BE()));
        }
      }
      const dynamic = held.filter(({ address }) => address !== "10.99.0.1").length;
      assert.equal(all.free, all.total - dynamic);
    }),
  );
});
