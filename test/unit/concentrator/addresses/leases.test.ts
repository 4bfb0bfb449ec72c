import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressPools } from "../../../../server/concentrator/addresses/address-pools.ts";
import { Leases } from "../../../../server/concentrator/addresses/leases.ts";
import { formatIpv4, ipv4 } from "../../../../server/wire/ipv4.ts";
import { fc } from "../../../support/fc.ts";
import { userWith } from "../users.ts";

const range = (first: number, last: number) => ({ first: ipv4(first), last: ipv4(last) });
const COMMON = 0x0a4d0001;
const LAB = 0x0a4e0001;
const FIXED = { local: ipv4(0x0a4d00fe), dns: [ipv4(0xc0000235)], wins: [] };

/**
 * Four addresses in tunnel.pool, 10.77.0.1 to .4, three in "lab", 10.78.0.1 to .3. `owned` belong to users.
 */
function leases(owned: readonly string[] = [], max = 100): Leases {
  return owners(owned, max).all;
}

/** The same, and the one who says whose the addresses are from then on. */
function owners(owned: readonly string[] = [], max = 100) {
  let tell: (address: string, owned: boolean) => void = () => {};
  const users = {
    watchStaticAddresses(changed: typeof tell) {
      tell = changed;
      for (const address of owned) tell(address, true);
    },
  };
  const pools = new AddressPools([range(COMMON, COMMON + 3)], new Map([["lab", [range(LAB, LAB + 2)]]]), []);
  const all = new Leases(pools, users, { told: FIXED, max });
  return { all, own: (address: string, is: boolean) => tell(address, is) };
}

const free = (all: Leases) => all.figures().map((pool) => pool.free);
const empty = (all: Leases) => all.emptyPools().map((pool) => pool.name);

const addressOf = (lease: ReturnType<Leases["take"]>) =>
  lease.ok ? formatIpv4(lease.assignment.remote) : lease.ending.verdict;

test("each user's address comes from the user's pool", async () => {
  const all = leases();
  assert.equal(addressOf(all.take(userWith())), "10.77.0.1");
  assert.equal(addressOf(all.take(userWith({ pool: "lab" }))), "10.78.0.1");
  assert.deepEqual(all.figures(), [
    { name: "tunnel.pool", total: 4, used: 1, reserved: 0, free: 3 },
    { name: "lab", total: 3, used: 1, reserved: 0, free: 2 },
  ]);
});

test("a full pool is no-address while another one has room, and names itself", async () => {
  const all = leases();
  for (let i = 0; i < 3; i++) all.take(userWith({ pool: "lab" }));
  const lease = all.take(userWith({ pool: "lab" }));
  assert.ok(!lease.ok);
  assert.match(lease.ending.evidence, /"lab"/);
  assert.equal(all.exhausted(), undefined);
});

test("with every pool full nobody can get in, unless users have addresses of their own", async () => {
  const full = async (all: Leases) => {
    for (let i = 0; i < 4; i++) all.take(userWith());
    for (let i = 0; i < 3; i++) all.take(userWith({ pool: "lab" }));
    return all.exhausted()?.verdict;
  };
  assert.equal(await full(leases()), "no-address");
  assert.equal(await full(leases(["10.99.0.1"])), undefined);
});

test("name servers are the user's own, or those of the tunnel", async () => {
  const all = leases();
  const [own, common] = [all.take(userWith({ dns: ["192.0.2.9"] })), all.take(userWith())];
  assert.ok(own.ok && common.ok);
  assert.deepEqual(own.assignment.dns.map(formatIpv4), ["192.0.2.9"]);
  assert.deepEqual(common.assignment.dns.map(formatIpv4), ["192.0.2.53"]);
});

