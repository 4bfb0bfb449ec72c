import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { CheckoutService } from "../support/debian/checkout-service.ts";
import { until } from "../support/lab/until.ts";
import { needs } from "../support/needs.ts";

const skip = needs({
  root: true,
  namespaces: true,
  cgroup2: true,
  tun: true,
  addon: true,
  programs: ["debootstrap", "nsenter", "ip"],
});

/** What the unit may be exposed at most, by systemd's own reckoning: 0 is best, 10 worst. */
const MAX_EXPOSURE = 2.2;

const TWO_WORKERS = "[data_plane]\nworkers = 2\n";

describe("the unit, looked at by systemd-analyze", { skip }, () => {
  test("is exposed little, and has no line that systemd of Debian 12 does not know but two", async () => {
    const root = await CheckoutService.install();
    try {
      const unit = "/etc/systemd/system/pacd.service";
      const { output } = await root.run(`systemd-analyze security --no-pager --offline=true ${unit}`);
      const exposure = Number(/Overall exposure level for pacd.service: ([\d.]+)/.exec(output)?.[1]);
      assert.ok(exposure <= MAX_EXPOSURE, `${exposure}\n${output}`);
      const unknown = [...output.matchAll(/Unknown key '(\w+)'/g)].map(([, key]) => key);
      assert.deepEqual(unknown, ["RestartSteps", "RestartMaxDelaySec"]);
    } finally {
      await root.close();
    }
  });
});

