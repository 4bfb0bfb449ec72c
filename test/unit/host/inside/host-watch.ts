import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { Conditions } from "../../../../server/conditions/conditions.ts";
import { loadConfig } from "../../../../server/config/load-config.ts";
import { poolNetworks } from "../../../../server/config/networks.ts";
import { ForwardPart, forwardSettings } from "../../../../server/host/firewall/forward-part.ts";
import { HostWatch } from "../../../../server/host/host-watch.ts";
import { CHECK_EVERY, IN_A_ROW_WITHIN } from "../../../../server/host/limits.ts";
import { MasqueradePart } from "../../../../server/host/masquerade-part.ts";
import { watchedParts } from "../../../../server/host/watched-parts.ts";
import { ClientRoutes } from "../../../../server/platform/client-routes.ts";
import { enableForwarding } from "../../../../server/platform/forwarding.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { succeed } from "../../../support/namespace.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const config = loadConfig(undefined, { defaults: { stateDirectory: "unused" } });
const { interface: name, localAddress, mtu } = config.tunnel;
const networks = poolNetworks(config);

const clock = new VirtualClock();
const log: string[] = [];
const write = (_fields: object, text: string) => log.push(text);
const conditions = new Conditions(clock, { warn: write, info: write });
/** Codes of what holds. */
const codes = () => conditions.all().map(({ code }) => code);

const ip = (line: string) => succeed("ip", line.split(" "));
const nft = (line: string) => succeed("nft", [line]);
/** The rules without what they have counted and without handles. */
const rules = () => succeed("nft", ["-s", "list", "ruleset"]);
const routes = () => ip(`route show dev ${name}`);
const addresses = () => ip(`-o -4 address show dev ${name}`);
const switchFile = (path: string) => `/proc/sys/net/ipv4/${path}`;
const isOn = (path: string) => readFileSync(switchFile(path), "utf8").trim() === "1";

ip("link add up0 type veth peer name up1");
ip("address add 192.0.2.1/24 dev up0");
ip("link set up0 up");
ip("link set up1 up");
ip("route add default via 192.0.2.254");
const tun = openTunTap(name);
tun.configure({ local: localAddress, mtu, routes: networks });
const masquerade = new MasqueradePart({ interface: name, networks }, enableForwarding);
await masquerade.putBack();
let gone = 0;
const watch = new HostWatch({
  parts: watchedParts(
    config,
    new ClientRoutes(name, networks),
    masquerade,
    new ForwardPart(forwardSettings(config), clock),
    () => {
      gone += 1;
    },
  ),
  clock,
  log: { warn: write },
  conditions,
});
watch.begin();
after(async () => {
  await watch.stop();
  tun.close();
});

const made = { rules: rules(), routes: routes(), addresses: addresses() };
const state = () => ({ rules: rules(), routes: routes(), addresses: addresses() });

/** So much later that the next loss is put right at once, however often that happened before. */
async function look(): Promise<void> {
  await clock.advance(IN_A_ROW_WITHIN + CHECK_EVERY);
  await watch.settled();
}

/** What a test breaks, and what is said of it. */
async function putsRight(part: string, says: RegExp, destroy: () => void): Promise<void> {
  await look();
  const before = watch.repairs()[part]!;
  log.length = 0;
  destroy();
  await clock.advance(CHECK_EVERY);
  await watch.settled();
  await clock.advance(CHECK_EVERY);
  await watch.settled();
  assert.deepEqual(state(), made);
  assert.equal(watch.repairs()[part], before + 1, log.join("\n"));
  assert.ok(
    log.some((line) => says.test(line) && line.endsWith("pacd has put that right.")),
    log.join("\n"),
  );
  assert.deepEqual(codes(), []);
}

test("nothing is found wrong with what was just set up", async () => {
  await look();
  assert.deepEqual([codes(), log, gone], [[], [], 0]);
});

for (const [what, command, says] of [
  ["the whole ruleset is flushed", "flush ruleset", /table inet pacd_pac0 was removed/],
  ["our table is deleted", "delete table inet pacd_pac0", /was removed/],
  ["a chain is flushed", "flush chain inet pacd_pac0 clients_out", /was changed/],
  ["a rule is put before ours", "insert rule inet pacd_pac0 clients_out accept", /was changed/],
  ["the chain gets another policy", "add chain inet pacd_pac0 clients_out { policy drop; }", /was changed/],
  ["the table is made dormant", "add table inet pacd_pac0 { flags dormant; }", /was changed/],
  ["a chain is added", "add chain inet pacd_pac0 more", /was changed/],
] as const) {
  test(`${what}: NAT is off at that moment, and our table is back whole`, async () => {
    await putsRight("masquerade", says, () => {
      nft(command);
      assert.equal(masquerade.problem() === undefined, false);
      assert.equal(masquerade.inPlace, false);
    });
    assert.equal(masquerade.inPlace, true);
  });
}

