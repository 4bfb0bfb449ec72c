import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CHECKOUT, CheckoutService } from "../support/debian/checkout-service.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";

const skip = needsBooted();

/** What the unit may be exposed at most, by systemd's own reckoning: 0 is best, 10 worst. */
const MAX_EXPOSURE = 2.2;

const FOLDER = "/var/lib/pacd-backup";
const SECRET = "--passphrase-file /etc/pacd/backup-passphrase";
const STATE = "/var/lib/pacd";

describe("backups of a service, by a timer, and the way back", { skip }, () => {
  let service: CheckoutService;
  before(async () => {
    service = await CheckoutService.boot();
    const units = fileURLToPath(new URL("../../deploy/systemd/", import.meta.url));
    for (const unit of ["pacd-backup.service", "pacd-backup.timer"]) {
      const text = readFileSync(`${units}${unit}`, "utf8");
      const path = service.root.path(`/etc/systemd/system/${unit}`);
      writeFileSync(path, text.replaceAll("/usr/bin/pacctl", `${CHECKOUT}/bin/pacctl`));
    }
    await service.host.must("systemctl daemon-reload");
  });
  after(() => service?.close());

  const backups = () =>
    readdirSync(service.root.path(FOLDER))
      .sort()
      .map((name) => `${FOLDER}/${name}`);
  const answered = async (answer = 0) => {
    const { code, output } = await service.dial();
    assert.equal(code, answer, output);
  };
  const restore = (file: string, more = "") =>
    service.host.must(`${CHECKOUT}/bin/pacctl backup restore ${file} ${SECRET} --to ${STATE} ${more}`);

  test("the unit is exposed little, and systemd of Debian 12 knows its every line", async () => {
    const unit = "/etc/systemd/system/pacd-backup.service";
    const { output } = await service.host.run(`systemd-analyze security --no-pager --offline=true ${unit}`);
    const exposure = Number(/Overall exposure level for pacd-backup.service: ([\d.]+)/.exec(output)?.[1]);
    assert.ok(exposure <= MAX_EXPOSURE, `${exposure}\n${output}`);
    assert.doesNotMatch(output, /Unknown/);
  });

  test("without a passphrase there is no backup, and the unit says why", async () => {
    const { code } = await service.host.run("systemctl start pacd-backup.service");
    assert.notEqual(code, 0);
    assert.equal(await service.show("ActiveState", "pacd-backup.service"), "failed");
  });

  test("with one, a backup that nobody else reads lies there, made without root", async () => {
    const secret = service.root.path("/etc/pacd/backup-passphrase");
    await service.host.must("install -m 0640 -g pacd /dev/null /etc/pacd/backup-passphrase");
    writeFileSync(secret, "correct horse battery\n");
    mkdirSync(service.root.path(FOLDER), { recursive: true, mode: 0o700 });
    for (let day = 1; day <= 15; day++)
      writeFileSync(
        service.root.path(`${FOLDER}/pacd-other-202501${String(day).padStart(2, "0")}T000000Z.tar.age`),
        "",
      );
    const started = await service.host.run("systemctl start pacd-backup.timer pacd-backup.service");
    assert.equal(started.code, 0, await service.host.must("journalctl -u pacd-backup.service -o cat"));
    const [file] = backups().filter((name) => !name.includes("pacd-other"));
    assert.match(file!, /\/pacd-[\w.-]+-\d{8}T\d{6}Z\.tar\.age$/);
    // Those of another host are none of its business.
    assert.equal(backups().length, 16);
    assert.equal((await service.host.must(`stat -c '%U %a' ${FOLDER} ${file}`)).trim(), "pacd 700\npacd 600");
    const said = await service.host.must(`${CHECKOUT}/bin/pacctl backup verify ${file} ${SECRET}`);
    assert.match(said, /is whole, and its key fits its database\.\n.*\nIt holds 1 user, /);
    assert.match(await service.pacctl("status"), /Last backup +20\d\d-/);
    assert.notEqual(await service.show("NextElapseUSecRealtime", "pacd-backup.timer"), "");
  });

  test("a restore waits until pacd is stopped; then everybody dials in as before", async () => {
    await answered();
    const file = backups().at(-1)!.includes("other") ? backups()[0]! : backups().at(-1)!;
    const words = `${CHECKOUT}/bin/pacctl backup restore ${file} ${SECRET} --to ${STATE} --force`;
    const refused = await service.host.run(words);
    assert.equal(refused.code, 6);
    assert.match(
      refused.output,
      /A pacd \(process \d+\) runs with .*: stop it first \(systemctl stop pacd\)/,
    );

    const token = await service.host.must(`cat ${STATE}/admin-token`);
    await service.host.must(`systemctl stop pacd && find ${STATE} -mindepth 1 -delete`);
    assert.match(await restore(file), /Restored to .*\nIt holds 1 user,/);
    assert.doesNotMatch(await service.host.must(`find ${STATE} ! -user pacd -o -perm /077`), /./);
    await service.host.must("systemctl start pacd");
    await answered();
    assert.equal(await service.host.must(`cat ${STATE}/admin-token`), token);
    assert.match(await service.pacctl("user list"), /anna/);
  });

  test("a pacd.db that is copied alone does not start, and says what is missing", async () => {
    // The copy is of a pacd that runs; it is stopped afterwards, and what it had is put away.
    await service.host.must(
      `cp -p ${STATE}/pacd.db /tmp/copied.db && systemctl stop pacd && rm ${STATE}/pacd.db* && cp -p /tmp/copied.db ${STATE}/pacd.db`,
    );
    const { code } = await service.host.run("systemctl start pacd");
    assert.notEqual(code, 0);
    const told = (await service.host.journal("_SYSTEMD_UNIT=pacd.service"))
      .map((entry) => entry["MESSAGE"])
      .join("\n");
    assert.match(told, /was copied while pacd was running, and without pacd\.db-wal/);
    const said = await service.host.must(`${CHECKOUT}/bin/pacctl backup accept --to ${STATE}`);
    assert.match(said, /It holds 1 user,/);
    await service.host.must("systemctl reset-failed pacd && systemctl start pacd");
    await answered();
  });
});