describe("pacd as a service, under systemd", { skip }, () => {
  let service: CheckoutService;
  before(async () => {
    service = await CheckoutService.boot(TWO_WORKERS);
  });
  after(() => service?.close());

  const mainPid = async () => Number(await service.show("MainPID"));
  const answered = async () => {
    const { code, output } = await service.dial();
    assert.equal(code, 0, output);
  };

  test("starts with the host, and says in one line how it is", async () => {
    assert.equal(await service.show("ActiveState"), "active");
    assert.equal(await service.show("StatusText"), "0 sessions are up");
    await service.host.network("nft", "list", "table", "inet", "pacd_pac0");
    await answered();
  });

  test("is not root, and has four capabilities", async () => {
    const status = await service.host.must(`cat /proc/${await mainPid()}/status`);
    const capabilities = [12, 13, 23, 39].reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
    for (const set of ["CapEff", "CapPrm", "CapBnd"])
      assert.equal(
        BigInt(`0x${new RegExp(`^${set}:\\s*(\\w+)$`, "m").exec(status)?.[1]}`),
        capabilities,
        set,
      );
    assert.match(status, /^NoNewPrivs:\s*1$/m);
    const uid = (await service.host.must("id -u pacd")).trim();
    assert.match(status, new RegExp(`^Uid:\\s*${uid}\\s+${uid}\\s`, "m"));
  });

  test("two threads carry packets, before everything else", async () => {
    const threads = await service.host.must(
      `for task in /proc/${await mainPid()}/task/*; do cut -d ' ' -f 2,19 $task/stat; done`,
    );
    assert.deepEqual(threads.match(/^\(packets-\d\) .*$/gm), ["(packets-0) -20", "(packets-1) -20"]);
  });

  const conf = "/proc/sys/net/ipv4/conf/pac0";
  const forward = "/proc/sys/net/ipv4/ip_forward";

  test("what somebody changes on the host is put back", async () => {
    await service.host.must(
      `echo 0 >${forward}; echo 1 >${conf}/send_redirects; nft delete table inet pacd_pac0`,
    );
    await until("the switches and the table", async () => {
      const now = await service.host.run(
        `cat ${forward} ${conf}/send_redirects; nft list table inet pacd_pac0 >/dev/null && echo table`,
      );
      return now.output === "1\n0\ntable\n";
    });
  });

  test("where it cannot write /proc/sys, it sets its interface by netlink, and tells what it cannot do", async () => {
    await service.dropIn("[Service]\nReadWritePaths=\n");
    await service.host.must("systemctl restart pacd");
    await service.host.must(`echo 0 >${conf}/forwarding; echo 1 >${conf}/send_redirects`);
    await until("the switches", async () => {
      return (await service.host.run(`cat ${conf}/forwarding ${conf}/send_redirects`)).output === "1\n0\n";
    });
    await service.host.must(`echo 0 >${forward}`);
    const told = await until("the status", async () => {
      const text = await service.show("StatusText");
      return text.includes("forwarding-off") && text;
    });
    assert.match(told, /sysctl -w net\.ipv4\.ip_forward=1/);
    await service.host.must(`echo 1 >${forward}`);
    await until("the status", async () => (await service.show("StatusText")) === "0 sessions are up");
    await service.dropIn(undefined);
    await service.host.must("systemctl restart pacd");
  });

  test("log lines are entries of the journal, found by user, with a priority and a sentence", async () => {
    await service.dial("anna", "wrong");
    const entries = await until("the entry", async () => {
      const found = await service.host.journal("-u pacd PACD_USER=anna PACD_VERDICT=bad-credentials");
      return found.length > 0 && found;
    });
    const [entry] = entries;
    assert.equal(entry?.["PRIORITY"], "6");
    assert.equal(entry?.["SYSLOG_IDENTIFIER"], "pacd");
    assert.equal(entry?.["PACD_CLIENT"], "10.9.0.2");
    assert.match(
      entry?.["MESSAGE"] ?? "",
      /^Call ended: .* \[attempt=\S+ user=anna client=10\.9\.0\.2 verdict=bad-credentials\]$/,
    );
    const all = JSON.stringify(await service.host.journal("-u pacd"));
    assert.ok(!all.includes("correct horse"), "a password is in the journal");
    assert.ok(!all.includes((await service.host.must("cat /var/lib/pacd/admin-token")).trim()));
  });

  test("who dials while it restarts waits, and is let in", async () => {
    const before = await mainPid();
    // The start is held up by a gate, so that the dial comes while nobody is there.
    await service.host.must("mkfifo -m 666 /run/gate");
    await service.dropIn("[Service]\nExecStartPre=/bin/sh -c 'read open </run/gate'\n");
    await service.host.must("systemctl restart --no-block pacd");
    await until("the gate", async () => (await service.show("SubState")) === "start-pre");
    const dial = service.dial();
    await until("the connection", async () =>
      /:1723\s+10\.9\.0\.2:/.test(await service.host.network("ss", "-tn", "state", "established")),
    );
    await service.host.must("echo open >/run/gate");
    const { code, output } = await dial;
    assert.equal(code, 0, output);
    assert.notEqual(await mainPid(), before);
    await service.dropIn(undefined);
  });

  test("an address that is no longer in the configuration is let go, and a new one is bound", async () => {
    service.configure(`${TWO_WORKERS}[pptp]\nlisten = "10.9.0.1:1723"\n`);
    await service.host.must("systemctl restart pacd");
    assert.match(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    await answered();
    service.configure(TWO_WORKERS);
    await service.host.must("systemctl restart pacd");
    assert.doesNotMatch(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    await answered();
  });

  test("killed, it is started again after a second", async () => {
    const before = await mainPid();
    await service.host.must(`kill -KILL ${before}`);
    await until("the next start", async () => ![0, before].includes(await mainPid()));
    await answered();
    assert.equal(await service.show("NRestarts"), "1");
    assert.equal(await service.show("RestartUSec"), "1s");
  });

  test("hung, it is killed by the watchdog, and started again", async () => {
    await service.dropIn("[Service]\nWatchdogSec=2s\n");
    await service.host.must("systemctl restart pacd");
    const before = await mainPid();
    await service.host.must(`kill -STOP ${before}`);
    await until("the next start", async () => ![0, before].includes(await mainPid()), 20_000);
    await answered();
    await service.host.must("journalctl -u pacd | grep -q 'Watchdog timeout'");
    await service.dropIn(undefined);
  });

  test("a configuration that it cannot start with is told with priority, and not tried again", async () => {
    service.configure("[pptp]\nlisten_on = 1\n");
    const { code } = await service.host.run("systemctl restart pacd");
    assert.equal(code, 1);
    assert.equal(await service.show("ActiveState"), "failed");
    assert.deepEqual([await service.show("ExecMainStatus"), await service.show("NRestarts")], ["1", "0"]);
    const [told] = (await service.host.journal("-u pacd -p err SYSLOG_IDENTIFIER=pacd")).slice(-1);
    assert.match(told?.["MESSAGE"] ?? "", /^pacd: \/etc\/pacd\/pacd\.toml:4: .*listen_on/);
    service.configure(TWO_WORKERS);
    await service.host.must("systemctl start pacd");
  });

  test("stopped, it leaves nothing on the host, and nobody listens", async () => {
    await service.host.must("systemctl stop pacd");
    assert.equal(await service.show("Result"), "success");
    assert.equal(await service.show("NFileDescriptorStore"), "0");
    assert.equal(await service.host.network("nft", "list", "tables"), "");
    assert.doesNotMatch(await service.host.network("ip", "-o", "link"), /pac0/);
    assert.doesNotMatch(await service.host.network("ss", "-tln"), /:1723/);
    assert.equal((await service.dial()).code, 1);
    assert.equal(await service.show("ActiveState"), "inactive");
  });

  test("a socket unit of the administrator's is adopted, where it says what the configuration says", async () => {
    const unit = "[Socket]\nListenStream=0.0.0.0:1723\n[Install]\nWantedBy=sockets.target\n";
    await service.host.must(`printf '${unit}' >/etc/systemd/system/pacd.socket && systemctl daemon-reload`);
    await service.host.must("systemctl start pacd.socket");
    await answered();
    assert.equal(await service.show("ActiveState"), "active");
    service.configure(`${TWO_WORKERS}[pptp]\nlisten = "0.0.0.0:1724"\n`);
    assert.equal((await service.host.run("systemctl restart pacd")).code, 1);
    const [told] = (await service.host.journal("-u pacd -p err SYSLOG_IDENTIFIER=pacd")).slice(-1);
    assert.match(
      told?.["MESSAGE"] ?? "",
      /socket unit "pacd\.socket" listens on 0\.0\.0\.0:1723, and pptp\.listen/,
    );
  });
});

test("the unit of the checkout names what the package has", () => {
  const unit = readFileSync(new URL("../../deploy/systemd/pacd.service", import.meta.url), "utf8");
  assert.match(unit, /^ExecStart=\/usr\/sbin\/pacd serve --config \/etc\/pacd\/pacd\.toml$/m);
});