test("a user whose list of name servers is empty is told none", async () => {
  const lease = leases().take(userWith({ dns: [] }));
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
          const address = addressOf(all.take(users[one.take]!));
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
      const used = held.filter(({ address }) => address !== "10.99.0.1").length;
      const kept = held.some(({ address }) => address === "10.78.0.2") ? 0 : 1;
      assert.equal(
        free(all).reduce((sum, pool) => sum + pool),
        7 - used - kept,
      );
    }),
  );
});

test("addresses that belong to users are reserved in the pool that they lie in, and free again without their user", () => {
  const { all, own } = owners(["10.78.0.2", "10.77.0.4", "10.99.0.1"]);
  assert.deepEqual(free(all), [3, 2]);
  own("10.77.0.1", true);
  assert.deepEqual(free(all), [2, 2]);
  own("10.78.0.2", false);
  assert.deepEqual(free(all), [2, 3]);
  assert.equal(addressOf(all.take(userWith())), "10.77.0.2");
});

test("a pool is empty when the next dial finds nothing, not before", () => {
  const all = leases(["10.77.0.1"]);
  for (const left of [2, 1, 0]) {
    assert.deepEqual(empty(all), []);
    all.take(userWith());
    assert.equal(free(all)[0], left);
  }
  assert.deepEqual(empty(all), ["tunnel.pool"]);
  assert.equal(addressOf(all.take(userWith())), "no-address");
  assert.equal(addressOf(all.take(userWith({ staticAddress: "10.77.0.1" }))), "10.77.0.1");
  all.release(ipv4(COMMON + 1));
  assert.deepEqual(empty(all), []);
});

test("a pool whose addresses all belong to users is empty once somebody else looked for one there", () => {
  const { all, own } = owners(["10.78.0.1", "10.78.0.2", "10.78.0.3"]);
  assert.deepEqual([free(all), empty(all)], [[4, 0], []]);
  assert.equal(addressOf(all.take(userWith({ pool: "lab" }))), "no-address");
  assert.deepEqual(empty(all), ["lab"]);
  own("10.78.0.3", false);
  assert.deepEqual(empty(all), []);
  own("10.78.0.3", true);
  assert.deepEqual(empty(all), []);
});

test("no more leases than there may be sessions, whatever the pools have", () => {
  const all = leases([], 2);
  all.take(userWith());
  assert.equal(all.full, false);
  all.take(userWith({ pool: "lab" }));
  assert.deepEqual([all.full, free(all)], [true, [3, 2]]);
  assert.equal(all.exhausted()?.verdict, "server-full");
  assert.equal(addressOf(all.take(userWith({ staticAddress: "10.77.0.4" }))), "server-full");
  all.release(ipv4(LAB));
  assert.equal(all.full, false);
});

/** Other pools, and what is told from then on. */
function change(
  all: Leases,
  common: readonly [number, number],
  lab?: readonly [number, number],
  max = 100,
): void {
  const named = new Map(lab === undefined ? [] : [["lab", [range(...lab)]]]);
  all.change(new AddressPools([range(...common)], named, [ipv4(COMMON + 9)]), {
    told: { ...FIXED, dns: [ipv4(0x08080808)] },
    max,
  });
}

test("with other pools who holds an address keeps it, and new ones come from the new pools", () => {
  const all = leases();
  const held = all.take(userWith());
  assert.ok(held.ok);
  change(all, [COMMON + 20, COMMON + 21], [COMMON, COMMON + 3]);
  assert.deepEqual(all.figures(), [
    { name: "tunnel.pool", total: 2, used: 0, reserved: 0, free: 2 },
    { name: "lab", total: 4, used: 1, reserved: 0, free: 3 },
  ]);
  assert.equal(addressOf(all.take(userWith())), "10.77.0.21");
  const lab = [1, 2, 3, 4].map(() => addressOf(all.take(userWith({ pool: "lab" }))));
  assert.deepEqual(lab, ["10.77.0.2", "10.77.0.3", "10.77.0.4", "no-address"]);
  all.release(held.assignment.remote);
  assert.equal(addressOf(all.take(userWith({ pool: "lab" }))), "10.77.0.1");
});

