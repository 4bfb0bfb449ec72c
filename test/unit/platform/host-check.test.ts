import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { enableForwarding, readForwarding } from "../../../server/platform/forwarding.ts";
import {
  checkAddon,
  checkForwarding,
  checkNft,
  checkRoot,
  checkSqlite,
  checkTun,
  priorityNote,
} from "../../../server/platform/host-check.ts";
import { rawSocketSentence } from "../../../server/platform/raw-socket.ts";
import { tunSentence } from "../../../server/platform/tun-failure.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test("all capabilities are enough, and so are just the two", () => {
  assert.ok(checkRoot("CapPrm:\t0\nCapEff:\t000001ffffffffff\n").ok);
  assert.ok(checkRoot("CapEff:\t0000000000003000\n").ok);
});

for (const [effective, lacking] of [
  ["0000000000002000", "CAP_NET_ADMIN"],
  ["0000000000001000", "CAP_NET_RAW"],
  ["0000000000000000", "CAP_NET_ADMIN and CAP_NET_RAW"],
] as const) {
  test(`capabilities ${effective} lack ${lacking}`, () => {
    const { ok, code, sentence } = checkRoot(`CapEff:\t${effective}\n`);
    assert.deepEqual([ok, code], [false, "host-not-root"]);
    assert.match(sentence, new RegExp(`^pacd lacks ${lacking}: run it as root, or as a service`));
    const names = lacking.replace(" and ", " ");
    assert.ok(sentence.includes(`AmbientCapabilities=${names} in the unit`), sentence);
  });
}

test("who may not put packets first is told what lacks, and what it means", () => {
  const limits = (nice: number) => `Max nice priority         ${nice}                    ${nice}\n`;
  assert.match(priorityNote("CapEff:\t3000\n", limits(0)) ?? "", /^pacd lacks CAP_SYS_NICE: .*packets wait/);
  assert.equal(priorityNote("CapEff:\t803000\n", limits(0)), undefined);
  assert.equal(priorityNote("CapEff:\t3000\n", limits(40)), undefined);
});

test("a missing TUN device names both remedies", () => {
  const { ok, code, sentence } = checkTun(join(folder, "absent"));
  assert.deepEqual([ok, code], [false, "host-no-tun"]);
  assert.equal(
    sentence,
    "/dev/net/tun is missing: run `modprobe tun`, or give the container the device with --device /dev/net/tun.",
  );
});

test("an addon that is not built names the command that builds it", () => {
  const { ok, code, sentence } = checkAddon(join(folder, "absent.node"));
  assert.deepEqual([ok, code], [false, "host-no-addon"]);
  assert.match(
    sentence,
    /^The native addon is not built: run `sh \/\S+\/server\/platform\/native\/build\.sh`/,
  );
});

test("an addon that is none of this machine's is told apart", () => {
  const { ok, sentence } = checkAddon(file("foreign.node", "not an ELF file"));
  assert.equal(ok, false);
  assert.match(sentence, /^The native addon cannot be loaded \(.*\): run/);
});

test("SQLite that an older C library refuses is a finding, with the loader's words", () => {
  assert.equal(checkSqlite().ok, true);
  const refused = () => {
    throw new Error("/lib/libc.so.6: version `GLIBC_2.34' not found\nRequire stack:");
  };
  assert.deepEqual(checkSqlite(refused), {
    code: "host-no-sqlite",
    ok: false,
    sentence:
      "SQLite does not run here (/lib/libc.so.6: version `GLIBC_2.34' not found): pacd needs glibc 2.34 or later, and packages that were installed on this host.",
  });
});

test("a missing nft is a finding, not a throw", async () => {
  const { ok, code } = await checkNft(join(folder, "absent"));
  assert.deepEqual([ok, code], [false, "host-no-nft"]);
});

test("forwarding that is off is turned on once", () => {
  const path = file("off", "0\n");
  assert.equal(readForwarding(path), false);
  assert.ok(checkForwarding(path).ok);
  assert.equal(readFileSync(path, "utf8"), "0\n", "the check changed it");
  assert.deepEqual(enableForwarding(path), { changed: true });
  assert.equal(readForwarding(path), true);
  assert.deepEqual(enableForwarding(path), { changed: false });
});

test("forwarding that cannot be turned on is refused with the remedy", () => {
  const absent = join(folder, "absent");
  const { ok, code, sentence } = checkForwarding(absent);
  assert.deepEqual([ok, code], [false, "host-no-forwarding"]);
  assert.match(sentence, /sysctl -w net\.ipv4\.ip_forward=1/);
  assert.throws(() => enableForwarding(absent), { code: "host-no-forwarding" });
});

test("every sentence about a refused device or socket says what to do", () => {
  for (const code of ["EPERM", "EACCES"]) {
    assert.match(tunSentence(code), /run it as root/);
    assert.match(rawSocketSentence(code), /run it as root/);
  }
  for (const code of ["ENODEV", "ENXIO", "ENOENT"]) assert.match(tunSentence(code), /modprobe tun/);
  assert.match(tunSentence("EMFILE"), /\(EMFILE\)/);
  assert.match(rawSocketSentence("EPROTONOSUPPORT"), /\(EPROTONOSUPPORT\)/);
});
