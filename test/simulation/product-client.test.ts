import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { Cause } from "../../verdicts/cause.ts";
import { CAUSES } from "../../verdicts/register.ts";
import type { Stage } from "../../verdicts/stages.ts";
import { BOB, inner, lastAttempt } from "./dials.ts";
import { lossyLink } from "./lossy-link.ts";
import { finished, scene } from "./product-dial.ts";
import type { Path } from "./simulated-host.ts";

test("on a perfect link six stages are done, in order, and the goodbye leaves nothing behind", async (t) => {
  const { world, host, dial } = await scene(t);
  const { code, out, err } = await finished(world, dial([]));
  assert.equal(code, 0, out);
  assert.equal(err, "");
  assert.deepEqual(
    [...out.matchAll(/^(?:ok|FAIL) +(\S.*?) {2,}/gm)].map(([, stage]) => stage),
    [
      "TCP connection",
      "Control connection, call",
      "Link options (LCP)",
      "Log-in",
      "Encryption (CCP)",
      "Address (IPCP)",
    ],
  );
  assert.match(out, /^connected: address 10\.77\.0\.10, encryption MPPE 128 bits stateless, MTU 1396, in /m);
  assert.match(out, /^hung up$/m);
  assert.deepEqual(world.concentrator.sessions(), []);
  assert.equal((await lastAttempt(world)).verdict, "client-hung-up");
  assert.ok(host.gre.closed && host.tcp?.closed);
  assert.deepEqual(world.errors, []);
});

test("a dial takes no time of its own where the network takes none", async (t) => {
  const { world, dial } = await scene(t);
  const run = dial(["--json"]);
  for (let turn = 0; turn < 20; turn += 1) await world.settle();
  assert.equal(world.clock.now(), 0);
  const document = JSON.parse((await run).out);
  assert.deepEqual(
    document.stages.map(({ stage, ms }: { stage: string; ms: number }) => `${stage} ${ms}`),
    ["tcp 0", "control 0", "lcp 0", "auth 0", "ccp 0", "ipcp 0"],
  );
  assert.deepEqual(document.network, {
    address: "10.77.0.10",
    server: "10.77.0.1",
    dns: [],
    encryption: "mppe-128-stateless",
    mtu: 1396,
    ms: 0,
  });
  assert.equal(document.failure, null);
});

test("with --tun packets pass both ways, encrypted, until Ctrl-C", async (t) => {
  const { world, host, dial, interrupt } = await scene(t);
  const run = dial(["--tun", "vpn0", "--route", "203.0.113.0/24"]);
  for (let turn = 0; turn < 20; turn += 1) await world.settle();
  assert.deepEqual(host.tunSettings, {
    local: 0x0a4d000a,
    mtu: 1396,
    routes: [
      { address: 0x0a4d0001, prefix: 32 },
      { address: 0xcb007100, prefix: 24 },
    ],
  });
  const up = inner("10.77.0.10", "203.0.113.5", 80);
  const down = inner("203.0.113.5", "10.77.0.10", 30);
  for (let packet = 0; packet < 100; packet += 1) host.tun.deliver(up);
  for (let packet = 0; packet < 70; packet += 1) world.tun.deliver(down);
  await world.settle();
  const arrived = (packets: readonly { bytes: Uint8Array }[]) => packets.map(({ bytes }) => [...bytes]);
  assert.deepEqual(arrived(world.tun.take()), Array(100).fill([...up]));
  assert.deepEqual(arrived(host.tun.take()), Array(70).fill([...down]));
  interrupt();
  const { code, out } = await finished(world, run);
  assert.equal(code, 0, out);
  assert.match(out, /^hung up: received 70 packets \(.*\), sent 100 \(.*\), dropped 0$/m);
  assert.ok(host.tun.closed);
});

test("an hour of silence is bridged by echoes on both connections", async (t) => {
  const { world, dial, interrupt } = await scene(t);
  const run = dial(["--tun", "vpn0"]);
  await world.clock.advance(3_600_000);
  assert.equal(world.concentrator.sessions().length, 1);
  interrupt();
  assert.equal((await finished(world, run)).code, 0);
});

for (let seed = 1; seed <= 25; seed += 1) {
  test(`one packet in ten lost, one in ten doubled (seed ${seed}): the dial comes up and ends`, async (t) => {
    const { link } = lossyLink(seed, 0.1);
    const { world, host, dial } = await scene(t, { link });
    const { code, out } = await finished(world, dial(["--timeout", "60"]));
    assert.equal(code, 0, out);
    assert.ok(host.gre.closed);
    assert.deepEqual(world.errors, []);
  });
}

