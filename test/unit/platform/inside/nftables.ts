import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNft } from "../../../../server/platform/host-check.ts";
import {
  applyMasquerade,
  removeFormerTable,
  removeMasquerade,
  tableOf,
  tryMasquerade,
} from "../../../../server/platform/nftables.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { succeed } from "../../../support/namespace.ts";

const masquerade = {
  interface: "pac0",
  networks: [
    { address: parseIpv4("10.77.0.0")!, prefix: 22 },
    { address: parseIpv4("10.77.1.0")!, prefix: 24 }, // inside the first: overlaps are no error
  ],
};
const ruleset = () => succeed("nft", ["list", "ruleset"]);

test("a trial changes nothing", async () => {
  await tryMasquerade(masquerade);
  assert.equal((await checkNft()).ok, true);
  assert.equal(ruleset(), "");
});

test("the rules are in place once they are applied", async () => {
  await applyMasquerade(masquerade);
  assert.match(ruleset(), /ip saddr 10\.77\.0\.0\/22 oifname != "pac0" counter .* masquerade/);
  assert.match(ruleset(), /ip saddr 10\.77\.1\.0\/24 oifname != "pac0" counter .* masquerade/);
});

test("applying again leaves each rule once: one a network, and one for what lies beside them", async () => {
  await applyMasquerade(masquerade);
  await applyMasquerade(masquerade);
  assert.equal(ruleset().match(/masquerade/g)?.length, 3);
});

test("a stale table of ours is replaced, a table of somebody else is left alone", async () => {
  succeed("nft", ["add table inet pacd_pac0; add chain inet pacd_pac0 stale; add table ip other"]);
  await applyMasquerade(masquerade);
  assert.doesNotMatch(ruleset(), /stale/);
  assert.match(ruleset(), /table ip other/);
  succeed("nft", ["delete table ip other"]);
});

test("removing leaves nothing, and removing again is harmless", async () => {
  await applyMasquerade(masquerade);
  await removeMasquerade("pac0");
  await removeMasquerade("pac0");
  assert.equal(ruleset(), "");
});

test("each instance has a table of its own, whatever its interface is called", async () => {
  const names = ["pac0", "pac1", "0", "_", "Pac.0-", "a-b.c_D", "fifteen-octets_", "list", "9.-_9"];
  for (const name of names) await applyMasquerade({ ...masquerade, interface: name });
  assert.equal(ruleset().match(/^table /gm)?.length, names.length);
  const pac1 = () => succeed("nft", ["list", "table", ...tableOf("pac1").split(" ")]);
  const before = pac1();
  for (const name of names.filter((other) => other !== "pac1")) await removeMasquerade(name);
  assert.equal(pac1(), before);
  await removeMasquerade("pac1");
  assert.equal(ruleset(), "");
});

test("the table of an earlier version goes where it is this interface's, and stays where it is another's", async () => {
  succeed("nft", [
    'add table inet pacd; add chain inet pacd clients_out { type nat hook postrouting priority srcnat; }; add rule inet pacd clients_out ip saddr 10.77.0.0/22 oifname != "pac0" counter masquerade',
  ]);
  await removeFormerTable("pac1");
  await removeFormerTable("pac");
  assert.match(ruleset(), /masquerade/);
  await removeFormerTable("pac0");
  assert.equal(ruleset(), "");
  await removeFormerTable("pac0");
});
