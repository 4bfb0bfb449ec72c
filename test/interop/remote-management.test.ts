import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Dialler } from "../support/lab/dialler.ts";
import { commands, recipe } from "../support/lab/handbook.ts";
import { Lab, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { attempt, end, type Outcome, start } from "../support/lab/processes.ts";
import { prepareSsh } from "../support/lab/ssh.ts";
import { until } from "../support/lab/until.ts";
import { needs } from "../support/needs.ts";

const [PACD, PACCTL] = ["pacd", "pacctl"].map((name) =>
  fileURLToPath(new URL(`../../bin/${name}`, import.meta.url)),
) as [string, string];
const NAME = "vpn.example.com";

const PROGRAMS = ["ip", "ss", "nft", "curl", "setpriv", "unshare", "nginx", "caddy", "ssh", "scp", "sshd"];
const skip = needs({ root: true, namespaces: true, tun: true, addon: true, programs: PROGRAMS });

describe("managing pacd from another host, as the handbook says", { skip }, () => {
  let lab: Lab;
  let other: Dialler;
  let pacd: ChildProcess;
  let output = "";
  let config: string;
  let pem: string;
  before(async () => {
    lab = await Lab.create();
    other = await Dialler.create(lab);
    config = join(lab.folder, "pacd.toml");
    pem = join(lab.folder, "pacd.pem");
    writeFileSync(config, '[state]\ndirectory = "state"\n[nat]\nmode = "off"\n');
  });
  after(() => lab?.close());

  const state = () => join(lab.folder, "state");
  const token = () => readFileSync(join(state(), "admin-token"), "utf8").trim();

  /** On the server itself. */
  const here = (...words: string[]): Promise<Outcome> => attempt(...entered(lab.namespace, words));
  /** On the other host, which knows the server's name and has the token. */
  const there = (...words: string[]): Promise<Outcome> => {
    const hosts = join(lab.folder, "hosts");
    writeFileSync(hosts, `127.0.0.1 localhost\n${SERVER_ADDRESS} ${NAME}\n`);
    const known = ["unshare", "--mount", "sh", "-c", `mount --bind ${hosts} /etc/hosts && exec "$@"`, "sh"];
    return attempt(...entered(other.namespace, ["env", `PACD_TOKEN=${token()}`, ...known, ...words]));
  };
  const entered = (namespace: Dialler["namespace"], words: readonly string[]) => {
    const [program, args] = namespace.enter(words[0]!, ...words.slice(1));
    return [program, ...args] as [string, ...string[]];
  };

  async function serve(): Promise<void> {
    const [program, ...args] = entered(lab.namespace, [PACD, "serve", "--config", config]);
    output = "";
    pacd = start(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    lab.onClose(() => end(pacd, "SIGKILL"));
    for (const stream of [pacd.stdout!, pacd.stderr!]) stream.on("data", (part: Buffer) => (output += part));
    await until(
      "the first lines of pacd",
      () => {
        if (pacd.exitCode !== null) throw new Error(`pacd ended:\n${output}`);
        return /^(Add the first user|Users): /m.test(output);
      },
      20_000,
    );
  }

  test("pacctl tls init and the lines for the configuration make an API that speaks TLS alone", async () => {
    const [init] = commands("pacctl tls init --name");
    const made = await here(PACCTL, "--config", config, ...init!.split(" ").slice(1));
    assert.equal(made.code, 0, made.output);
    appendFileSync(config, recipe("toml", "tls_certificate").replaceAll("/var/lib/pacd", state()));
    await serve();
    const fingerprint = /^SHA-256 (.*)$/m.exec(made.output)![1]!;
    assert.ok(output.includes(`Its certificate, SHA-256: ${fingerprint}`), output);
    const clear = await here("curl", "-sS", "http://127.0.0.1:8723/healthz");
    assert.match(clear.output, /"code":"tls-needed"/);
  });

  test("pacctl on the server needs to be told nothing but the configuration, which the start prints", async () => {
    const command = /^Add the first user: (.*)$/m.exec(output)![1]!;
    const { code, output: said } = await here("sh", "-c", command);
    assert.equal(code, 0, said);
  });

  test("another host manages it by --url and --ca, and by the environment", async () => {
    copyFileSync(join(state(), "tls/certificate.pem"), pem);
    for (const url of [`https://${NAME}:8723`, `https://${SERVER_ADDRESS}:8723`]) {
      const { code, output: said } = await there(PACCTL, "--url", url, "--ca", pem, "user", "list");
      assert.equal(code, 0, said);
      assert.match(said, /^alice /m);
    }
    const { code } = await there("env", `PACD_URL=https://${NAME}:8723`, `PACD_CA=${pem}`, PACCTL, "status");
    assert.equal(code, 0);
    const extra = await there(
      "env",
      `NODE_EXTRA_CA_CERTS=${pem}`,
      PACCTL,
      "--url",
      `https://${NAME}:8723`,
      "status",
    );
    assert.equal(extra.code, 0, extra.output);
    const curl = await there("curl", "-sS", "--cacert", pem, `https://${NAME}:8723/healthz`);
    assert.deepEqual(curl, { code: 0, output: '{"status":"ok"}' });
  });

  test("without the certificate it is refused with 3 and the options that help", async () => {
    const { code, output: said } = await there(PACCTL, "--url", `https://${NAME}:8723`, "status");
    assert.equal(code, 3);
    assert.match(said, /signed by nobody whom this host trusts.*--ca FILE/);
  });

  test("a pair that is replaced is in use within some seconds, without a restart", async () => {
    const made = await here(PACCTL, "--config", config, "tls", "init", "--name", NAME, "--replace");
    assert.equal(made.code, 0, made.output);
    copyFileSync(join(state(), "tls/certificate.pem"), pem);
    await until(
      "the new certificate",
      async () => (await there(PACCTL, "--url", `https://${NAME}:8723`, "--ca", pem, "status")).code === 0,
      20_000,
    );
  });

  test("the hook for certbot copies a renewed pair to where pacd can read it, which a configuration takes", async () => {
    const [live, etc, hook] = ["live", "etc", "hook"].map((name) => join(lab.folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(live);
    copyFileSync(pem, join(live, "fullchain.pem"));
    copyFileSync(join(state(), "tls/key.pem"), join(live, "privkey.pem"));
    // The group is the package's; everything else is as the handbook has it, in folders of the test's own.
    const written = recipe("sh", "renewal-hooks")
      .replaceAll("/etc/letsencrypt/renewal-hooks/deploy/pacd", hook)
      .replaceAll("/etc/pacd/", `${etc}/`)
      .replaceAll("-g pacd", "-g root");
    const made = await here("sh", "-e", "-c", written);
    assert.equal(made.code, 0, made.output);
    const ran = await here("env", `RENEWED_LINEAGE=${live}`, hook);
    assert.equal(ran.code, 0, ran.output);
    const modes = await here("stat", "-c", "%a", join(etc, "tls/key.pem"), join(etc, "tls/certificate.pem"));
    assert.equal(modes.output, "640\n644\n");
    const renewed = join(lab.folder, "renewed.toml");
    writeFileSync(
      renewed,
      `[admin]\ntls_certificate = "etc/tls/certificate.pem"\ntls_key = "etc/tls/key.pem"\n`,
    );
    assert.deepEqual(await here(PACD, "config", "check", "--config", renewed), {
      code: 0,
      output: `${renewed} is right.\n`,
    });
  });

  test("the rules for the firewall keep out who is not of the management network, and nobody else", async () => {
    const rules = commands("nft add ").filter((line) => line.includes(" pacd_admin"));
    assert.equal(rules.length, 4);
    const ask = () =>
      there("curl", "-sS", "--max-time", "2", "--cacert", pem, `https://${NAME}:8723/healthz`);
    const set = async (network: string) => {
      for (const rule of rules) {
        const { code, output: said } = await here("sh", "-c", rule.replaceAll("192.0.2.0/24", network));
        assert.equal(code, 0, said);
      }
    };
    await set("192.0.2.0/24");
    assert.equal((await ask()).code, 28);
    assert.equal(
      (await here("curl", "-sS", "--cacert", pem, `https://${SERVER_ADDRESS}:8723/healthz`)).code,
      0,
    );
    await here("nft", "delete", "table", "inet", "pacd_admin");
    await set("10.9.0.0/24");
    assert.equal((await ask()).code, 0);
    await here("nft", "delete", "table", "inet", "pacd_admin");
  });

  test("where it listens on the loopback, a proxy in front has its own certificate", async () => {
    await end(pacd);
    writeFileSync(config, '[state]\ndirectory = "state"\n[nat]\nmode = "off"\n');
    await serve();
    assert.match(output, /^Admin API: http:\/\/127\.0\.0\.1:8723/m);
    assert.notEqual((await there("curl", "-sS", "--max-time", "5", `http://${NAME}:8723/`)).code, 0);
  });

  /** A proxy, until it listens on 443; `check` is asked and the proxy ends. */
  async function behind(words: readonly string[], check: () => Promise<void>): Promise<void> {
    const [program, ...args] = entered(lab.namespace, ["env", `HOME=${lab.folder}`, ...words]);
    const proxy = start(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [proxy.stdout!, proxy.stderr!]) stream.on("data", (part: Buffer) => (said += part));
    try {
      await until(
        "the proxy",
        async () => {
          if (proxy.exitCode !== null) throw new Error(`${words[0]} ended:\n${said}`);
          return /:443\b/.test(await lab.namespace.run("ss", "-Hltn"));
        },
        20_000,
      );
      await check();
    } finally {
      await end(proxy);
    }
  }

  async function manage(): Promise<void> {
    const url = `https://${NAME}`;
    const listed = await there(PACCTL, "--url", url, "--ca", pem, "user", "list");
    assert.equal(listed.code, 0, listed.output);
    assert.match(listed.output, /^alice /m);
    const added = await there(PACCTL, "--url", url, "--ca", pem, "user", "disable", "alice");
    assert.equal(added.code, 0, added.output);
    const diff = await there(PACCTL, "--url", url, "--ca", pem, "config", "diff");
    assert.deepEqual([diff.code, diff.output], [0, `${config} says what runs.\n`]);
  }

  const pair = () => [join(state(), "tls/certificate.pem"), join(state(), "tls/key.pem")] as const;

  test("through SSH, with the recipe; and the certificate is copied as the handbook says", async () => {
    const folder = join(lab.folder, "ssh");
    prepareSsh(folder, NAME);
    const path = `PATH=${folder}/bin:${join(PACCTL, "..")}:${process.env["PATH"]}`;
    const typed = (words: string) =>
      there(
        "env",
        path,
        "sh",
        "-e",
        "-c",
        `cd ${folder}\n${recipe("sh", words).replaceAll("/var/lib/pacd", state())}`,
      );
    const daemon = "mount -t tmpfs none /run && mkdir /run/sshd && exec /usr/sbin/sshd -D -e -f $0";
    try {
      await behind(["unshare", "--mount", "sh", "-c", daemon, join(folder, "sshd")], async () => {
        const tunnel = await typed("ssh -f -N");
        assert.equal(tunnel.code, 0, tunnel.output);
        assert.match(tunnel.output, /^API +plain HTTP$/m);
        const copied = await typed("scp root@");
        // The API speaks plain HTTP by now; it is the copy that counts.
        assert.equal(copied.code, 3, copied.output);
        assert.equal(readFileSync(join(folder, "pacd.pem"), "utf8"), readFileSync(pem, "utf8"));
      });
    } finally {
      for (const pid of (await attempt("ip", "netns", "pids", other.namespace.name)).output.split("\n"))
        if (/^\d+$/.test(pid)) process.kill(Number(pid));
    }
  });

  test("nginx, with the recipe", async () => {
    const [certificate, key] = pair();
    const folder = join(lab.folder, "nginx");
    mkdirSync(folder);
    const site = recipe("nginx", "proxy_pass")
      .replace(/(ssl_certificate ).*;/, `$1${certificate};`)
      .replace(/(ssl_certificate_key ).*;/, `$1${key};`);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    writeFileSync(
      join(folder, "nginx.conf"),
      `user root; daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${temporary.join(" ")}\n${site}}\n`,
    );
    await behind(["nginx", "-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], manage);
  });

  test("Caddy, with the recipe", async () => {
    const file = join(lab.folder, "Caddyfile");
    const site = recipe("caddy", "reverse_proxy").replace("{\n", `{\n    tls ${pair().join(" ")}\n`);
    writeFileSync(file, `{\n    admin off\n    auto_https disable_redirects\n}\n${site}`);
    await behind(["caddy", "run", "--config", file, "--adapter", "caddyfile"], manage);
  });
});