interface Refusal {
  readonly name: string;
  readonly words?: readonly string[];
  readonly password?: string;
  readonly path?: Path;
  readonly change?: (config: Config) => Config;
  readonly code: string;
  readonly says: RegExp;
  /** What the server made of it. */
  readonly verdict: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    name: "a wrong password",
    password: "wr0ng",
    code: "bad-credentials",
    says: /FAIL {2}Log-in .*E=691 R=0 V=3 M=Access denied/,
    verdict: "bad-credentials",
  },
  {
    name: "a dial without encryption",
    words: ["--mppe", "none"],
    code: "mppe-demanded",
    says: /128-bit MPPE encryption is required/,
    verdict: "mppe-refused",
  },
  {
    name: "40 bits where 128 are required",
    words: ["--mppe", "40"],
    code: "mppe-refused",
    says: /FAIL {2}Encryption \(CCP\)/,
    verdict: "mppe-refused",
  },
  {
    name: "PAP where it is not allowed",
    words: ["--auth", "pap"],
    code: "auth-method-refused",
    says: /FAIL {2}Link options/,
    verdict: "client-hung-up",
  },
  {
    name: "GRE blocked in both directions",
    path: { up: false, down: false },
    code: "gre-blocked",
    says: /619 or 806 or 807/,
    verdict: "gre-blocked",
  },
  {
    name: "GRE blocked towards us",
    path: { up: true, down: false },
    code: "gre-blocked",
    says: /No GRE packet came before/,
    verdict: "lcp-unanswered",
  },
  {
    name: "GRE blocked towards the server",
    path: { up: false, down: true },
    code: "gre-blocked",
    says: /FAIL {2}Link options.*GRE packets of the server had come, but it answered none of ours\./,
    verdict: "gre-blocked",
  },
  {
    name: "a server without a place",
    change: (config) => ({ ...config, pptp: { ...config.pptp, maxSessions: 0 } }),
    code: "call-refused",
    says: /Outgoing-Call-Reply with result/,
    verdict: "server-full",
  },
];

/** As the dial's report calls the stages at which these break off. */
const TITLES: Readonly<Partial<Record<Stage, string>>> = {
  control: "Control connection, call",
  lcp: "Link options (LCP)",
  auth: "Log-in",
  ccp: "Encryption (CCP)",
};

/** The stage at which the register says that a dial breaks off with this code. */
const stageOf = (shown: string): Stage | undefined =>
  Object.entries<Cause>(CAUSES).find(([code, { client }]) => (client?.code ?? code) === shown)?.[1].stage;

for (const { name, words = [], password, path, change, code, says, verdict } of REFUSALS) {
  test(`${name}: ${code}`, async (t) => {
    const { world, host, dial } = await scene(t, {
      ...(path === undefined ? {} : { path }),
      ...(change === undefined ? {} : { change }),
    });
    const run = await finished(world, dial(words, password));
    assert.equal(run.code, 1, run.out);
    assert.match(run.out, new RegExp(`^failed: ${code}$`, "m"));
    assert.match(run.out, says);
    assert.ok(run.out.includes(`FAIL  ${TITLES[stageOf(code)!]}`), run.out);
    assert.doesNotMatch(run.out + run.err, /s3cret|wr0ng/);
    assert.equal((await lastAttempt(world)).verdict, verdict);
    assert.ok(host.gre.closed && host.tcp?.closed);
    assert.deepEqual(world.errors, []);
  });
}

test("the weak methods work where the server allows them", async (t) => {
  for (const method of ["ms-chap-v1", "pap"] as const) {
    const { world, dial } = await scene(t, {
      change: (config) => ({ ...config, security: { ...config.security, authentication: [method] } }),
    });
    await world.store.users.create({ ...BOB, encryption: "optional" } as never);
    const words = ["--auth", method, ...(method === "pap" ? ["--mppe", "none", "--user", "bob"] : [])];
    const { code, out } = await finished(world, dial(words, method === "pap" ? BOB.password : undefined));
    assert.equal(code, 0, out);
    assert.match(out, /the server proved nothing/);
  }
});

test("a route that holds the server is refused before anything is dialled", async (t) => {
  const { world, dial } = await scene(t);
  const { code, out } = await finished(world, dial(["--tun", "vpn0", "--route", "0.0.0.0/0"]));
  assert.equal(code, 1);
  assert.match(out, /^failed: route-swallows-server$/m);
});
