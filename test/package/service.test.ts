import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { CHECKOUT, CheckoutService } from "../support/debian/checkout-service.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";
import { until } from "../support/lab/until.ts";

const skip = needsBooted();

/** What the unit may be exposed at most, by systemd's own reckoning: 0 is best, 10 worst. */
const MAX_EXPOSURE = 2.2;

const TWO_WORKERS = "[data_plane]\nworkers = 2\n";

describe("the unit, looked at by systemd-analyze", { skip }, () => {
  // systemd 252 and 257. The older one knows no pauses that grow.
  for (const [suite, ignored] of [
    ["bookworm", ["RestartSteps", "RestartMaxDelaySec"]],
    ["trixie", []],
  ] as const)
    test(`of ${suite}: it is exposed little, and no line is unknown that need not be`, async () => {
      const root = await CheckoutService.install("", suite);
      try {
        const unit = "/etc/systemd/system/pacd.service";
        const { output } = await root.run(`systemd-analyze security --no-pager --offline=true ${unit}`);
        const exposure = Number(/Overall exposure level for pacd.service: ([\d.]+)/.exec(output)?.[1]);
        assert.ok(exposure <= MAX_EXPOSURE, `${exposure}\n${output}`);
        const unknown = [...output.matchAll(/Unknown key '(\w+)'/g)].map(([, key]) => key);
        assert.deepEqual(unknown, ignored);
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

  test("starts with the host, and says in one line how it is", async () => {
    assert.equal(await service.show("ActiveState"), "active");
    assert.equal(await service.show("StatusText"), "0 sessions are up");
    await service.host.network("nft", "list", "table", "inet", "pacd_pac0");
    await service.answers();
  });

  test("is not root, and has four capabilities", async () => {
    const status = await service.host.must(`cat /proc/${await service.mainPid()}/status`);
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
      `for task in /proc/${await service.mainPid()}/task/*; do cut -d ' ' -f 2,19 $task/stat; done`,
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

  test("an entry that is too large for a datagram arrives whole", async () => {
    const program = `
      import { JournalDestination } from "${CHECKOUT}/server/platform/journal.ts";
      const fields = [..."abcdef"].map((key) => [key, "line\\n".repeat(12_000)]);
      const line = { level: 30, msg: "large", kind: "large", ...Object.fromEntries(fields) };
      new JournalDestination().write(JSON.stringify(line));
    `;
    await service.host.must(
      `cat >/run/large.mjs <<'END'\n${program}\nEND\n${CHECKOUT}/bin/node /run/large.mjs`,
    );
    const [entry] = await service.host.journal("--all PACD_KIND=large");
    for (const name of ["PACD_A", "PACD_F"]) assert.equal(entry?.[name], "line\n".repeat(12_000), name);
  });
});

test("the unit of the checkout names what the package has", () => {
  const unit = readFileSync(new URL("../../deploy/systemd/pacd.service", import.meta.url), "utf8");
  assert.match(unit, /^ExecStart=\/usr\/sbin\/pacd serve --config \/etc\/pacd\/pacd\.toml$/m);
});
