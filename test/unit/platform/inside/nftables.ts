import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNft } from "../../../../server/platform/host-check.ts";
import { applyMasquerade, removeMasquerade, tryMasquerade } from "../../../../server/platform/nftables.ts";
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

test("applying again leaves each rule once", async () => {
  await applyMasquerade(masquerade);
  await applyMasquerade(masquerade);
  assert.equal(ruleset().match(/masquerade/g)?.length, 2);
});

test("a stale table of ours is replaced, a table of somebody else is left alone", async () => {
  succeed("nft", ["add table inet pacd; add chain inet pacd stale; add table ip other"]);
  await applyMasquerade(masquerade);
  assert.doesNotMatch(ruleset(), /stale/);
  assert.match(ruleset(), /table ip other/);
  succeed("nft", ["delete table ip other"]);
});

test("removing leaves nothing, and removing again is harmless", async () => {
  await applyMasquerade(masquerade);
  await removeMasquerade();
  await removeMasquerade();
  assert.equal(ruleset(), "");
});
