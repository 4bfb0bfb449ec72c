import assert from "node:assert/strict";
import { after, describe } from "node:test";
import { Dialler, type RunningDial } from "../support/lab/dialler.ts";
import { Instance, type InstanceSettings, runInstance } from "../support/lab/instance.ts";
import { Lab, OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { before, test } from "../support/lab/real-client.ts";
import { until } from "../support/lab/until.ts";

const [SECOND_ADDRESS, THIRD_ADDRESS] = ["10.9.0.2", "10.9.0.3"];

const FIRST: InstanceSettings = {
  name: "first",
  listen: [`${SERVER_ADDRESS}:1723`, `${THIRD_ADDRESS}:1723`],
  interface: "pac0",
  localAddress: "10.77.0.1",
  pool: "10.77.0.200-10.77.0.220",
  admin: "127.0.0.1:8723",
};
const SECOND: InstanceSettings = {
  name: "second",
  listen: `${SECOND_ADDRESS}:1723`,
  interface: "pac1",
  localAddress: "10.78.0.1",
  pool: "10.78.0.0/28",
  admin: "127.0.0.1:8724",
};
const THIRD: InstanceSettings = {
  name: "third",
  listen: "10.9.0.4:1723",
  interface: "pac2",
  localAddress: "10.79.0.1",
  pool: "10.79.0.10-10.79.0.20",
  admin: "127.0.0.1:8725",
};

describe("several pacd on one host", () => {
  let lab: Lab;
  let host: Dialler;
  let first: Instance;
  let second: Instance;
  before(async () => {
    lab = await Lab.create();
    await lab.office();
    for (const address of [SECOND_ADDRESS, THIRD_ADDRESS, "10.9.0.4"])
      await lab.namespace.ip(`addr add ${address}/24 dev br0`);
    host = await Dialler.create(lab);
    [first, second] = [await Instance.start(lab, FIRST), await Instance.start(lab, SECOND)];
    await first.api("POST", "users", { name: "alice", password: "first-password" });
    await second.api("POST", "users", { name: "bob", password: "second-password" });
  });
  after(() => lab?.close());

  /** All that a server might change of its host. */
  async function everything(): Promise<string> {
    const { namespace } = lab;
    const rules = await namespace.run("nft", "list", "ruleset");
    const parts = [
      rules.replaceAll(/packets \d+ bytes \d+/g, "packets N bytes N"),
      await namespace.ip("-4 addr"),
      await namespace.ip("-4 route show table all"),
      await namespace.run("sysctl", "net.ipv4.ip_forward", "net.ipv4.conf.pac0", "net.ipv4.conf.pac1"),
    ];
    return parts.join("\n");
  }

  const dial = (address: string, user: string, password: string, ...more: string[]) =>
    host.start([address, "--user", user, ...more], password);

  test("routes and rules of each are those of its pool, to the address", async () => {
    const routes = async (name: string) =>
      (await lab.namespace.ip(`-4 route show dev ${name}`))
        .split("\n")
        .flatMap((line) => line.split(" ")[0] || []);
    assert.deepEqual(await routes("pac0"), [
      "10.77.0.200/29",
      "10.77.0.208/29",
      "10.77.0.216/30",
      "10.77.0.220",
    ]);
    assert.deepEqual(await routes("pac1"), ["10.78.0.0/28"]);
    const table = (name: string) => lab.namespace.run("nft", "list", "table", "inet", name);
    const sources = async (name: string) =>
      [...(await table(name)).matchAll(/saddr (\S+)/g)].map(([, to]) => to);
    assert.deepEqual(await sources("pacd_pac0"), [
      "10.77.0.200/29",
      "10.77.0.208/29",
      "10.77.0.216/30",
      "10.77.0.220",
    ]);
    assert.deepEqual(await sources("pacd_pac1"), ["10.78.0.0/28"]);
  });

  test("each tells where it listens, one address or several", async () => {
    const of = async (instance: Instance) => {
      const { listen, listens } = await instance.api("GET", "status");
      return [listen, listens];
    };
    const both = [`${SERVER_ADDRESS}:1723`, `${THIRD_ADDRESS}:1723`];
    assert.deepEqual(await of(first), [both.join(", "), both]);
    assert.deepEqual(await of(second), [`${SECOND_ADDRESS}:1723`, [`${SECOND_ADDRESS}:1723`]]);
    assert.match(first.output, /serves PPTP on 10\.9\.0\.1:1723, 10\.9\.0\.3:1723 \(TCP\)/);
  });

  for (const [address, user, password, pool] of [
    [SERVER_ADDRESS, "alice", "first-password", /address 10\.77\.0\.2\d\d,/],
    [THIRD_ADDRESS, "alice", "first-password", /address 10\.77\.0\.2\d\d,/],
    [SECOND_ADDRESS, "bob", "second-password", /address 10\.78\.0\.\d+,/],
  ] as const)
    test(`${user} dials in at ${address}, and is known there alone`, async () => {
      const { code, output } = await dial(address, user, password).outcome();
      assert.equal(code, 0, output);
      assert.match(output, pool);
    });

  test("a user of the one is a stranger to the other", async () => {
    const { output } = await dial(SECOND_ADDRESS, "alice", "first-password").outcome();
    assert.match(output, /^failed: bad-credentials$/m);
  });

  test("tunnels into both at once carry packets, and neither counts the other's", async () => {
    const dials = [
      dial(SERVER_ADDRESS, "alice", "first-password", "--tun", "vpn0"),
      dial(SECOND_ADDRESS, "bob", "second-password", "--tun", "vpn1"),
    ];
    for (const one of dials) await one.up();
    const before = [await first.api("GET", "status"), await second.api("GET", "status")];
    const ping = (name: string, address: string) =>
      host.namespace.run("ping", "-c", "10", "-i", "0.05", "-W", "2", "-I", name, address);
    await host.namespace.ip(`route add ${OFFICE_ADDRESS} dev vpn0`);
    assert.match(await ping("vpn0", "10.77.0.1"), /10 received/);
    assert.match(await ping("vpn1", "10.78.0.1"), /10 received/);
    assert.match(await ping("vpn0", OFFICE_ADDRESS), /10 received/);
    // What the kernel has kept away is counted once a second.
    await host.namespace.run("sleep", "1.5");
    for (const [i, instance] of [first, second].entries()) {
      const { drops, sessions } = await instance.api("GET", "status");
      assert.equal(sessions, 1);
      for (const reason of ["gre-unknown-call", "gre-wrong-peer", "gre-not-pptp"])
        assert.equal(drops[reason] ?? 0, before[i].drops[reason] ?? 0, reason);
    }
    for (const one of dials) assert.equal((await one.interrupt()).code, 0);
  });

  let alice: RunningDial;
  test("a session of the first one is up, before others are refused", async () => {
    alice = dial(SERVER_ADDRESS, "alice", "first-password", "--tun", "vpn0");
    await alice.up();
  });

  for (const [what, change, sentence] of [
    [
      "its port is the first one's",
      { listen: `${THIRD_ADDRESS}:1723` },
      /Another program listens on 10\.9\.0\.3:1723 already: /,
    ],
    [
      "one of its ports is the first one's",
      { listen: ["10.9.0.4:1723", `${SERVER_ADDRESS}:1723`] },
      /Another program listens on 10\.9\.0\.1:1723 already: /,
    ],
    [
      "it wants every address",
      { listen: "0.0.0.0:1723" },
      /listens on 0\.0\.0\.0:1723 already, or on one of/,
    ],
    [
      "one of its addresses is not this host's",
      { listen: ["10.9.0.4:1723", "192.0.2.1:1723"] },
      /192\.0\.2\.1:1723: this host has no such address/,
    ],
    [
      "its interface is the first one's",
      { interface: "pac0" },
      /The network interface pac0 exists already: /,
    ],
    [
      "its pool is in the second one's",
      { pool: "10.78.0.8-10.78.0.9" },
      /^pacd: The pool 10\.78\.0\.8-10\.78\.0\.9 \(tunnel\.pool\) overlaps 10\.78\.0\.0\/28, which this host reaches through pac1: /,
    ],
    [
      "its pool is around the first one's",
      { pool: "10.77.0.0/24" },
      /overlaps 10\.77\.0\.220, which this host reaches through pac0: /,
    ],
    [
      "its pool is in the office's network",
      { pool: "10.8.0.100-10.8.0.120" },
      /overlaps 10\.8\.0\.0\/24, which this host reaches/,
    ],
    [
      "its pool holds an address of this host",
      { pool: "10.9.0.4" },
      /overlaps 10\.9\.0\.4, an address of this host \(br0\)/,
    ],
    [
      "its state directory is the first one's",
      { name: "first" },
      /^pacd: Another pacd \(process \d+\) runs with the state directory /,
    ],
    [
      "its API's port is the second one's",
      { admin: "127.0.0.1:8724" },
      /Another program listens on 127\.0\.0\.1:8724 already: /,
    ],
    [
      "its API's address is not this host's",
      { admin: "192.0.2.1:8725" },
      /192\.0\.2\.1:8725: this host has no such address/,
    ],
  ] as const)
    test(`a third one is refused where ${what}, and changes nothing`, async () => {
      const before = await everything();
      const { code, output } = await runInstance(lab, "serve", { ...THIRD, ...change });
      assert.equal(code, /no such address/.test(output) ? 75 : 1, output);
      assert.match(output, sentence);
      assert.equal(await everything(), before);
      const [last] = (await first.api("GET", "attempts?limit=1")).items;
      assert.deepEqual([last.user, last.endedAt], ["alice", null], "the first one's session goes on");
    });

  test("the session that was up all the while is up still", async () => {
    assert.match(
      await host.namespace.run("ping", "-c", "3", "-i", "0.1", "-I", "vpn0", "10.77.0.1"),
      /3 received/,
    );
    assert.equal((await alice.interrupt()).code, 0);
  });

  test("check refuses an overlap as serve does, and serve warns where it is allowed", async () => {
    const inside = { ...THIRD, pool: "10.8.0.100-10.8.0.120" };
    const refused = await runInstance(lab, "check", inside);
    assert.equal(refused.code, 1);
    assert.match(
      refused.output,
      /^REFUSED {2}The pool 10\.8\.0\.100-10\.8\.0\.120 \(tunnel\.pool\) overlaps 10\.8\.0\.0\/24/m,
    );
    const allowing = { ...inside, more: "allow_overlap = true" };
    const checked = await runInstance(lab, "check", allowing);
    assert.equal(checked.code, 0, checked.output);
    assert.match(checked.output, /^warning {2}The pool 10\.8\.0\.100-10\.8\.0\.120/m);
    const before = await everything();
    const third = await Instance.start(lab, allowing);
    assert.match(
      third.output,
      /^The pool 10\.8\.0\.100-10\.8\.0\.120 \(tunnel\.pool\) overlaps 10\.8\.0\.0\/24/m,
    );
    assert.match(await lab.namespace.ip("-4 route show dev pac2"), /10\.8\.0\.100\/30/);
    assert.equal(await third.stop(), 0);
    assert.equal(await everything(), before);
  });

  test("a network that comes into a pool while pacd runs is a condition, until it goes", async () => {
    const overlap = async () => {
      const { conditions } = await second.api("GET", "status");
      return conditions.find(({ code }: { code: string }) => code === "pool-overlaps-host");
    };
    await lab.namespace.ip("addr add 10.78.0.9/32 dev lo");
    const found = await until("the condition", overlap, 20_000);
    assert.match(
      found.sentence,
      /^The pool 10\.78\.0\.0\/28 \(tunnel\.pool\) overlaps 10\.78\.0\.9, an address of this host \(lo\)/,
    );
    await lab.namespace.ip("addr del 10.78.0.9/32 dev lo");
    await until("its end", async () => (await overlap()) === undefined, 20_000);
  });

  test("the end of one leaves the other its sessions, rules and routes", async () => {
    const bob = dial(SECOND_ADDRESS, "bob", "second-password", "--tun", "vpn1");
    await bob.up();
    const of = async () => [
      await lab.namespace.ip("-4 addr show dev pac1"),
      await lab.namespace.ip("-4 route show dev pac1"),
      await lab.namespace.run("nft", "list", "table", "inet", "pacd_pac1"),
    ];
    const before = await of();
    assert.equal(await first.stop(), 0);
    assert.deepEqual(await of(), before);
    assert.doesNotMatch(await lab.namespace.run("nft", "list", "tables"), /pacd_pac0/);
    assert.equal((await lab.namespace.run("sysctl", "-n", "net.ipv4.ip_forward")).trim(), "1");
    assert.match(
      await host.namespace.run("ping", "-c", "3", "-i", "0.1", "-I", "vpn1", "10.78.0.1"),
      /3 received/,
    );
    assert.equal((await bob.interrupt()).code, 0);
  });
});
