import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { Lab, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { before, test } from "../support/lab/real-client.ts";
import { ReloadedPacd, type Sections } from "../support/lab/reloaded-pacd.ts";
import { until } from "../support/lab/until.ts";
import type { ON_A_HOST } from "../support/reload-tested-keys.ts";

const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));

const BASE: Sections = { state: { directory: '"state"' }, nat: { mode: '"auto"' } };

const withKeys = (section: string, keys: Readonly<Record<string, string>>): Sections => ({
  ...BASE,
  [section]: { ...BASE[section], ...keys },
});

describe("what a reload makes of keys that a host is needed for", () => {
  let lab: Lab;
  let pacd: ReloadedPacd;
  before(async () => {
    lab = await Lab.create();
    await lab.office();
    pacd = await ReloadedPacd.start(lab, BASE);
  });
  after(() => lab?.close());

  const run = (program: string, ...args: readonly string[]) => lab.namespace.run(program, ...args);
  const status = async () => (await pacd.api("GET", "status")).body;
  const holding = async (): Promise<readonly { code: string; sentence: string }[]> =>
    (await status()).conditions;
  const codes = async () => (await holding()).map(({ code }) => code);

  /** Where something listens. */
  const listening = async (): Promise<string> => run("ss", "-Hltn");

  /** As an operator of this host asks, who needs to know nothing but the configuration. */
  const pacctl = async (...words: readonly string[]) =>
    JSON.parse(await run(PACCTL, "--config", pacd.file, "--json", ...words));

  /** A key that is named, keeps its value, and is a condition until the file has the old one again. */
  const needsRestart = (section: string, key: string, value: string, told: RegExp) => async () => {
    const { changes } = await pacd.goOver(withKeys(section, { [key]: value }));
    assert.deepEqual(
      changes.map((change: { key: string; counts: string }) => [change.key, change.counts]),
      [[`${section}.${key}`, "restart"]],
    );
    const [condition] = (await holding()).filter(({ code }) => code === "restart-needed");
    assert.match(condition?.sentence ?? "", told);
    assert.match(await run("ip", "-o", "link", "show", "pac0"), /pac0/);
    await pacd.goOver(BASE);
    assert.ok(!(await codes()).includes("restart-needed"));
  };

  const PROOFS: Readonly<Record<(typeof ON_A_HOST)[number], () => Promise<void>>> = {
    "state.directory": needsRestart(
      "state",
      "directory",
      '"elsewhere"',
      /state\.directory \(".*\/state" → ".*\/elsewhere"\)/,
    ),
    "tunnel.interface": needsRestart(
      "tunnel",
      "interface",
      '"pac7"',
      /tunnel\.interface \("pac0" → "pac7"\)/,
    ),
    "data_plane.workers": needsRestart("data_plane", "workers", "1", /data_plane\.workers \(0 → 1\)/),
    "data_plane.mppe": needsRestart("data_plane", "mppe", '"typescript"', /data_plane\.mppe/),
    "pptp.listen": async () => {
      await pacd.goOver(withKeys("pptp", { listen: `"${SERVER_ADDRESS}:1723"` }));
      assert.match(await listening(), new RegExp(`\\b${SERVER_ADDRESS}:1723\\b`));
      assert.doesNotMatch(await listening(), /0\.0\.0\.0:1723/);
      assert.equal((await status()).listen, `${SERVER_ADDRESS}:1723`);
      await pacd.goOver(BASE);
      assert.match(await listening(), /0\.0\.0\.0:1723/);
    },
    "tunnel.allow_overlap": async () => {
      const overlapping = { pool: '["10.77.0.10-10.77.0.99", "10.8.0.128/25"]' };
      pacd.write(withKeys("tunnel", overlapping));
      assert.equal((await pacd.reload()).body.because, "pool-overlaps-host");
      const { notes } = await pacd.goOver(withKeys("tunnel", { ...overlapping, allow_overlap: "true" }));
      assert.ok(
        notes.some((note: string) => note.includes("overlaps 10.8.0.0/24")),
        notes.join("\n"),
      );
      await pacd.goOver(BASE);
    },
    "nat.mode": async () => {
      await pacd.goOver(withKeys("nat", { mode: '"off"' }));
      assert.doesNotMatch(await run("nft", "list", "tables"), /pacd/);
      assert.equal((await status()).nat, "off");
      await pacd.goOver(withKeys("nat", { mode: '"required"' }));
      assert.match(await run("nft", "list", "tables"), /inet pacd_pac0/);
      assert.equal((await status()).nat, "on");
      // It is watched from now on, as it was before.
      await run("nft", "delete", "table", "inet", "pacd_pac0");
      await until("the table", async () => /pacd_pac0/.test(await run("nft", "list", "tables")));
      await pacd.goOver(BASE);
    },
    "nat.accept_forward": async () => {
      await run(
        "nft",
        "add table ip docker; add chain ip docker others { type filter hook forward priority 0; policy drop; }",
      );
      await until("the condition", async () => (await codes()).includes("forward-blocked"));
      const ours = async () => /pacd/.test(await run("nft", "list", "chain", "ip", "docker", "others"));
      assert.ok(!(await ours()));
      await pacd.goOver(withKeys("nat", { accept_forward: "true" }));
      await until("the accept rules", ours);
      await until("no condition", async () => !(await codes()).includes("forward-blocked"));
      await pacd.goOver(BASE);
      assert.ok(!(await ours()));
      await run("nft", "delete table ip docker");
      await until("no condition", async () => !(await codes()).includes("forward-blocked"));
    },
    "admin.listen": async () => {
      await pacd.goOver(withKeys("admin", { listen: '"127.0.0.1:8999"' }));
      pacd.movesTo("127.0.0.1:8999");
      assert.doesNotMatch(await listening(), /127\.0\.0\.1:8723/);
      assert.equal((await pacctl("status")).listen, "0.0.0.0:1723");
      // The whole loopback, where the port stays: the one takes in the other.
      await pacd.goOver(withKeys("admin", { listen: '"0.0.0.0:8999"', allow_plain: "true" }));
      assert.match(await listening(), /0\.0\.0\.0:8999/);
      await pacd.goOver(BASE);
      pacd.movesTo("127.0.0.1:8723");
      assert.equal((await pacctl("status")).listen, "0.0.0.0:1723");
    },
    "admin.allow_plain": async () => {
      const open = { listen: `"${SERVER_ADDRESS}:8999"` };
      pacd.write(withKeys("admin", open));
      const { status: code, body } = await pacd.reload();
      assert.deepEqual([code, body.code], [422, "reload-refused"]);
      const { notes } = await pacd.goOver(withKeys("admin", { ...open, allow_plain: "true" }));
      assert.ok(
        notes.some((note: string) => /reads the token/.test(note)),
        notes.join("\n"),
      );
      pacd.movesTo(`${SERVER_ADDRESS}:8999`);
      await pacd.goOver(BASE);
      pacd.movesTo("127.0.0.1:8723");
    },
    "admin.socket": async () => {
      const [first, second] = [join(lab.folder, "reloaded/state/admin.sock"), join(lab.folder, "other.sock")];
      const bySocket = async (path: string) =>
        JSON.parse(await run(PACCTL, "--socket", path, "--json", "status")).listen;
      assert.equal(await bySocket(first), "0.0.0.0:1723");
      await pacd.goOver(withKeys("admin", { socket: `"${second}"` }));
      assert.equal(await bySocket(second), "0.0.0.0:1723");
      assert.equal(existsSync(first), false);
      await pacd.goOver(withKeys("admin", { socket: '""' }));
      assert.equal(existsSync(second), false);
      assert.equal((await pacctl("status")).listen, "0.0.0.0:1723");
      writeFileSync(second, "not a socket");
      pacd.write(withKeys("admin", { socket: `"${second}"` }));
      assert.deepEqual((await pacd.reload()).body.because, "address-unusable");
      await pacd.goOver(BASE);
      assert.equal(await bySocket(first), "0.0.0.0:1723");
    },
    "admin.socket_group": async () => {
      const path = join(lab.folder, "reloaded/state/admin.sock");
      await pacd.goOver(withKeys("admin", { socket_group: '"daemon"' }));
      assert.equal((await run("stat", "-c", "%G %a", path)).trim(), "daemon 660");
      pacd.write(withKeys("admin", { socket_group: '"no-such-group"' }));
      assert.deepEqual((await pacd.reload()).body.because, "address-unusable");
      await pacd.goOver(BASE);
      assert.equal((await run("stat", "-c", "%a", path)).trim(), "660");
    },
    "admin.trusted_proxies": async () => {
      const refused = async (name: string) => {
        const asked = `GET /api/v1/status HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${name}\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`;
        const octets = Buffer.from(asked).toString("base64");
        await lab.resident.ask("exchange", { host: "127.0.0.1", port: 8723, octets });
        return pacd.output.includes(`"address":"${name}"`);
      };
      assert.equal(await refused("203.0.113.8"), false);
      await pacd.goOver(withKeys("admin", { trusted_proxies: '["127.0.0.1"]' }));
      assert.equal(await refused("203.0.113.9"), true);
      await pacd.goOver(BASE);
      assert.equal(await refused("203.0.113.10"), false);
    },
    "admin.require_if_match": async () => {
      const remove = async () => (await pacd.api("DELETE", "users/nobody")).status;
      assert.equal(await remove(), 404);
      await pacd.goOver(withKeys("admin", { require_if_match: "true" }));
      assert.equal(await remove(), 428);
      await pacd.goOver(BASE);
      assert.equal(await remove(), 404);
    },
    "admin.tls_certificate": () => tls("first"),
    "admin.tls_key": () => tls("second"),
    "log.level": async () => {
      const quiet = () => /"level":20/.test(pacd.output);
      assert.ok(!quiet());
      await pacd.goOver(withKeys("log", { level: '"debug"' }));
      await pacd.api("GET", "sessions");
      await until("a line of level debug", quiet);
      await pacd.goOver(BASE);
    },
  };

  /** From plain HTTP to TLS with a new pair, and back. */
  async function tls(name: string): Promise<void> {
    const folder = join(lab.folder, `tls-${name}`);
    await run(PACCTL, "--config", pacd.file, "tls", "init", "--directory", folder);
    const files = { tls_certificate: `"${folder}/certificate.pem"`, tls_key: `"${folder}/key.pem"` };
    pacd.write(withKeys("admin", { ...files, tls_key: '"/nowhere.pem"' }));
    assert.equal((await pacd.reload()).body.because, "tls-unusable");
    assert.equal((await pacctl("status")).certificate, null);
    await pacd.goOver(withKeys("admin", files));
    const { certificate } = await pacctl("status");
    assert.ok(certificate.daysLeft > 100);
    // On a connection of its own: those that are open stay as they are.
    const octets = Buffer.from("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").toString("base64");
    const said = await lab.resident.ask("exchange", { host: "127.0.0.1", port: 8723, octets });
    assert.match(Buffer.from(said, "base64").toString(), /tls-needed/);
    pacd.write(BASE);
    await pacctl("reload");
    assert.equal((await pacctl("status")).certificate, null);
    assert.equal((await pacd.api("GET", "status")).status, 200);
  }

  for (const [key, proof] of Object.entries(PROOFS)) test(key, proof);
});
