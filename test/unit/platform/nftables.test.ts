import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  applyMasquerade,
  masqueradeScript,
  removeMasquerade,
  tableOf,
} from "../../../server/platform/nftables.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));

const masquerade = {
  interface: "pac0",
  networks: [
    { address: parseIpv4("10.77.0.0")!, prefix: 22 },
    { address: parseIpv4("10.99.0.7")!, prefix: 32 },
  ],
};

/** A stand-in for nft. */
function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("the script replaces our table whole, in one transaction", () => {
  assert.equal(
    masqueradeScript(masquerade),
    `add table inet pacd_pac0
delete table inet pacd_pac0
table inet pacd_pac0 {
  chain clients_out {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 10.77.0.0/22 oifname != "pac0" counter masquerade
    ip saddr 10.99.0.7/32 oifname != "pac0" counter masquerade
    iifname "pac0" oifname != "pac0" counter masquerade
  }
}
`,
  );
});

for (const name of ['a"; flush ruleset; #', "", "sixteen-octets-x", "a b", "a/b", "-f"]) {
  test(`the interface name ${JSON.stringify(name)} never gets into a script`, () => {
    assert.throws(() => masqueradeScript({ ...masquerade, interface: name }), TypeError);
    assert.throws(() => tableOf(name), TypeError);
  });
}

test("a missing nft is told apart from a refusal", async () => {
  await assert.rejects(applyMasquerade(masquerade, join(folder, "absent")), {
    code: "host-no-nft",
    message: /^The program nft is missing, .*`apt-get install nftables`/,
  });
});

test("an nft that may not be executed says so", async () => {
  const file = join(folder, "plain");
  writeFileSync(file, "");
  await assert.rejects(removeMasquerade("pac0", file), {
    code: "host-no-nft",
    message: /cannot be executed/,
  });
});

test("a refusal carries the first line of what nft said", async () => {
  const refusing = program(
    "refusing",
    "cat >/dev/null; echo 'Error: no NAT here' >&2; echo more >&2; exit 1",
  );
  await assert.rejects(applyMasquerade(masquerade, refusing), {
    code: "host-nat-refused",
    message: /\(Error: no NAT here\)/,
  });
});

test("a refusal without a word, and one that reads nothing, are refusals still", async () => {
  const silent = program("silent", "exit 3");
  const many = Array.from({ length: 20_000 }, () => masquerade.networks[0]!);
  await assert.rejects(applyMasquerade({ ...masquerade, networks: many }, silent), {
    code: "host-nat-refused",
    message: /no reason given/,
  });
});

test("an nft that dies of a signal did not succeed", async () => {
  await assert.rejects(removeMasquerade("pac0", program("dying", "kill -9 $$")), {
    code: "host-nat-refused",
    message: /did not end/,
  });
});

test("the script reaches nft on its standard input", async () => {
  const copy = join(folder, "copy");
  await applyMasquerade(masquerade, program("copying", `[ "$1 $2" = "-f -" ] && cat >${copy}`));
  assert.equal(readFileSync(copy, "utf8"), masqueradeScript(masquerade));
});

test("an nft that hangs is given up", async (t) => {
  const hanging = program("hanging", "exec sleep 600");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const removal = assert.rejects(removeMasquerade("pac0", hanging), {
    code: "host-nat-refused",
    message: /did not end/,
  });
  t.mock.timers.tick(10_000);
  await removal;
});
