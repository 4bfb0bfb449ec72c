import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { DebianRoot } from "../support/debian/debian-root.ts";
import { Namespace } from "../support/lab/namespace.ts";
import { needs } from "../support/needs.ts";

const skip = needs({
  root: true,
  namespaces: true,
  cgroup2: true,
  programs: ["debootstrap", "nsenter", "ip"],
});

describe("a Debian of a test's own", { skip }, () => {
  let root: DebianRoot;
  before(async () => {
    root = await DebianRoot.open();
  });
  after(() => root?.close());

  test("a program runs in it, and sees neither this host's files nor its processes", async () => {
    assert.match(await root.must("cat /etc/os-release"), /^VERSION_CODENAME=bookworm$/m);
    assert.equal(await root.must("echo $$"), "1\n");
    assert.equal((await root.run(`ls ${import.meta.dirname}`)).code, 2);
    assert.equal((await root.run("exit 7")).code, 7);
  });

  test("it writes to a layer of its own", async () => {
    writeFileSync(root.path("/etc/motd"), "hello\n");
    assert.equal(await root.must("cat /etc/motd"), "hello\n");
    const other = await DebianRoot.open();
    assert.notEqual(await other.must("cat /etc/motd"), "hello\n");
    await other.close();
  });

  test("switches of this host's kernel cannot be written in it", async () => {
    assert.notEqual((await root.run("echo 1 >/proc/sys/kernel/panic")).code, 0);
    const forward = "/proc/sys/net/ipv4/ip_forward";
    assert.equal((await root.run(`echo 1 >${forward}`)).code, 0);
    assert.notEqual((await root.run(`cat ${forward} >${forward}`, "host")).code, 0);
  });

  test("a device whose mode is changed is its own", async () => {
    const before = statSync("/dev/null").mode;
    assert.match(await root.must("chmod 600 /dev/null && ls -l /dev/null"), /^crw------- .* 1, *3 /);
    assert.equal(statSync("/dev/null").mode, before);
    assert.match(await root.must("ls -l /dev/null"), /^crw-rw-rw- /);
  });

  test("packages of its archive are there, and cached", async () => {
    const more = await DebianRoot.open({ packages: ["nftables"] });
    assert.match(await more.must("nft list ruleset && nft --version"), /^nftables v1/);
    assert.equal((await root.run("command -v nft")).code, 127);
    await more.close();
  });

  test("a folder of this host is seen inside, and cannot be changed there", async () => {
    const from = import.meta.dirname;
    const more = await DebianRoot.open({ binds: [{ from, to: "/opt/tests" }] });
    assert.match(await more.must("ls /opt/tests"), /^debian-root\.test\.ts$/m);
    assert.notEqual((await more.run("touch /opt/tests/new")).code, 0);
    await more.close();
  });

  test("its systemd boots, is reached over a cable, and is shut down with what it made", async () => {
    const host = await root.boot();
    const client = await Namespace.create();
    try {
      assert.equal(await host.must("systemctl is-system-running"), "running\n");
      await host.must("systemd-run --quiet --property Type=oneshot --unit said echo here I am");
      const [said] = await host.journal("-u said MESSAGE='here I am'");
      assert.equal(said?.["SYSLOG_IDENTIFIER"], "echo");
      await host.connect(client, { here: "10.9.0.1/24", there: "10.9.0.2/24" });
      await client.run("ping", "-c", "1", "-W", "5", "10.9.0.1");
      const cgroup = readFileSync(`/proc/${host.pid}/cgroup`, "utf8");
      assert.match(cgroup, /\/pacd-test-\d+-\d+\/init\.scope$/m);
      await host.powerOff();
      assert.ok(host.gone);
      assert.ok(!existsSync(`/proc/${host.pid}`));
      assert.match(await root.must("cat /etc/motd"), /hello/);
    } finally {
      await client.remove();
    }
  });
});
