import assert from "node:assert/strict";
import { after, describe } from "node:test";
import { Dialler } from "../support/lab/dialler.ts";
import { Lab, OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { Pacd } from "../support/lab/pacd.ts";
import { before, test } from "../support/lab/real-client.ts";

const PASSWORD = "s3cret";
const ALICE = [SERVER_ADDRESS, "--user", "alice"];

describe("pacctl dial against bin/pacd", () => {
  let lab: Lab;
  let pacd: Pacd;
  let host: Dialler;
  before(async () => {
    lab = await Lab.create();
    await lab.office();
    pacd = await Pacd.start(lab);
    await pacd.addUser("alice", PASSWORD);
    host = await Dialler.create(lab);
  });
  after(() => lab?.close());

  test("a dial shows its six stages, hangs up in order and exits with 0", async () => {
    const { code, output } = await host.dial(ALICE, PASSWORD);
    assert.equal(code, 0, output);
    assert.equal(output.match(/^ok {2}/gm)?.length, 6, output);
    assert.match(
      output,
      /^connected: address 10\.77\.0\.1[01], encryption MPPE 128 bits stateless, MTU 1396/m,
    );
    assert.equal((await pacd.lastAttempt()).verdict.code, "client-hung-up");
    assert.deepEqual(await pacd.sessions(), []);
  });

  test("a TUN carries packets to the server and to what a route names, and goes with Ctrl-C", async () => {
    const dial = host.start([...ALICE, "--tun", "vpn0", "--route", "10.8.0.0/24"], PASSWORD);
    await dial.up();
    const ping = (address: string, ...more: string[]) =>
      host.namespace.run("ping", "-c", "3", "-i", "0.1", "-W", "2", ...more, address);
    assert.match(await ping("10.77.0.1"), /3 received/);
    assert.match(await ping(OFFICE_ADDRESS, "-s", "1368", "-M", "do"), /3 received/);
    const [session] = await pacd.sessions();
    assert.equal(session.clientAddress, "10.9.0.77");
    const { code, output } = await dial.interrupt();
    assert.equal(code, 0, output);
    assert.match(output, /^hung up: received [6-9] packets .*, sent [6-9] /m);
    assert.doesNotMatch(await host.namespace.ip("-o link show"), /vpn0/);
    assert.deepEqual(await pacd.sessions(), []);
  });

  test("a wrong password is told with error 691, and exits with 1", async () => {
    const { code, output } = await host.dial(ALICE, "wrong");
    assert.equal(code, 1);
    assert.match(output, /^failed: bad-credentials$/m);
    assert.match(output, /691/);
    assert.doesNotMatch(output, /wrong$/m);
  });

  test("where a firewall drops GRE, gre-blocked says so", async () => {
    const chain = "chain enter { type filter hook input priority 0; ip protocol gre drop; }";
    await host.namespace.run("nft", `table ip block {\n${chain}\n}`);
    const { code, output } = await host.dial([...ALICE, "--timeout", "3"], PASSWORD);
    await host.namespace.run("nft", "delete", "table", "ip", "block");
    assert.equal(code, 1);
    assert.match(output, /^failed: gre-blocked$/m);
  });

  test("where nothing listens, tcp-refused says so", async () => {
    const { code, output } = await host.dial(["10.9.0.77", "--user", "alice"], PASSWORD);
    assert.equal(code, 1);
    assert.match(output, /^failed: tcp-refused$/m);
  });

  test("without CAP_NET_RAW it says so, and what to do", async () => {
    const unprivileged = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];
    const { code, output } = await host.dial(ALICE, PASSWORD, unprivileged);
    assert.equal(code, 1);
    assert.match(output, /refuses pacctl a raw socket/);
    assert.match(output, /as root/);
  });
});
