import assert from "node:assert/strict";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Booted } from "../support/debian/booted.ts";
import { BuiltPackage, CURRENT, NEEDED_BY_PACD } from "../support/debian/built-package.ts";
import type { Suite } from "../support/debian/cached-root.ts";
import { DebianRoot } from "../support/debian/debian-root.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";
import { ROOTS } from "../support/debian/roots-folder.ts";
import { Namespace } from "../support/lab/namespace.ts";
import { attempt, type Outcome } from "../support/lab/processes.ts";
import { stateFrom } from "../support/state-from-dump.ts";

const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));
const [OLD, NEXT, LATER] = ["0.9.0", "1.1.0", "1.2.0"];
const CONFIG = "/etc/pacd/pacd.toml";

/** The short form has one Debian; `PACD_PACKAGE_TEST=all` has those that debootstrap can make here. */
const ALL = process.env["PACD_PACKAGE_TEST"] === "all";
const UBUNTU = "/usr/share/debootstrap/scripts/noble /usr/share/keyrings/ubuntu-archive-keyring.gpg".split(
  " ",
);
const noble = existsSync(join(ROOTS, "noble")) || UBUNTU.every((file) => existsSync(file));
const SUITES: readonly Suite[] = ALL
  ? ["bookworm", "trixie", ...(noble ? ["noble" as const] : [])]
  : ["bookworm"];

const skip = needsBooted("lintian", "dpkg-deb");

