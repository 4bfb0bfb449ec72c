import assert from "node:assert/strict";
import { test } from "node:test";
import { DialLease } from "../../../../server/concentrator/addresses/dial-lease.ts";
import type { Lease } from "../../../../server/concentrator/addresses/leases.ts";
import type { User } from "../../../../server/store/store-types.ts";
import { type Ipv4, ipv4 } from "../../../../server/wire/ipv4.ts";
import { userWith } from "../users.ts";

const NONE = { verdict: "no-address", evidence: "None is free." } as const;
const ADDRESS = ipv4(0x0a4d0001);

/** One dial at a pool of so many addresses; `dead` come back when dead sessions are cleared. */
function dial(free: number, dead = 0) {
  const released: Ipv4[] = [];
  const asked: string[] = [];
  const leases = {
    take({ name }: User): Lease {
      asked.push(name);
      if (free === 0) return { ok: false, ending: NONE };
      free--;
      return { ok: true, pool: null, assignment: { local: ipv4(1), dns: [], wins: [], remote: ADDRESS } };
    },
    release: (address: Ipv4) => void released.push(address),
  };
  const deadSessions = {
    async clear() {
      free += dead;
      dead = 0;
    },
  };
  return { lease: new DialLease({ leases, deadSessions }), released, asked };
}

test("a dial that takes its address twice has one, and gives back one", async () => {
  const { lease, released, asked } = dial(2);
  assert.equal(lease.address, undefined);
  const first = await lease.take(() => userWith());
  assert.deepEqual(await lease.take(() => userWith()), first);
  assert.deepEqual([lease.address, asked.length], [ADDRESS, 1]);
  lease.giveBack();
  lease.giveBack();
  assert.deepEqual(released, [ADDRESS]);
});

test("where none is free, dead sessions are cleared, and the user is asked for as it is then", async () => {
  const { lease, asked } = dial(0, 1);
  const names = ["before", "behind"];
  assert.equal((await lease.take(() => userWith({}, names.shift()))).ok, true);
  assert.deepEqual(asked, ["before", "behind"]);
});

test("where none is free in spite of that, there is none, and nothing to give back", async () => {
  const { lease, released } = dial(0);
  assert.deepEqual(await lease.take(() => userWith()), { ok: false, ending: NONE });
  lease.giveBack();
  assert.deepEqual(released, []);
});

test("an address that comes when the dial has ended is given back at once", async () => {
  const { lease, released } = dial(1);
  lease.giveBack();
  await lease.take(() => userWith());
  assert.deepEqual(released, [ADDRESS]);
});
