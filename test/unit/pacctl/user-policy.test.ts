import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

// A zone with summer time: what pacctl sends is UTC, what it shows is this host's time.
process.env["TZ"] = "Europe/Berlin";

let b: Bench;
const call = (...argv: readonly string[]) =>
  pacctl(argv, { fetch: injected(b.app), stdin: async () => "clientPass\n" });

beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

interface Case {
  readonly field: keyof UserPolicy;
  readonly argv: readonly string[];
  readonly value: unknown;
  /** The option that takes it back. */
  readonly clear: readonly string[];
}

const CASES: readonly Case[] = [
  {
    field: "validFrom",
    argv: ["--valid-from", "2026-07-01T08:00"],
    value: "2026-07-01T06:00:00.000Z",
    clear: ["--no-valid-from"],
  },
  {
    field: "validUntil",
    argv: ["--valid-until", "2027-01-01"],
    value: "2026-12-31T23:00:00.000Z",
    clear: ["--no-valid-until"],
  },
  {
    field: "allowedHours",
    argv: ["--hours", "mon-fri 08:00-18:00", "--hours", "sat"],
    value: ["mon-fri 08:00-18:00", "sat"],
    clear: ["--no-hours"],
  },
  {
    field: "allowedSources",
    argv: ["--sources", "203.0.113.0/24", "--sources", "198.51.100.0/24"],
    value: ["203.0.113.0/24", "198.51.100.0/24"],
    clear: ["--no-sources"],
  },
  {
    field: "staticAddress",
    argv: ["--static-address", "10.77.0.5"],
    value: "10.77.0.5",
    clear: ["--no-static-address"],
  },
  { field: "pool", argv: ["--pool", "guests"], value: "guests", clear: ["--no-pool"] },
  {
    field: "dns",
    argv: ["--dns", "10.0.0.53,10.0.0.54"],
    value: ["10.0.0.53", "10.0.0.54"],
    clear: ["--no-dns"],
  },
  { field: "dns", argv: ["--dns", "none"], value: [], clear: ["--no-dns"] },
  {
    field: "encryption",
    argv: ["--encryption", "optional"],
    value: "optional",
    clear: ["--encryption", "required"],
  },
  {
    field: "sessionTimeout",
    argv: ["--session-timeout", "8h"],
    value: 28_800,
    clear: ["--no-session-timeout"],
  },
  { field: "idleTimeout", argv: ["--idle-timeout", "30m"], value: 1800, clear: ["--no-idle-timeout"] },
  { field: "maxSessions", argv: ["--max-sessions", "2"], value: 2, clear: ["--no-max-sessions"] },
  {
    field: "whenExceeded",
    argv: ["--when-exceeded", "replace"],
    value: "replace",
    clear: ["--when-exceeded", "deny"],
  },
  { field: "rateUp", argv: ["--rate-up", "512k"], value: 512_000, clear: ["--no-rate-up"] },
  { field: "rateDown", argv: ["--rate-down", "10M"], value: 10_000_000, clear: ["--no-rate-down"] },
  {
    field: "allowedDestinations",
    argv: ["--destinations", "10.0.0.0/8", "--destinations", "192.0.2.5 tcp 443,8000-8080"],
    value: ["10.0.0.0/8", "192.0.2.5 tcp 443,8000-8080"],
    clear: ["--no-destinations"],
  },
  {
    field: "passwordExpiresAt",
    argv: ["--password-expires", "2027-01-01"],
    value: "2026-12-31T23:00:00.000Z",
    clear: ["--no-password-expires"],
  },
  {
    field: "passwordExpiresAt",
    argv: ["--expire-password"],
    value: "2026-03-01T10:00:00.000Z",
    clear: ["--no-password-expires"],
  },
];

for (const { field, argv, value, clear } of CASES) {
  test(`${argv.join(" ")} sets ${field} on add and on set, ${clear.join(" ")} takes it back`, async () => {
    assert.equal((await call("user", "add", "anna", ...argv)).code, 0);
    assert.deepEqual((await b.store.users.find("anna"))?.[field], value);
    assert.equal((await call("user", "set", "anna", ...clear)).code, 0);
    assert.deepEqual((await b.store.users.find("anna"))?.[field], UNRESTRICTED[field]);
    assert.equal((await call("user", "set", "anna", ...argv)).code, 0);
    assert.deepEqual((await b.store.users.find("anna"))?.[field], value);
  });
}

test("every setting has an option, but enabled, which has commands of its own", () => {
  const fields = new Set(CASES.map(({ field }) => field));
  assert.deepEqual(
    Object.keys(UNRESTRICTED).filter((field) => !fields.has(field as keyof UserPolicy)),
    ["enabled"],
  );
});

for (const command of ["add", "set"]) {
  test(`user ${command} --help lists every option, how to take it back, and examples`, async () => {
    const { out } = await call("user", command, "--help");
    for (const { argv } of CASES) assert.match(out, new RegExp(`^ {2}${argv[0]} `, "m"));
    assert.match(out, /has a --no- form/);
    assert.match(out, /\nExamples:\n {2}pacctl user /);
  });
}

test("set without anything names what could be set, and sends nothing", async () => {
  const { code, out, err } = await pacctl(["user", "set", "anna"], {
    fetch: async () => assert.fail("no request expected"),
    env: {},
  });
  assert.deepEqual([code, out], [2, ""]);
  for (const { argv } of CASES) assert.ok(err.includes(argv[0]!), argv[0]);
});

