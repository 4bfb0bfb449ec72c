import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { Conditions } from "../../../../server/conditions/conditions.ts";
import { ForwardPart } from "../../../../server/host/firewall/forward-part.ts";
import { HostWatch } from "../../../../server/host/host-watch.ts";
import { CHECK_EVERY, IN_A_ROW_WITHIN, LEGACY_EVERY, RULES_EVERY } from "../../../../server/host/limits.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { succeed } from "../../../support/namespace.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { FIREWALLD } from "../firewall/rulesets.ts";

/**
 * This namespace forwards between two others: "pac0" leads to a client, eth0 to a host that the client wants
 * to reach. pacd's own packets play no part, so pac0 is no TUN here.
 */
const run = (line: string) => succeed("ip", line.split(" "));
const names = ["client", "office"].map((name) => `${name}-${process.pid}`);
const [client, office] = names as [string, string];
for (const name of names) run(`netns add ${name}`);
after(() => {
  for (const name of names) run(`netns delete ${name}`);
});
for (const [own, name, network] of [
  ["pac0", client, "10.77.0"],
  ["eth0", office, "192.0.2"],
] as const) {
  run(`link add ${own} type veth peer name in netns ${name}`);
  run(`address add ${network}.1/24 dev ${own}`);
  run(`link set ${own} up`);
  run(`-n ${name} address add ${network}.10/24 dev in`);
  run(`-n ${name} link set in up`);
  run(`-n ${name} route add default via ${network}.1`);
}
run("route add default via 192.0.2.10");
writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");

/** Does the client reach the office, and its answer the client? */
const reaches = () =>
  spawnSync("ip", ["netns", "exec", client, "ping", "-c", "1", "-W", "1", "192.0.2.10"]).status === 0;
const nft = (script: string) => succeed("nft", [script]);
const iptables = (program: string, line: string) => succeed(program, line.split(" "));
/** Kernels of a later day may know nothing of it. */
const hasLegacy = spawnSync("iptables-legacy", ["-S", "FORWARD"]).status === 0;
const flush = () => {
  nft("flush ruleset");
  if (!hasLegacy) return;
  iptables("iptables-legacy", "-F");
  iptables("iptables-legacy", "-P FORWARD ACCEPT");
};
after(flush);

const legacyRules = () => (hasLegacy ? succeed("iptables-legacy-save", []) : "");

const clock = new VirtualClock();
const address = parseIpv4("10.77.0.10")!;

/** A watch over the forward chains alone. */
function watching(accept: boolean) {
  const log: string[] = [];
  const write = (_fields: object, text: string) => log.push(text);
  const conditions = new Conditions(clock, { warn: write, info: write });
  const part = new ForwardPart({ tunnel: "pac0", client: address, accept }, clock);
  const watch = new HostWatch({ parts: [part], clock, log: { warn: write }, conditions });
  const look = async () => {
    await clock.advance(RULES_EVERY);
    await part.read();
    await clock.advance(CHECK_EVERY);
    await watch.settled();
    await clock.advance(IN_A_ROW_WITHIN + CHECK_EVERY);
    await part.read();
  };
  const sentences = () => conditions.all().map(({ code, sentence }) => `${code}: ${sentence}`);
  return { log, part, watch, look, sentences };
}

/** Firewalls that drop what is forwarded, and what names them. */
const FIREWALLS = [
  [
    "Docker's, by iptables-nft",
    () => {
      for (const line of [
        "-N DOCKER-USER",
        "-A DOCKER-USER -j RETURN",
        "-A FORWARD -j DOCKER-USER",
        "-P FORWARD DROP",
      ])
        iptables("iptables-nft", line);
    },
    /chain FORWARD of Docker \(iptables-nft, policy drop\) .*`iptables-nft -I DOCKER-USER -i pac0 -j ACCEPT`/,
  ],
  [
    "one of iptables-legacy",
    () => void iptables("iptables-legacy", "-P FORWARD DROP"),
    /chain FORWARD \(iptables-legacy, policy drop\) .*`iptables-legacy -I FORWARD -i pac0 -j ACCEPT`/,
  ],
  [
    "an nft file's, of policy drop",
    () =>
      void nft(
        "table inet filter { chain forward { type filter hook forward priority 0; policy drop; ct state established,related accept; }; }",
      ),
    /nft chain forward in table inet filter \(hook forward, policy drop\) .*`nft insert rule inet filter forward iifname pac0 accept`/,
  ],
  [
    "an nft file's that rejects at its end, with sets and maps",
    () =>
      void nft(`table ip fw {
        set inside { type ifname; elements = { "lan0", "lan1" }; }
        chain lan { accept; }
        chain f { type filter hook forward priority 10; policy accept;
          ct state vmap { invalid : drop, established : continue }
          iifname @inside oifname "eth*" accept
          iifname vmap { "lan2" : jump lan }
          ip saddr { 10.78.0.0/16, 10.79.0.1 } accept
          meta l4proto udp accept
          counter reject; }
      }`),
    /nft chain f in table ip fw \(hook forward\)/,
  ],
  [
    "firewalld's",
    () => void nft(FIREWALLD),
    /of firewalld .*`firewall-cmd --permanent --zone=trusted --add-interface=pac0/,
  ],
] as const;

for (const [what, drop, says] of FIREWALLS) {
  if (what.includes("legacy") && !hasLegacy) continue;
  test(`${what}: it drops, and the condition names it with a remedy`, async () => {
    assert.ok(reaches());
    drop();
    assert.ok(!reaches());
    const { watch, look, sentences } = watching(false);
    watch.begin();
    await look();
    assert.equal(sentences().length, 1);
    assert.match(sentences()[0]!, says);
    flush();
    await clock.advance(LEGACY_EVERY);
    await look();
    assert.deepEqual(sentences(), []);
    await watch.stop();
  });

  test(`${what}: with accept_forward the client's packets pass, the rules come back, and go at the stop`, async () => {
    drop();
    const before = [succeed("nft", ["-s", "list", "ruleset"]), legacyRules()];
    const { log, part, watch, look, sentences } = watching(true);
    watch.begin();
    await look();
    assert.ok(reaches(), log.join("\n"));
    assert.deepEqual([sentences(), watch.repairs()["forward-accept"]], [[], 1]);
    await look();
    assert.equal(watch.repairs()["forward-accept"], 1, "nothing is done twice");
    flush();
    drop();
    assert.ok(!reaches());
    await clock.advance(LEGACY_EVERY);
    await look();
    assert.ok(reaches(), "it was put back");
    await watch.stop();
    await part.close();
    assert.ok(!reaches());
    const rules = (text: string) => text.replaceAll(/^#.*\n|\[\d+:\d+\]/gm, "");
    const after = [succeed("nft", ["-s", "list", "ruleset"]), legacyRules()];
    assert.deepEqual(after.map(rules), before.map(rules));
    flush();
  });
}

test("rules that one that was killed has left are removed, where they are no longer wanted", async () => {
  nft("table inet filter { chain forward { type filter hook forward priority 0; policy drop; }; }");
  const killed = watching(true);
  killed.watch.begin();
  await killed.look();
  await killed.watch.stop();
  assert.match(succeed("nft", ["list", "ruleset"]), /pacd pac0/);
  const next = watching(false);
  await next.part.read();
  assert.doesNotMatch(succeed("nft", ["list", "ruleset"]), /pacd pac0/);
  flush();
});
