import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acceptRules,
  blockingChains,
  nameOf,
  placeFor,
  remedyFor,
} from "../../../../server/host/firewall/forward-judge.ts";
import { readIptablesSave } from "../../../../server/host/firewall/iptables-save.ts";
import type { Forwarded } from "../../../../server/host/firewall/ruleset.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { DOCKER, UFW } from "./rulesets.ts";

const client = parseIpv4("10.77.0.10")!;
const out: Forwarded = { in: "pac0", out: "eth0", source: client, destination: undefined, state: "new" };
const back: Forwarded = {
  in: "eth0",
  out: "pac0",
  source: undefined,
  destination: client,
  state: "established",
};

const judge = (text: string) =>
  blockingChains([readIptablesSave(text, "iptables-nft", "pac0")], { out, back });
/** A table with a policy of DROP and these rules. */
const table = (...rules: readonly string[]) =>
  `*filter\n:FORWARD DROP [0:0]\n:mine - [0:0]\n${rules.map((rule) => `-A ${rule}\n`).join("")}COMMIT\n`;
/** What is dropped: "out", "back", both, or nothing. */
const dropped = (text: string) =>
  judge(text).flatMap((one) => [...(one.out ? ["out"] : []), ...(one.back ? ["back"] : [])]);

test("Docker's chain drops both ways, is called Docker's, and the rules go to DOCKER-USER", () => {
  const [blocking] = judge(DOCKER);
  assert.deepEqual([blocking!.out, blocking!.back], [true, true]);
  assert.equal(nameOf(blocking!), "the iptables chain FORWARD of Docker (iptables-nft, policy drop)");
  assert.equal(placeFor(blocking!), "DOCKER-USER");
  assert.equal(
    remedyFor(blocking!, "pac0"),
    "`iptables-nft -I DOCKER-USER -i pac0 -j ACCEPT` and `iptables-nft -I DOCKER-USER -o pac0 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`",
  );
});

test("Docker with rules for the tunnel's interface drops nothing", () => {
  const rules = "-A DOCKER-USER -i pac0 -j ACCEPT\n-A DOCKER-USER -o pac0 -j ACCEPT\n";
  assert.deepEqual(
    judge(DOCKER.replace("-A DOCKER-USER -j RETURN\n", `${rules}-A DOCKER-USER -j RETURN\n`)),
    [],
  );
});

test("ufw drops what clients send, lets answers pass, and has a command of its own", () => {
  const [blocking] = judge(UFW);
  assert.deepEqual([blocking!.out, blocking!.back], [true, false]);
  assert.equal(remedyFor(blocking!, "pac0"), "`ufw route allow in on pac0`");
  assert.deepEqual(judge(UFW.replace("COMMIT", "-A ufw-user-forward -i pac0 -j ACCEPT\nCOMMIT")), []);
});

test("ufw and Docker beside each other are both named", () => {
  const both = UFW.replace("-A FORWARD", "-A FORWARD -j DOCKER-USER\n-A FORWARD").replace(
    ":ufw-after-forward",
    ":DOCKER-USER - [0:0]\n:ufw-after-forward",
  );
  assert.match(nameOf(judge(both)[0]!), /of ufw and Docker/);
});

