import assert from "node:assert/strict";
import { test } from "node:test";
import { bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

/** What `user show` calls a setting whose option takes what it prints. */
const SHOWN = {
  Hours: "--hours",
  "Dials from": "--sources",
  "Static address": "--static-address",
  Pool: "--pool",
  "Name servers": "--dns",
  "Session time": "--session-timeout",
  "Idle time": "--idle-timeout",
  "Rate up": "--rate-up",
  "Rate down": "--rate-down",
  "May reach": "--destinations",
};

test("what user show prints of a setting, its option takes and means the same, set or not", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const call = (...argv: readonly string[]) => pacctl(argv, { fetch: injected(b.app) });
  for (const argv of [
    [],
    ["--hours", "sat,sun 10:00-14:00", "--hours", "22:00-06:00"],
    ["--sources", "203.0.113.0/24", "--sources", "198.51.100.7"],
    ["--static-address", "10.77.0.5"],
    ["--pool", "guests"],
    ["--dns", "10.0.0.53,10.0.0.54"],
    ["--dns", "none"],
    ["--session-timeout", "1d2h3m4s", "--idle-timeout", "90s"],
    ["--rate-up", "8001", "--rate-down", "1.5G"],
    ["--destinations", "10.0.0.0/8", "--destinations", "192.0.2.5 tcp 443,8000-8080"],
  ]) {
    await call("user", "add", "anna", ...argv);
    const before = await b.store.users.find("anna");
    const { out } = await call("user", "show", "anna");
    await call("user", "remove", "anna");
    const again = Object.entries(SHOWN).flatMap(([name, option]) => {
      const value = new RegExp(`^${name} +(.*)$`, "m").exec(out)?.[1];
      return [option, value ?? assert.fail(`${name} is not shown`)];
    });
    const { code, err } = await call("user", "add", "anna", ...again);
    assert.deepEqual([code, err], [0, ""]);
    // What was said is the user's own, also where it is what holds for everybody.
    const { id: _, own: _own, ...after } = (await b.store.users.find("anna"))!;
    const { id: __, own: __own, ...wanted } = before!;
    assert.deepEqual(after, wanted, again.join(" "));
    await call("user", "remove", "anna");
  }
});