test("a single rule of ours is removed: the table is back whole", async () => {
  const handle = /masquerade # handle (\d+)/.exec(
    succeed("nft", ["-a", "list", "table", "inet", "pacd_pac0"]),
  )![1];
  await putsRight(
    "masquerade",
    /was changed/,
    () => void nft(`delete rule inet pacd_pac0 clients_out handle ${handle}`),
  );
});

test("a table of somebody else comes and goes, and nothing is done", async () => {
  await look();
  log.length = 0;
  nft("add table ip other");
  await look();
  nft("delete table ip other");
  await look();
  assert.deepEqual([state(), log], [made, []]);
});

test("the address is removed, and the routes with it: both are back", () =>
  putsRight(
    "address",
    /The address 10\.77\.0\.1\/32 was removed/,
    () => void ip(`address delete 10.77.0.1/32 dev ${name}`),
  ));

test("an address that somebody has added is left alone when ours is put back", async () => {
  ip(`address add 10.99.0.1/32 dev ${name}`);
  ip(`address delete 10.77.0.1/32 dev ${name}`);
  await look();
  assert.match(addresses(), /10\.99\.0\.1[\s\S]*10\.77\.0\.1/);
  ip(`address delete 10.99.0.1/32 dev ${name}`);
  await look();
});

test("one route is removed: it is back", () =>
  putsRight(
    "routes",
    /route to the clients' network .* through pac0/,
    () => void ip(`route delete 10.77.1.0/24 dev ${name}`),
  ));

test("the routes are flushed: all are back", () =>
  putsRight("routes", /\(and to \d+ more\)/, () => void ip(`route flush dev ${name}`)));

test("the interface is set down, which takes its routes: it is up, with all of them", () =>
  putsRight("link", /was set down/, () => void ip(`link set ${name} down`)));

test("another MTU is set back", () =>
  putsRight("link", /MTU .* 1200; it should be 1400/, () => void ip(`link set ${name} mtu 1200`)));

for (const path of ["ip_forward", "conf/pac0/forwarding"]) {
  test(`${path} is turned off: it is on again`, async () => {
    await putsRight("forwarding", /IPv4 forwarding was turned off/, () =>
      writeFileSync(switchFile(path), "0"),
    );
    assert.ok(isOn(path));
  });
}

test("ICMP redirects are off after the start, and are turned off again", async () => {
  assert.deepEqual([isOn("conf/pac0/send_redirects"), isOn("conf/pac0/accept_redirects")], [false, false]);
  await putsRight("redirects", /ICMP redirects were turned on/, () =>
    writeFileSync(switchFile("conf/pac0/send_redirects"), "1"),
  );
  assert.equal(isOn("conf/pac0/send_redirects"), false);
});

test("forwarding of the uplink is not ours to set: it is a condition for as long as it is off", async () => {
  writeFileSync(switchFile("conf/up0/forwarding"), "0");
  await look();
  assert.deepEqual(codes(), ["uplink-forwarding-off"]);
  assert.match(conditions.all()[0]!.sentence, /off for up0, .*\(net\.ipv4\.conf\.up0\.forwarding = 0/);
  writeFileSync(switchFile("conf/up0/forwarding"), "1");
  await look();
  assert.deepEqual(codes(), []);
});

test("a route of somebody else over ours is a condition: ours is there, and packets go elsewhere", async () => {
  ip("route add 10.77.1.0/24 dev up0 metric 0 table 200");
  ip("rule add to 10.77.1.0/24 lookup 200 priority 100");
  await look();
  assert.deepEqual(codes(), ["routes-missing"]);
  assert.match(conditions.all()[0]!.sentence, /packets for them follow the route to 10\.77\.1\.0\/24/);
  ip("rule delete priority 100");
  await look();
  assert.deepEqual(codes(), []);
});

test("NAT that was not possible at the start comes on when the host allows it", async () => {
  let allowed = false;
  const late = new MasqueradePart({ interface: "pac9", networks }, () => {
    if (!allowed) throw new Error("no nft here");
  });
  const other = new HostWatch({ parts: [late], clock, log: { warn: write }, conditions });
  other.begin();
  await other.settled();
  assert.deepEqual([codes(), late.inPlace], [["nat-unavailable"], false]);
  assert.match(conditions.all()[0]!.sentence, /cannot put that right \(no nft here\)/);
  allowed = true;
  await clock.advance(IN_A_ROW_WITHIN + CHECK_EVERY);
  await other.settled();
  await clock.advance(CHECK_EVERY);
  assert.deepEqual([codes(), late.inPlace, late.code], [[], true, "nat-missing"]);
  assert.match(rules(), /table inet pacd_pac9/);
  await other.stop();
  nft("delete table inet pacd_pac9");
});

test("the interface is deleted: that is told once, and called nothing else", async () => {
  await look();
  log.length = 0;
  ip(`link delete ${name}`);
  await look();
  await look();
  assert.deepEqual([gone, log.filter((line) => !/^This is over/.test(line))], [1, []]);
});
