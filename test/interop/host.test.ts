import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { SERVER_ADDRESS } from "../support/lab/lab.ts";
import { Pacd } from "../support/lab/pacd.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import { until } from "../support/lab/until.ts";

// One story: a client is connected, and the host under the server changes.
describe("a client, and what the host does under the server", () => {
  const scene = useScene(1);
  const run = (program: string, ...args: readonly string[]) => scene.lab.namespace.run(program, ...args);
  const status = async () => (await scene.pacd.api("GET", "/api/v1/status")).body;
  const reaches = () => scene.clients[0]!.guest.must("ping -c 3 -i 0.1 -W 2 10.77.0.1");
  let id = "";

  test("a client is up, and nothing was put right so far", async () => {
    await scene.clients[0]!.connect(ALICE);
    id = (await scene.pacd.sessions())[0].id;
    const { nat, conditions, hostRepairs } = await status();
    assert.deepEqual([nat, conditions, Object.values(hostRepairs).filter(Boolean)], ["on", [], []]);
  });

  for (const [what, command, part] of [
    ["the firewall is reloaded", "nft flush ruleset", "masquerade"],
    ["the interface is set down", "ip link set pac0 down", "link"],
    ["its address is removed", "ip address flush dev pac0", "address"],
    ["its routes are removed", "ip route flush dev pac0", "routes"],
    ["forwarding is turned off", "echo 0 >/proc/sys/net/ipv4/ip_forward", "forwarding"],
  ] as const) {
    test(`${what}: within seconds it is as it was, and the session goes on`, async () => {
      const before = (await status()).hostRepairs[part];
      await run("sh", "-c", command);
      await until(`${part} to be put right`, async () => (await status()).hostRepairs[part] > before);
      await until("no condition", async () => (await scene.pacd.api("GET", "/readyz")).status === 200);
      assert.match(await reaches(), /3 received/);
      assert.equal((await status()).nat, "on");
      assert.match(await run("nft", "list", "ruleset"), /table inet pacd_pac0 .*masquerade/s);
      assert.equal((await run("cat", "/proc/sys/net/ipv4/ip_forward")).trim(), "1");
    });
  }

  test("SIGHUP, SIGUSR1 and SIGUSR2 end nothing; an unchanged configuration changes nothing", async () => {
    for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2"] as const) scene.pacd.signal(signal);
    await until("the log", async () =>
      /The configuration was read again: nothing has changed/.test(scene.pacd.output),
    );
    assert.match(await reaches(), /3 received/);
  });

  test("the interface is deleted: the client gets its goodbye, the record says why, and the exit code is 75", async () => {
    const capture = await scene.lab.capture();
    await run("ip", "link", "delete", "pac0");
    assert.equal(await scene.pacd.ended(), 75);
    await scene.clients[0]!.lost();
    const told = dissect(await capture.stop()).filter(({ from }) => from === SERVER_ADDRESS);
    for (const goodbye of ["Call-Disconnect-Notify", "Stop-Control-Connection-Request"])
      assert.ok(
        told.some(({ what }) => what === goodbye),
        goodbye,
      );
    assert.match(
      scene.pacd.output,
      /The tunnel interface pac0 is gone: .* ends with exit code 75: start it again\./,
    );
    assert.doesNotMatch(await run("nft", "list", "tables"), /pacd/);
    scene.pacd = await Pacd.start(scene.lab);
    const { endReason, state } = (await scene.pacd.api("GET", `/api/v1/sessions/${id}`)).body;
    assert.deepEqual([state, endReason], ["ended", "server-failed"]);
    const { verdict } = await scene.pacd.lastAttempt();
    assert.deepEqual(
      [verdict.code, verdict.evidence],
      [
        "server-failed",
        "The tunnel interface pac0 is gone: something on this host has deleted or renamed it.",
      ],
    );
    await scene.clients[0]!.connect(ALICE);
    await scene.clients[0]!.hangUp();
  });
});