test("an address that lies in no pool any more is nobody's once it is given back, also if the pools come back", () => {
  const all = leases();
  const held = all.take(userWith());
  assert.ok(held.ok);
  change(all, [COMMON + 20, COMMON + 20]);
  assert.deepEqual(free(all), [1]);
  change(all, [COMMON, COMMON + 1]);
  assert.deepEqual(free(all), [1]);
  all.release(held.assignment.remote);
  assert.deepEqual(free(all), [2]);
});

test("what belongs to users goes on belonging to them, also where it was in no pool before", () => {
  const { all, own } = owners(["10.77.0.31", "10.77.0.2"]);
  change(all, [COMMON + 30, COMMON + 31]);
  assert.equal(addressOf(all.take(userWith())), "10.77.0.32");
  assert.equal(addressOf(all.take(userWith())), "no-address");
  assert.equal(addressOf(all.take(userWith({ staticAddress: "10.77.0.31" }))), "10.77.0.31");
  own("10.77.0.31", false);
  change(all, [COMMON, COMMON + 2]);
  assert.deepEqual(free(all), [2]);
});

test("an address that rested rests on, behind those that were never used", () => {
  const all = leases();
  const held = all.take(userWith());
  assert.ok(held.ok);
  all.release(held.assignment.remote);
  change(all, [COMMON, COMMON + 1]);
  assert.deepEqual(
    [1, 2, 3].map(() => addressOf(all.take(userWith()))),
    ["10.77.0.2", "10.77.0.1", "no-address"],
  );
});

test("name servers and the number of leases are those of now", () => {
  const all = leases();
  all.take(userWith());
  change(all, [COMMON, COMMON + 3], undefined, 1);
  assert.equal(all.full, true);
  assert.match(addressOf(all.take(userWith())), /server-full/);
  change(all, [COMMON, COMMON + 3], undefined, 2);
  const lease = all.take(userWith());
  assert.ok(lease.ok);
  assert.deepEqual(lease.assignment.dns, [ipv4(0x08080808)]);
});

test("any changes of pools, leases and owners: nobody's address is given twice, and the figures add up", () => {
  const spot = fc.integer({ min: 0, max: 12 });
  const step = fc.oneof(
    fc.record({ do: fc.constant("take"), lab: fc.boolean() }),
    fc.record({ do: fc.constant("release"), at: spot }),
    fc.record({ do: fc.constant("change"), from: spot, to: spot, lab: fc.boolean() }),
    fc.record({ do: fc.constant("own"), at: spot, is: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { all, own } = owners();
      const held = new Set<number>();
      const owned = new Set<number>();
      for (const one of steps) {
        if (one.do === "take") {
          const lease = all.take(userWith({ pool: "lab" in one && one.lab ? "lab" : null }));
          if (!lease.ok) continue;
          assert.ok(!held.has(lease.assignment.remote));
          assert.ok(!owned.has(lease.assignment.remote));
          held.add(lease.assignment.remote);
        } else if (one.do === "release" && "at" in one) {
          const address = [...held][one.at];
          if (address === undefined) continue;
          held.delete(address);
          all.release(ipv4(address));
        } else if (one.do === "own" && "is" in one) {
          const address = ipv4(COMMON + one.at);
          if (owned.has(address) === one.is) continue;
          own(formatIpv4(address), one.is);
          if (one.is) owned.add(address);
          else owned.delete(address);
        } else if ("from" in one) {
          const [first, last] = [one.from, one.to].sort((a, b) => a - b);
          change(all, [COMMON + first!, COMMON + last!], one.lab ? [LAB, LAB + 2] : undefined);
        }
        for (const { total, used, reserved, free } of all.figures()) {
          assert.equal(used + reserved + free, total);
          assert.ok(free >= 0 && used >= 0 && reserved >= 0);
        }
      }
    }),
  );
});
