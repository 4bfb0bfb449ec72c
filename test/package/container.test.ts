import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { BuiltPackage } from "../support/debian/built-package.ts";
import { bareRoot } from "../support/debian/cached-root.ts";
import { RunningDial } from "../support/lab/dialler.ts";
import { Namespace } from "../support/lab/namespace.ts";
import { needs } from "../support/needs.ts";
import { Podman } from "../support/podman.ts";

const COMPOSE = readFileSync(new URL("../../deploy/docker/compose.yaml", import.meta.url), "utf8");
const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));

/** The words of a list of compose.yaml, without its comments. */
const listed = (name: string): readonly string[] =>
  [...new RegExp(`^ +${name}:\\n((?: +[-#].*\\n)+)`, "m").exec(COMPOSE)![1]!.matchAll(/^ +- (.*)$/gm)].map(
    ([, word]) => word!,
  );

const CAPABILITIES = [
  ...listed("cap_drop").flatMap((name) => ["--cap-drop", name]),
  ...listed("cap_add").flatMap((name) => ["--cap-add", name]),
];
const DEVICES = listed("devices").flatMap((path) => ["--device", path]);

const skip = needs({
  root: true,
  tun: true,
  addon: true,
  namespaces: true,
  programs: ["podman", "runc", "debootstrap", "ip"],
});

describe("the image of a container", { skip }, () => {
  const podman = new Podman();
  let built: BuiltPackage;
  let host: Namespace;
  let client: Namespace;
  let password: string;

  before(async () => {
    built = await BuiltPackage.build();
    await podman.import(await bareRoot("bookworm"), "localhost/base");
    await podman.build("localhost/pacd", "localhost/base", built.folder);
    host = await Namespace.create();
    client = await Namespace.create();
    await host.ip(`link add eth0 type veth peer name eth0 netns ${client.name}`);
    for (const [namespace, address] of [
      [host, "10.9.0.1/24"],
      [client, "10.9.0.2/24"],
    ] as const) {
      await namespace.ip(`addr add ${address} dev eth0`);
      await namespace.ip("link set eth0 up");
    }
  });
  after(async () => {
    await podman.close();
    await client?.remove();
    await host?.remove();
    built?.remove();
  });

  /** Words for `podman run`: as compose.yaml has it, on a host that forwards. */
  const words = (...more: readonly string[]): readonly string[] => [
    ...["--network", `ns:/run/netns/${host.name}`, "--sysctl", "net.ipv4.ip_forward=1", "--no-healthcheck"],
    ...["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"],
    ...more,
  ];

  const dial = (...more: readonly string[]): RunningDial => {
    const args = ["dial", "10.9.0.1", "--user", "alice", "--password-stdin", ...more];
    const [program, entered] = client.enter(PACCTL, ...args);
    const child = spawn(program, entered, { stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.end(password);
    return new RunningDial(child);
  };

  test("without the capabilities, or without the device, it says how it is to be started", async () => {
    const without = await podman.attempt(
      "run",
      "--rm",
      ...words("--cap-drop", "ALL", ...DEVICES),
      "localhost/pacd",
    );
    assert.notEqual(without.code, 0);
    assert.match(without.output, /--cap-add NET_ADMIN --cap-add NET_RAW --cap-add BPF --cap-add SYS_NICE/);
    const noDevice = await podman.attempt("run", "--rm", ...words(...CAPABILITIES), "localhost/pacd");
    assert.notEqual(noDevice.code, 0);
    assert.match(noDevice.output, /--device \/dev\/net\/tun/);
  });

  test("it serves in the foreground, as the user pacd with four capabilities, and logs to standard output", async () => {
    const state = ["--volume", "state:/var/lib/pacd"];
    const started = ["run", "--detach", "--name", "pacd", ...words(...CAPABILITIES, ...DEVICES, ...state)];
    await podman.run(...started, "localhost/pacd");
    // Its own health check answers once it serves.
    const [check] = JSON.parse(await podman.run("image", "inspect", "localhost/pacd"));
    const [, ...command] = check.HealthCheck?.Test ?? check.Healthcheck.Test;
    await podman.run("exec", "pacd", "sh", "-c", UNTIL_IT_ANSWERS, "sh", ...command);
    const status = await podman.run("exec", "pacd", "cat", "/proc/1/status");
    const uid = (await podman.run("exec", "pacd", "id", "-u", "pacd")).trim();
    assert.match(status, new RegExp(`^Uid:\\s${uid}\\s${uid}\\s${uid}\\s${uid}$`, "m"));
    for (const set of ["CapEff", "CapPrm", "CapBnd"])
      assert.match(status, new RegExp(`^${set}:\\s0000008000803000$`, "m"), status);
    assert.match(status, /^NoNewPrivs:\s1$/m);
    assert.match(await podman.run("logs", "pacd"), /serves PPTP on 0\.0\.0\.0:1723/);
  });

  test("a user is added inside, and dials in from outside", async () => {
    const said = JSON.parse(await podman.run("exec", "pacd", "pacctl", "user", "add", "alice", "--json"));
    password = said.password;
    const { code, output } = await dial().outcome();
    assert.equal(code, 0, output);
    assert.match(output, /^connected: address 10\.77\./m);
  });

  test("stopped, it says goodbye, and keeps its users in the volume", async () => {
    const running = dial("--tun", "t0");
    await running.up();
    await podman.run("stop", "--time", "20", "pacd");
    const { output } = await running.outcome();
    assert.match(output, /server (ended|hung up|closed|stopped|disconnected)|by the server/i);
    const [{ State }] = JSON.parse(await podman.run("container", "inspect", "pacd"));
    assert.equal(State.ExitCode, 0);
    await podman.run("start", "pacd");
    await podman.run("exec", "pacd", "sh", "-c", UNTIL_IT_ANSWERS, "sh", "pacctl", "status");
    const again = await dial().outcome();
    assert.equal(again.code, 0, again.output);
  });
});

/** In the container, at most 20 s; what it is told to run says whether pacd answers. */
const UNTIL_IT_ANSWERS =
  'n=0; until "$@" >/dev/null 2>&1; do n=$((n + 1)); [ $n -lt 100 ] || exit 1; sleep 0.2; done';