for (const [what, rules, drops] of [
  ["no rule at all", [], ["out", "back"]],
  ["one for the interface", ["FORWARD -i pac0 -j ACCEPT"], ["back"]],
  ["one for a family of interfaces", ["FORWARD -i pac+ -j ACCEPT", "FORWARD -o pac+ -j ACCEPT"], []],
  ["one for all but another interface", ["FORWARD ! -i eth0 -j ACCEPT"], ["back"]],
  ["one for another interface", ["FORWARD -i wg0 -j ACCEPT"], ["out", "back"]],
  ["one for established connections", ["FORWARD -m state --state ESTABLISHED -j ACCEPT"], ["out"]],
  ["one for the clients' network", ["FORWARD -s 10.77.0.0/22 -i pac0 -j ACCEPT"], ["back"]],
  ["one for another network, from where answers may come", ["FORWARD -s 10.78.0.0/22 -j ACCEPT"], ["out"]],
  ["one for all but the clients' network", ["FORWARD ! -s 10.77.0.0/22 -j ACCEPT"], ["out"]],
  ["one for another protocol", ["FORWARD -p udp -j ACCEPT"], ["out", "back"]],
  ["one in a chain of somebody's", ["FORWARD -j mine", "mine -j ACCEPT"], []],
  ["one past a return", ["FORWARD -j mine", "mine -j RETURN", "mine -j ACCEPT"], ["out", "back"]],
  ["one past a goto, which does not come back", ["FORWARD -g mine", "FORWARD -j ACCEPT"], ["out", "back"]],
  ["one past a drop", ["FORWARD -i pac0 -j DROP", "FORWARD -j ACCEPT"], ["out"]],
  [
    "one past a reject",
    ["FORWARD -i pac0 -j REJECT --reject-with icmp-port-unreachable", "FORWARD -j ACCEPT"],
    ["out"],
  ],
  [
    "one for a port: it may be what clients need",
    ["FORWARD -i pac0 -p tcp -m tcp --dport 443 -j ACCEPT", "FORWARD -o pac0 -j ACCEPT"],
    [],
  ],
  [
    "one with a comment that looks like an option",
    ['FORWARD -i pac0 -m comment --comment "-j DROP -i x" -j ACCEPT', "FORWARD -o pac0 -j ACCEPT"],
    [],
  ],
  ["a target that nobody knows: it may accept", ["FORWARD -j NFQUEUE --queue-num 0"], []],
  ["a log", ['FORWARD -j LOG --log-prefix "x "'], ["out", "back"]],
  ["a mark that is asked for: it may be there", ["FORWARD -m mark --mark 0x1 -j ACCEPT"], []],
  ["chains that jump to each other", ["FORWARD -j mine", "mine -j mine"], []],
] as const) {
  test(`policy DROP and ${what}: ${drops.length === 0 ? "nothing is said" : `dropped: ${drops.join(", ")}`}`, () => {
    assert.deepEqual(dropped(table(...rules)), drops);
  });
}

test("policy ACCEPT and a rule that drops the tunnel's packets", () => {
  const accepting = (rule: string) => table(rule).replace("FORWARD DROP", "FORWARD ACCEPT");
  assert.deepEqual(dropped(accepting("FORWARD -i pac0 -j DROP")), ["out"]);
  assert.deepEqual(dropped(accepting("FORWARD -i wg0 -j DROP")), []);
  // Not all of them: nobody says that this is wrong.
  assert.deepEqual(dropped(accepting("FORWARD -i pac0 -d 192.168.0.0/16 -j DROP")), []);
  assert.deepEqual(dropped(accepting("FORWARD -i pac0 -m limit --limit 5/sec -j DROP")), []);
});

test("rules of ours are known by their comment, with the words that remove them; those of another instance are not ours", () => {
  const text = table(
    'FORWARD -i pac0 -m comment --comment "pacd pac0" -j ACCEPT',
    'FORWARD -i pac1 -m comment --comment "pacd pac1" -j ACCEPT',
  );
  assert.deepEqual(readIptablesSave(text, "iptables-nft", "pac0").own, [
    { chain: "FORWARD", words: ["-i", "pac0", "-m", "comment", "--comment", "pacd pac0", "-j", "ACCEPT"] },
  ]);
});

test("the rules that pacd puts there have its comment, and the one for the clients goes first", () => {
  const [blocking] = judge(DOCKER);
  const comment = ["-m", "comment", "--comment", "pacd pac0", "-j", "ACCEPT"];
  assert.deepEqual(
    acceptRules(blocking!, "pac0", "5").map(({ program, args }) => [program, ...args]),
    [
      [
        "iptables-nft",
        "-w",
        "5",
        "-I",
        "DOCKER-USER",
        "-o",
        "pac0",
        "-m",
        "conntrack",
        "--ctstate",
        "ESTABLISHED,RELATED",
        ...comment,
      ],
      ["iptables-nft", "-w", "5", "-I", "DOCKER-USER", "-i", "pac0", ...comment],
    ],
  );
});

test("what is no such text is a table without chains", () => {
  for (const text of [
    "",
    "# Table `filter' is incompatible, use 'nft' tool.\n",
    "\0\0",
    "-A FORWARD -j",
    ":x",
  ])
    assert.deepEqual(judge(text), []);
});
