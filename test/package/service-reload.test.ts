import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CheckoutService } from "../support/debian/checkout-service.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";

const skip = needsBooted();

const TWO_WORKERS = "[data_plane]\nworkers = 2\n";

describe("systemctl reload pacd", { skip }, () => {
  let service: CheckoutService;
  before(async () => {
    service = await CheckoutService.boot(TWO_WORKERS);
  });
  after(() => service?.close());

  test("a reload puts the file into effect, without a restart; what it says is in the journal", async () => {
    const before = await service.mainPid();
    service.configure(`${TWO_WORKERS}[pptp]\nlisten = "10.9.0.1:1723"\n[tunnel]\ndns = ["10.9.0.1"]\n`);
    await service.host.must("systemctl reload pacd");
    assert.deepEqual([await service.mainPid(), await service.show("ActiveState")], [before, "active"]);
    const { code, output } = await service.dial();
    assert.equal(code, 0, output);
    assert.match(output, /DNS 10\.9\.0\.1/);
    assert.match(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    assert.equal(await service.show("NFileDescriptorStore"), "1");
    assert.match(
      await service.host.must("journalctl -u pacd -o cat"),
      /^ {2}tunnel\.dns: .* -> .*10\.9\.0\.1/m,
    );
  });

  test("a reload of a file that is wrong fails and changes nothing, and the status says so", async () => {
    const before = await service.mainPid();
    service.configure("[pptp]\nlisten_on = 1\n");
    assert.equal((await service.host.run("systemctl reload pacd")).code, 1);
    assert.deepEqual([await service.mainPid(), await service.show("ActiveState")], [before, "active"]);
    assert.match(await service.show("StatusText"), /configuration-refused/);
    assert.match(await service.host.must("journalctl -u pacd -o cat"), /pacd\.toml:4: .*listen_on/);
    await service.answers();
    service.configure(TWO_WORKERS);
    await service.host.must("systemctl reload pacd");
    assert.equal(await service.show("StatusText"), "0 sessions are up");
    assert.doesNotMatch(await service.host.network("ss", "-tln"), /10\.9\.0\.1:1723/);
    await service.answers();
  });
});
