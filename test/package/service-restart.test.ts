import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CheckoutService } from "../support/debian/checkout-service.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";
import { until } from "../support/lab/until.ts";

const skip = needsBooted();

const TWO_WORKERS = "[data_plane]\nworkers = 2\n";

/** A busy machine takes its time to start a Node, in milliseconds. */
const SOON = 60_000;

describe("a service that ends and comes back", { skip }, () => {
  let service: CheckoutService;
  before(async () => {
    service = await CheckoutService.boot(TWO_WORKERS);
  });
  after(() => service?.close());

  test("who dials while it restarts waits, and is let in", async () => {
    const before = await service.mainPid();
    // The start is held up by a gate, so that the dial comes while nobody is there.
    await service.host.must("mkfifo -m 666 /run/gate");
    await service.dropIn("[Service]\nExecStartPre=/bin/sh -c 'read open </run/gate'\n");
    await service.host.must("systemctl restart --no-block pacd");
    await until("the gate", async () => (await service.show("SubState")) === "start-pre", SOON);
    const dial = service.dial();
    await until(
      "the connection",
      async () =>
        /:1723\s+10\.9\.0\.2:/.test(await service.host.network("ss", "-tn", "state", "established")),
      SOON,
    );
    await service.host.must("echo open >/run/gate");
    const { code, output } = await dial;
    assert.equal(code, 0, output);
    assert.notEqual(await service.mainPid(), before);
    await service.dropIn(undefined);
  });

  test("an address that is no longer in the configuration is let go, and a new one is bound", async () => {
    service.configure(`${TWO_WORKERS}[pptp]\nlisten = "10.9.0.1:1723"\n`);
    await service.host.must("systemctl restart pacd");
    assert.match(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    await service.answers();
    service.configure(TWO_WORKERS);
    await service.host.must("systemctl restart pacd");
    assert.doesNotMatch(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    await service.answers();
  });

  test("killed, it is started again after a second", async () => {
    const before = await service.mainPid();
    await service.host.must(`kill -KILL ${before}`);
    await until("the next start", async () => ![0, before].includes(await service.mainPid()), SOON);
    await service.answers();
    assert.equal(await service.show("NRestarts"), "1");
    assert.equal(await service.show("RestartUSec"), "1s");
  });

  test("hung, it is killed by the watchdog, and started again", async () => {
    await service.dropIn("[Service]\nWatchdogSec=5s\n");
    await service.host.must("systemctl restart pacd");
    const before = await service.mainPid();
    await service.host.must(`kill -STOP ${before}`);
    await until("the next start", async () => ![0, before].includes(await service.mainPid()), SOON);
    await service.answers();
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

  test("an address that the host does not have yet is waited for, as after a boot", async () => {
    service.configure(`${TWO_WORKERS}[pptp]\nlisten = ["10.9.0.1:1723", "10.9.0.7:1723"]\n`);
    assert.equal((await service.host.run("systemctl restart pacd")).code, 1);
    assert.equal(await service.show("ExecMainStatus"), "75");
    await service.host.network("ip", "addr", "add", "10.9.0.7/24", "dev", "eth0");
    await until("the start", async () => (await service.show("ActiveState")) === "active", SOON);
    await service.answers();
    service.configure(TWO_WORKERS);
    await service.host.must("systemctl restart pacd");
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
    await service.answers();
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