for (const argv of [
  ["--rate-up", "fast"],
  ["--session-timeout", "1 day"],
  ["--valid-until", "tomorrow"],
  ["--max-sessions", "two"],
  ["--encryption", "none"],
  ["--when-exceeded", "ask"],
  ["--expire-password", "--password-expires", "2027-01-01"],
  ["--hours"],
]) {
  test(`user set anna ${argv.join(" ")} is wrong usage, in one line`, async () => {
    const { code, out, err } = await call("user", "set", "anna", ...argv);
    assert.deepEqual([code, out, err.trimEnd().split("\n").length], [2, "", 1]);
    assert.match(err, /^pacctl: option '/);
  });
}

test("what the API refuses is one sentence, and the code says how it was refused", async () => {
  await call("user", "add", "anna");
  for (const [argv, words, exit = 7] of [
    [["--pool", "nobody"], /^pacctl: There is no pool "nobody"; /],
    [["--hours", "always"], /^pacctl: allowedHours: /],
    [["--rate-up", "1k"], /^pacctl: The field "rateUp" of the request body must be at least 8000\.$/],
    [["--recoverable-password"], /pacctl user password NAME --recoverable-password/, 6],
  ] as const) {
    const { code, err } = await call("user", "set", "anna", ...argv);
    assert.equal(code, exit);
    assert.match(err.trimEnd(), words);
  }
});

test("a password is kept and forgotten as said, and its expiry stands beside it", async () => {
  const kept = async () => (await b.store.users.find("anna"))?.recoverablePassword;
  await call("user", "add", "anna", "--recoverable-password", "--password-stdin");
  assert.equal(await kept(), true);
  await call("user", "set", "anna", "--no-recoverable-password");
  assert.equal(await kept(), false);
  await call("user", "password", "anna", "--recoverable-password");
  assert.equal(await kept(), true);
  await call("user", "password", "anna", "--no-recoverable-password");
  assert.equal(await kept(), false);
  assert.equal(
    (await call("user", "password", "anna", "--password-stdin", "--expire-password")).out,
    "Set a new password for anna.\nIt must be changed at the next log-in.\n",
  );
  assert.equal(
    (await call("user", "password", "anna", "--password-stdin", "--password-expires", "2027-01-01")).out,
    "Set a new password for anna.\nIt must be changed from 2027-01-01 00:00 on.\n",
  );
});

test("show says everything in words: about whom nothing was decided", async () => {
  await call("user", "add", "anna");
  assert.equal(
    (await call("user", "show", "anna")).out,
    [
      "Name            anna",
      "Enabled         yes",
      "Valid           always",
      "Hours           at any time",
      "Dials from      anywhere",
      "Static address  -",
      "Pool            tunnel.pool",
      "Name servers    those of tunnel.dns",
      "Encryption      required",
      "Session time    unlimited",
      "Idle time       unlimited",
      "Sessions        5 at once (users.max_sessions), one more is refused",
      "Rate up         unlimited",
      "Rate down       unlimited",
      "May reach       anywhere",
      "Password        set 2026-03-01 10:00:00Z, never expires",
      "Readable        no",
      "Last log-in     never",
      "Wrong log-ins   none",
      "Created         2026-03-01 10:00:00Z",
      "Changed         2026-03-01 10:00:00Z",
      `ID              ${(await b.store.users.find("anna"))!.id}`,
      "",
    ].join("\n"),
  );
});

test("show says everything in words: about whom everything was decided", async () => {
  const others = new Set(["--static-address 10.77.0.5", "--dns none", "--expire-password"]);
  const argv = CASES.flatMap((one) => (others.has(one.argv.join(" ")) ? [] : one.argv));
  await call("user", "add", "anna", "--disabled", "--recoverable-password", ...argv);
  assert.equal(
    (await call("user", "show", "anna")).out,
    [
      "Name            anna",
      "Enabled         no",
      "Valid           from 2026-07-01 08:00 until 2027-01-01 00:00",
      "Hours           mon-fri 08:00-18:00; sat (the server's time)",
      "Dials from      203.0.113.0/24, 198.51.100.0/24",
      "Static address  -",
      "Pool            guests",
      "Name servers    10.0.0.53, 10.0.0.54",
      "Encryption      OPTIONAL: may go on in clear, which is weak",
      "Session time    8h",
      "Idle time       30m",
      "Sessions        2 at once, one more replaces the oldest",
      "Rate up         512 kbit/s",
      "Rate down       10 Mbit/s",
      "May reach       10.0.0.0/8; 192.0.2.5 tcp 443,8000-8080",
      "Password        set 2026-03-01 10:00:00Z, must be changed from 2027-01-01 00:00 on",
      "Readable        YES: the password is kept, which is weak",
      "Last log-in     never",
      "Wrong log-ins   none",
      "Created         2026-03-01 10:00:00Z",
      "Changed         2026-03-01 10:00:00Z",
      `ID              ${(await b.store.users.find("anna"))!.id}`,
      "",
    ].join("\n"),
  );
});

test("show knows that a static address leaves room for one session, and that a client may be told no name server", async () => {
  await call("user", "add", "anna", "--static-address", "10.77.0.5", "--dns", "none", "--max-sessions", "3");
  const { out } = await call("user", "show", "anna");
  assert.match(out, /^Sessions {8}1 at once \(static address\), one more is refused$/m);
  assert.match(out, /^Name servers {4}none$/m);
});

test("list names the settings that a user has, the weak ones in capitals", async () => {
  await call("user", "add", "anna", "--hours", "sat", "--rate-up", "1M", "--rate-down", "1M");
  await call("user", "add", "bert", "--encryption", "optional", "--recoverable-password", "--pool", "staff");
  await call("user", "add", "carl");
  assert.equal(
    (await call("user", "list")).out,
    [
      "NAME  ENABLED  GROUP  SETTINGS",
      "anna  yes      -      hours, rate",
      "bert  yes      -      pool, ENCRYPTION OPTIONAL, PASSWORD READABLE",
      "carl  yes      -      -",
      "",
    ].join("\n"),
  );
});