for (const suite of SUITES) {
  describe(`the package in a fresh ${suite}`, { skip }, () => {
    let built: BuiltPackage;
    let root: DebianRoot;
    let host: Booted;
    let client: Namespace;
    let fresh: ReadonlySet<string>;
    let password: string;

    before(async () => {
      built = await BuiltPackage.build({ compressed: ALL });
      await built.repack(OLD);
      await built.repack(NEXT);
      await built.repack(LATER, "sed -i '1s/$/ (changed)/' etc/pacd/pacd.toml");
      root = await DebianRoot.open({
        suite,
        packages: NEEDED_BY_PACD,
        binds: [{ from: built.folder, to: "/opt/debs" }],
      });
      host = await root.boot();
      client = await Namespace.create();
      await host.connect(client, { here: "10.9.0.1/24", there: "10.9.0.2/24" });
      fresh = await files();
    });
    after(async () => {
      await client?.remove();
      await root?.close();
      built?.remove();
    });

    /** Every file and folder of the system, but for what apt, dpkg and the system keep of what was done. */
    async function files(): Promise<ReadonlySet<string>> {
      const left = "find /etc /usr /var /home /opt /srv /root /lib/systemd -xdev | sort";
      const kept =
        /^\/(opt\/debs|var\/(log|cache\/(apt|ldconfig)|lib\/(apt|dpkg|systemd|ucf))|etc\/ld\.so\.cache)/;
      const own = /^\/var\/lib\/(dpkg\/info\/pacd|systemd\/deb-systemd)/;
      const all = (await host.must(left)).trim().split("\n");
      return new Set(all.filter((path) => own.test(path) || !kept.test(path)));
    }

    /** What an administrator types; apt without a terminal. */
    const install = (version: string): Promise<string> =>
      host.must(`DEBIAN_FRONTEND=noninteractive apt-get install -y /opt/debs/${built.name(version)} 2>&1`);

    const dial = (user: string, secret: string): Promise<Outcome> => {
      const words = 'printf %s "$1" | "$2" dial 10.9.0.1 --user "$3" --password-stdin';
      const [program, args] = client.enter("sh", "-c", words, "sh", secret, PACCTL, user);
      return attempt(program, ...args);
    };

    async function connects(user: string, secret: string): Promise<void> {
      const { code, output } = await dial(user, secret);
      assert.equal(code, 0, output);
      assert.match(output, /^connected: address 10\.77\.\d+\.\d+, encryption MPPE 128/m);
    }

    const mainPid = async () => (await host.must("systemctl show --value --property MainPID pacd")).trim();
    const isActive = async () => (await host.run("systemctl is-active pacd")).output.trim();

    test("built again, it is the same, octet for octet", async () => {
      const again = await BuiltPackage.build({ compressed: ALL });
      const both = [built, again].map((one) => join(one.folder, one.name()));
      try {
        assert.deepEqual(await attempt("cmp", ...both), { code: 0, output: "" });
      } finally {
        again.remove();
      }
    });

    test("lintian has nothing to say", async () => {
      const { code, output } = await attempt(
        "lintian",
        ...["--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0"],
        // What is only tried out is not compressed.
        ...[
          "--suppress-tags",
          "uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball",
        ],
        join(built.folder, built.name()),
      );
      assert.deepEqual([code, output], [0, ""]);
    });

    test("apt installs and starts it, and says what comes next", async () => {
      const said = await install(OLD);
      for (const words of [
        /pacctl user add alice/,
        /TCP port 1723 and IP protocol 47 \(GRE\)/,
        /127\.0\.0\.1:8723/,
      ])
        assert.match(said, words);
      assert.equal(await isActive(), "active");
      assert.equal((await host.must("systemctl is-enabled pacd")).trim(), "enabled");
      assert.equal((await host.must(`stat -c %U:%G /proc/${await mainPid()}`)).trim(), "pacd:pacd");
    });

    test("everything lies where it belongs, with its owner and mode", async () => {
      const owned = await host.must(
        `stat -c '%a %U:%G %n' /etc/pacd ${CONFIG} /var/lib/pacd /var/lib/pacd/* /var/cache/pacd /usr/sbin/pacd /usr/bin/pacctl /usr/lib/pacd/node`,
      );
      assert.deepEqual(
        owned
          .trim()
          .split("\n")
          .filter((line) => !/pacd\.(db-|lock)/.test(line))
          .sort(),
        [
          `640 root:pacd ${CONFIG}`,
          "600 pacd:pacd /var/lib/pacd/admin-api.json",
          "600 pacd:pacd /var/lib/pacd/admin-token",
          "600 pacd:pacd /var/lib/pacd/pacd.db",
          "600 pacd:pacd /var/lib/pacd/secret.key",
          "700 pacd:pacd /var/lib/pacd",
          "755 pacd:pacd /var/cache/pacd",
          "755 root:root /etc/pacd",
          "755 root:root /usr/bin/pacctl",
          "755 root:root /usr/lib/pacd/node",
          "755 root:root /usr/sbin/pacd",
        ].sort(),
      );
      assert.equal(await host.must("dpkg --verify pacd"), "");
      assert.match(await host.must("getent passwd pacd"), /:\/var\/lib\/pacd:\/usr\/sbin\/nologin$/m);
      for (const page of ["man1/pacctl.1", "man5/pacd.toml.5", "man8/pacd.8"])
        await host.must(`test -s /usr/share/man/${page}.gz`);
    });

    test("both commands are in the path, and say which version they are", async () => {
      const { version } = (await import("../../package.json", { with: { type: "json" } })).default;
      assert.equal(await host.must("cd / && pacd --version && pacctl --version"), `${version}\n${version}\n`);
      assert.match((await host.run("pacd check")).output, /native addon/i);
    });

    test("root adds a user, who dials in from another host", async () => {
      const said = await host.must("pacctl user add alice --json");
      ({ password } = JSON.parse(said));
      await connects("alice", password);
      assert.match(await host.must("pacctl session list; pacctl attempt list"), /alice/);
    });

    test("somebody who is not root reads what to do", async () => {
      const { code, output } = await host.run(
        "setpriv --reuid 65534 --regid 65534 --clear-groups pacctl status",
      );
      assert.equal(code, 4, output);
      assert.match(output, /sudo|as root/);
      assert.match(output, /PACD_TOKEN/);
    });

    test("root's pacctl and pacd run no compiled code that the user pacd could have written", async () => {
      const before = await host.must("find /var/cache/pacd -user root");
      await host.must("pacd --version && pacctl --version");
      assert.equal(await host.must("find /var/cache/pacd -user root"), before);
      assert.equal(before, "");
    });

    test("the API has its pages, of swagger-ui", async () => {
      const fetched = `
        const page = await fetch("http://127.0.0.1:8723/docs/");
        const files = (await page.text()).match(/static\\/[\\w.-]+\\.(?:js|css|png)/g);
        for (const file of files) {
          const answer = await fetch("http://127.0.0.1:8723/docs/" + file);
          console.log(answer.status, file, (await answer.arrayBuffer()).byteLength);
        }`;
      const answers = await host.must(`/usr/lib/pacd/node --input-type=module -e '${fetched}'`);
      assert.ok(answers.split("\n").length > 4);
      assert.doesNotMatch(answers, /^[^2]\d\d /m);
    });

    test("what a command loads only when it is needed came along", async () => {
      await host.must("mkdir -p /opt/tried && echo 'something to try' >/opt/tried/passphrase");
      assert.match(await host.must("pacctl tls init --directory /opt/tried/tls"), /([0-9A-F]{2}:){31}/);
      const file = "/opt/tried/a.tar.age --passphrase-file /opt/tried/passphrase";
      await host.must(`pacctl backup create ${file} && pacctl backup restore ${file} --to /opt/tried/state`);
      await host.must("cmp /opt/tried/state/secret.key /var/lib/pacd/secret.key && rm -r /opt/tried");
    });

    test("an upgrade restarts the service, and keeps users and an edited configuration", async () => {
      await host.must(`sed -i 's/^# dns = .*/dns = ["10.8.0.53"]/' ${CONFIG}`);
      const pid = await mainPid();
      const said = await install(CURRENT);
      assert.doesNotMatch(said, /pacctl user add|did not start/);
      assert.notEqual(await mainPid(), pid);
      assert.equal(await isActive(), "active");
      assert.match(await host.must(`cat ${CONFIG}`), /^dns = \["10\.8\.0\.53"\]$/m);
      assert.match((await dial("alice", password)).output, /DNS 10\.8\.0\.53/);
    });

    test("a database of the first schema is brought up to date, and its users log in", async (t) => {
      await host.must(
        "systemctl stop pacd && mv /var/lib/pacd /var/lib/pacd.kept && install -d -o pacd -g pacd -m 700 /var/lib/pacd",
      );
      const state = stateFrom(t, "0001-first-tables.sql");
      for (const file of ["pacd.db", "secret.key"])
        copyFileSync(join(state, file), root.path(`/var/lib/pacd/${file}`));
      await host.must("chown pacd:pacd /var/lib/pacd/* && chmod 600 /var/lib/pacd/*");
      await install(NEXT);
      await host.must("systemctl start pacd");
      await connects("anna", "clientPass");
      await host.must(
        "systemctl stop pacd && rm -r /var/lib/pacd && mv /var/lib/pacd.kept /var/lib/pacd && systemctl start pacd",
      );
      await connects("alice", password);
    });

    test("a service that was stopped and disabled stays so over an upgrade", async () => {
      await host.must("systemctl disable --now pacd");
      await install(CURRENT).catch(() =>
        host.must(`apt-get install -y --allow-downgrades /opt/debs/${built.name()}`),
      );
      assert.equal(await isActive(), "inactive");
      assert.equal((await host.run("systemctl is-enabled pacd")).output.trim(), "disabled");
      await host.must("systemctl enable --now pacd");
      await connects("alice", password);
    });

    test("where the service cannot start the package is installed all the same, and says why", async () => {
      await host.must(`cp -p ${CONFIG} /tmp/kept.toml && echo 'frob = 1' >>${CONFIG}`);
      const said = await install(NEXT);
      assert.match(said, /pacd is installed, but did not start/);
      assert.match(said, /pacd\.toml:\d+: .*frob/);
      assert.match(said, /systemctl restart pacd/);
      assert.match(await host.must("dpkg -s pacd"), /^Status: install ok installed$/m);
      await host.must(`cp -p /tmp/kept.toml ${CONFIG} && rm /tmp/kept.toml && systemctl restart pacd`);
      await connects("alice", password);
    });

    test("a new configuration file is not laid over one that was edited", async () => {
      await host.must(
        `DEBIAN_FRONTEND=noninteractive apt-get install -y -o Dpkg::Options::=--force-confold /opt/debs/${built.name(LATER)} 2>&1`,
      );
      assert.match(await host.must(`cat ${CONFIG}`), /^dns = \["10\.8\.0\.53"\]$/m);
      assert.match(await host.must(`cat ${CONFIG}.dpkg-dist`), /\(changed\)/);
      assert.equal((await host.must(`stat -c %a:%U:%G ${CONFIG}`)).trim(), "640:root:pacd");
    });

    test("remove ends the service, takes its hands off the host, and keeps users and settings", async () => {
      await host.must("DEBIAN_FRONTEND=noninteractive apt-get remove -y pacd 2>&1");
      assert.equal(await host.must("find /proc -maxdepth 1 -user pacd"), "");
      assert.equal(await host.must("nft list tables"), "");
      assert.equal((await host.run("ip link show pac0; ls /usr/lib/pacd /usr/sbin/pacd")).code === 0, false);
      await host.must(`test -s /var/lib/pacd/pacd.db && grep -q 10.8.0.53 ${CONFIG}`);
      assert.doesNotMatch(
        await host.must("systemctl list-units --all --plain --no-legend"),
        /pacd.*(running|failed)/,
      );
    });

    test("installed again, everybody dials in as before", async () => {
      await install(LATER);
      await connects("alice", password);
    });

    test("purge leaves nothing behind but the user", async () => {
      await host.must("DEBIAN_FRONTEND=noninteractive apt-get purge -y pacd 2>&1");
      assert.deepEqual(
        [...(await files())].filter((path) => !fresh.has(path)),
        [],
      );
      assert.match(await host.must("getent passwd pacd"), /nologin/);
    });
  });
}
