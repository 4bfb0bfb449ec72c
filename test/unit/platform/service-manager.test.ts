import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ServiceManager, takeManagerEnvironment } from "../../../server/platform/service-manager.ts";
import { DatagramReceiver } from "../../support/datagram-receiver.ts";
import { needs } from "../../support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
const skip = needs({ addon: true, programs: ["perl"] });

const PID = 4711;
const full = () => ({
  PATH: "/bin",
  NOTIFY_SOCKET: "/run/systemd/notify",
  WATCHDOG_USEC: "30000000",
  WATCHDOG_PID: `${PID}`,
  LISTEN_FDS: "2",
  LISTEN_PID: `${PID}`,
  LISTEN_FDNAMES: "pacd.socket:pptp-0.0.0.0-1723",
  RUNTIME_DIRECTORY: "/run/pacd:/run/more",
});

test("what systemd says is taken out of the environment, so that no child takes it for its own", () => {
  const environment = full();
  assert.deepEqual(takeManagerEnvironment(environment, PID), {
    socket: "/run/systemd/notify",
    watchdog: 30_000,
    runtimeDirectory: "/run/pacd",
    handedOver: [
      { descriptor: 3, name: "pacd.socket" },
      { descriptor: 4, name: "pptp-0.0.0.0-1723" },
    ],
  });
  assert.deepEqual(environment, { PATH: "/bin" });
});

test("what is meant for another process, or is no number, counts for nothing", () => {
  const none = { socket: undefined, watchdog: undefined, runtimeDirectory: undefined, handedOver: [] };
  assert.deepEqual(takeManagerEnvironment({}, PID), none);
  assert.deepEqual(
    takeManagerEnvironment({ ...full(), NOTIFY_SOCKET: "vsock:2:1", RUNTIME_DIRECTORY: "run" }, PID + 1),
    none,
  );
  const odd = { LISTEN_FDS: "all", LISTEN_PID: `${PID}`, WATCHDOG_USEC: "soon", NOTIFY_SOCKET: "" };
  assert.deepEqual(takeManagerEnvironment(odd, PID), none);
});

test("sockets without names are handed over all the same", () => {
  const { handedOver } = takeManagerEnvironment({ LISTEN_FDS: "1", LISTEN_PID: `${PID}` }, PID);
  assert.deepEqual(handedOver, [{ descriptor: 3, name: "" }]);
});

test("the manager is told in its own words, a line break in a status being a blank", { skip }, async () => {
  const path = join(folder, "notify");
  const receiver = await DatagramReceiver.open(path);
  try {
    const manager = new ServiceManager({ socket: path });
    const next = async () => `${await receiver.next()}`;
    manager.ready("one\nREADY=0");
    assert.equal(await next(), "READY=1\nSTATUS=one READY=0");
    manager.status("x".repeat(1000));
    assert.equal((await next()).length, "STATUS=".length + 300);
    manager.alive();
    assert.equal(await next(), "WATCHDOG=1");
    manager.reloading();
    assert.match(await next(), /^RELOADING=1\nMONOTONIC_USEC=\d+$/);
    manager.stopping("bye");
    assert.equal(await next(), "STOPPING=1\nSTATUS=bye");
    manager.dropSocket("pptp-0.0.0.0-1723");
    assert.equal(await next(), "FDSTOREREMOVE=1\nFDNAME=pptp-0.0.0.0-1723");
    manager.keepSocket(1, "pptp-0.0.0.0-1723");
    assert.equal(await next(), "FDSTORE=1\nFDNAME=pptp-0.0.0.0-1723\nFDPOLL=0");
  } finally {
    await receiver.close();
  }
});

test("a manager that is not there, or is gone, is no error", { skip }, () => {
  new ServiceManager({ socket: undefined }).ready("");
  new ServiceManager({ socket: join(folder, "nobody") }).ready("");
  new ServiceManager({ socket: "@nobody-of-pacd" }).alive();
});
