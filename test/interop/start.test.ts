import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { after, describe } from "node:test";
import { Lab } from "../support/lab/lab.ts";
import { Pacd, runPacd } from "../support/lab/pacd.ts";
import { before, test } from "../support/lab/real-client.ts";
import { until } from "../support/lab/until.ts";

/** What the README promises for a start that has nothing to install. */
const START_LIMIT_MS = 3000;

/** In a mount namespace of its own, an empty folder lies over another one while pacd runs. */
const without = (folder: string): readonly string[] => [
  ...["unshare", "--mount", "sh", "-c"],
  `mount -t tmpfs none ${folder} && exec "$@"`,
  "sh",
];

const TWO_WORKERS = "\n[data_plane]\nworkers = 2\n";

/** Root, but for what bpf(2) needs; some hosts give that to everybody, and nothing is missing there. */
const WITHOUT_BPF = ["setpriv", "--bounding-set=-bpf,-sys_admin"];
const bpfIsFree = (): boolean =>
  readFileSync("/proc/sys/kernel/unprivileged_bpf_disabled", "utf8").trim() === "0";

describe("starting pacd", () => {
  let lab: Lab;
  let pacd: Pacd;
  before(async () => {
    lab = await Lab.create();
  });
  after(() => lab?.close());

  test("without root it says so in one sentence", async () => {
    const { code, output } = await runPacd(lab, "serve", [
      "setpriv",
      "--bounding-set=-all",
      "--inh-caps=-all",
    ]);
    assert.equal(code, 1);
    assert.match(output, /^pacd: .*run it as root.*\n$/);
  });

  test("without /dev/net/tun it says so in one sentence", async () => {
    const { code, output } = await runPacd(lab, "serve", without("/dev/net"));
    assert.equal(code, 1);
    assert.match(output, /^pacd: .*\/dev\/net\/tun.*\n$/);
  });

  test("an unknown key is refused with file, line and key", async () => {
    const { code, output } = await runPacd(lab, "serve", [], "\n[pptp]\nlisten_on = 1723\n");
    assert.equal(code, 1);
    assert.match(output, /^pacd: .*pacd\.toml:15: .*listen_on/);
  });

  test("an API address that is not this host's is refused in one sentence, and nothing stays behind", async () => {
    const { code, output } = await runPacd(lab, "serve", [], "allow_plain = true", "192.0.2.1:8723");
    assert.equal(code, 75, "it may have it in a minute");
    assert.equal(output, "pacd: pacd cannot listen on 192.0.2.1:8723: this host has no such address.\n");
    assert.doesNotMatch(await lab.namespace.run("nft", "list", "tables"), /inet pacd/);
    assert.doesNotMatch(await lab.namespace.ip("-o link show"), /pac0/);
  });

  test("check finds nothing missing and changes nothing", async () => {
    const rules = () => lab.namespace.run("nft", "list", "ruleset");
    const earlier = await rules();
    const { code, output } = await runPacd(lab, "check");
    assert.equal(code, 0, output);
    assert.equal(await rules(), earlier);
    assert.doesNotMatch(await lab.namespace.ip("-o link show"), /pac0/);
  });

  test("without nft it goes on and says that clients have no NAT", async () => {
    pacd = await Pacd.start(lab, without("/usr/sbin"));
    assert.match(pacd.output, /\bnft\b.*\n.*without NAT/);
    assert.equal((await pacd.api("GET", "/api/v1/status")).body.nat, "unavailable");
    assert.equal(await pacd.stop("SIGTERM"), 0);
  });

  test("two packet workers run where two are wanted, and nothing is said of it", async () => {
    assert.doesNotMatch((await runPacd(lab, "check", [], TWO_WORKERS)).output, /packets/);
    pacd = await Pacd.start(lab, [], TWO_WORKERS);
    assert.doesNotMatch(pacd.output, /packets/);
    assert.equal((await pacd.api("GET", "/api/v1/status")).body.packetWorkers, 2);
    assert.equal(await pacd.stop("SIGTERM"), 0);
    assert.doesNotMatch(await lab.namespace.ip("-o link show"), /pac0/);
  });

  test("where bpf(2) is forbidden one packet worker runs, and check and start say why", async () => {
    const [workers, says] = bpfIsFree()
      ? [2, /^/]
      : [1, /One thread carries all packets instead of 2: .*bpf/];
    const { code, output } = await runPacd(lab, "check", WITHOUT_BPF, TWO_WORKERS);
    assert.deepEqual([code, says.test(output)], [0, true], output);
    pacd = await Pacd.start(lab, WITHOUT_BPF, TWO_WORKERS);
    assert.match(pacd.output, says);
    assert.equal((await pacd.api("GET", "/api/v1/status")).body.packetWorkers, workers);
    assert.equal(await pacd.stop("SIGTERM"), 0);
    assert.doesNotMatch(await lab.namespace.ip("-o link show"), /pac0/);
  });

  test("a start says where the API and its token are, within three seconds", async () => {
    const began = performance.now();
    pacd = await Pacd.start(lab);
    const took = performance.now() - began;
    assert.ok(took < START_LIMIT_MS, `${took} ms`);
    const token = /Admin API: http:\/\/127\.0\.0\.1:8723, token in (\S+\/admin-token)\b/.exec(
      pacd.output,
    )?.[1];
    assert.ok(token !== undefined, pacd.output);
    assert.equal(statSync(token).mode & 0o777, 0o600);
  });

  test("the command that it prints adds the first user", async () => {
    const line = /^Add the first user: (.*)$/m.exec(pacd.output)?.[1];
    assert.ok(line !== undefined, pacd.output);
    await lab.namespace.run("sh", "-c", line);
    const { items } = (await pacd.api("GET", "/api/v1/users")).body;
    assert.deepEqual(
      items.map(({ name }: { name: string }) => name),
      ["alice"],
    );
  });

  test("a second pacd on the same port gives up with one sentence and harms nothing", async () => {
    const { code, output } = await runPacd(lab, "serve");
    assert.equal(code, 1);
    assert.match(output, /^pacd: .*0\.0\.0\.0:1723 already.*\n$/);
    assert.match(await lab.namespace.run("nft", "list", "tables"), /inet pacd/);
    assert.equal((await pacd.api("GET", "/readyz")).status, 200);
  });

  test("SIGUSR1 opens no debugger, and it serves on", async () => {
    const signals = () => readFileSync(`/proc/${pacd.pid}/status`, "utf8");
    assert.match(signals(), /^SigBlk:.*2[0-9a-f]{2}$/m);
    process.kill(pacd.pid, "SIGUSR1");
    await until("the signal", () => /^ShdPnd:.*2[0-9a-f]{2}$/m.test(signals()));
    assert.doesNotMatch(await lab.namespace.run("ss", "-Hltn"), /:9229\b/);
    assert.equal((await pacd.api("GET", "/readyz")).status, 200);
  });

  test("two signals at once, as Ctrl-C under npm gives, stop it with goodbyes once", async () => {
    assert.deepEqual(await Promise.all([pacd.stop("SIGINT"), pacd.stop("SIGTERM")]), [0, 0]);
    assert.doesNotMatch(await lab.namespace.run("nft", "list", "tables"), /inet pacd/);
  });
});
