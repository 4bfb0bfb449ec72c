import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { CHECKOUT, CheckoutService } from "../support/debian/checkout-service.ts";
import type { DebianRoot } from "../support/debian/debian-root.ts";
import { needs } from "../support/needs.ts";

const skip = needs({
  root: true,
  namespaces: true,
  tun: true,
  addon: true,
  programs: ["debootstrap", "nsenter"],
});

const HANDBOOK = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");

/** The text of the handbook from one indented line to another, without the indentation. */
function block(first: RegExp, last = first): string {
  const lines = HANDBOOK.split("\n").filter((line) => line.startsWith("    "));
  const from = lines.findIndex((line) => first.test(line));
  const to = lines.findIndex((line, at) => at >= from && last.test(line));
  assert.ok(from >= 0 && to >= from, `${first} is not in the handbook`);
  return `${lines
    .slice(from, to + 1)
    .map((line) => line.slice(4))
    .join("\n")}\n`;
}

describe("what the handbook says of rights and logs", { skip }, () => {
  let root: DebianRoot;
  before(async () => {
    root = await CheckoutService.install();
  });
  after(() => root?.close());

  test("pacd can run as the user pacd with the capabilities of the line for setpriv", async () => {
    const line = block(/setpriv /).replace(/ pacd check\n$/, ` ${CHECKOUT}/bin/pacd check\n`);
    const { code, output } = await root.run(line);
    assert.equal(code, 0, output);
    assert.match(output, /^ok +pacd has the rights that it needs\.$/m);
    assert.match(output, /^ok +nft accepts masquerading rules\.$/m);
    assert.match(output, /^The configuration is right and pacd can run here\.$/m);
    assert.doesNotMatch(output, /CAP_/);
  });

  test("without one of them the line names it, and what is to be done", async () => {
    const line = block(/setpriv /).replace(/ pacd check\n$/, ` ${CHECKOUT}/bin/pacd check\n`);
    const without = (name: string) => root.run(line.replaceAll(`,+${name}`, ""));
    const raw = await without("net_raw");
    assert.equal(raw.code, 1);
    assert.match(raw.output, /^MISSING +pacd lacks CAP_NET_RAW: run it as root, or as a service/m);
    const nice = await without("sys_nice");
    assert.equal(nice.code, 0, nice.output);
    assert.match(nice.output, /^warning +pacd lacks CAP_SYS_NICE: /m);
  });

  test("where forwarding is off, the user pacd can turn it on, by CAP_NET_ADMIN", async () => {
    const line = block(/setpriv /).replace(/ pacd check\n$/, ` ${CHECKOUT}/bin/pacd check\n`);
    const forward = "/proc/sys/net/ipv4/ip_forward";
    const { output } = await root.run(`echo 0 >${forward}\n${line}cat ${forward}\n`);
    assert.match(output, /^ok +IPv4 forwarding is on, or pacd can turn it on\.$/m);
    assert.match(output, /\n0\n$/, "a check changes nothing");
  });

  test("the recipe for logrotate keeps what was written, and pacd writes on", async () => {
    const logging = await root.must("command -v logrotate");
    assert.match(logging, /logrotate/);
    writeFileSync(root.path("/tmp/recipe"), block(/^ {4}cat >\/etc\/logrotate/, /^ {4}END/));
    const { output, code } = await root.run(`
      sh /tmp/recipe
      exec 3>>/var/log/pacd.log
      echo one >&3
      logrotate --force /etc/logrotate.d/pacd
      echo two >&3
      zcat /var/log/pacd.log.1.gz
      cat /var/log/pacd.log
    `);
    assert.equal(code, 0, output);
    assert.equal(output, "one\ntwo\n");
  });
});
