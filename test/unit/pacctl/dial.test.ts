import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { pacctl } from "../../support/pacctl.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { VirtualPort } from "../../support/virtual-port.ts";

const SERVER = "192.0.2.1";
const WORDS = ["dial", SERVER, "--user", "alice", "--password-stdin"];
const fetch = () => Promise.reject(new Error("a dial needs no API"));
const stdin = async () => "s3cret\n";

const none = (): never => {
  throw new Error("nothing is dialled");
};

/** A host on which nothing can be dialled. */
const host = {
  clock: new VirtualClock(),
  bytes: none,
  u16: () => 1,
  u32: none,
  connect: none,
  openGre: none,
  mppe: none,
  openTun: none,
};

for (const [words, says] of [
  [["dial", "--user", "alice"], /missing required argument/],
  [["dial", SERVER, "--password-stdin"], /--user/],
  [["dial", SERVER, "--user", "alice"], /--password-stdin/],
  [[...WORDS, "--mppe", "64"], /--mppe/],
  [[...WORDS, "--auth", "eap"], /--auth/],
  [[...WORDS, "--route", "10.0.0.0/8"], /needs --tun/],
  [[...WORDS, "--tun", "vpn0", "--route", "10.0.0.1/8"], /10\.0\.0\.0\/8/],
  [[...WORDS, "--tun", "a name with spaces"], /name of an interface/],
  [[...WORDS, "--timeout", "0"], /--timeout/],
  [[...WORDS, "--timeout", "1e3"], /--timeout/],
  [[...WORDS, "--port", "65536"], /--port/],
  [[...WORDS, "--password", "s3cret"], /unknown option/],
] as const) {
  test(`pacctl ${words.join(" ")}: usage`, async () => {
    const { code, out, err } = await pacctl(words, { fetch, stdin, host });
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.match(err, says);
  });
}

test("no password on standard input, and one that is too long, are refused", async () => {
  for (const text of ["\n", "x".repeat(256)])
    assert.equal((await pacctl(WORDS, { fetch, host, stdin: async () => text })).code, 2);
});

test("white space at an end of name or password is said to before the dial", async () => {
  const words = ["dial", SERVER, "--user", "alice ", "--password-stdin", "--tun", "vpn0"];
  const openGre = () => {
    throw new AppError("host-no-raw-socket", "no");
  };
  const text = async () => "\ts3cret\n";
  const { err } = await pacctl(words, { fetch, host: { ...host, openGre }, stdin: text });
  assert.match(
    err,
    /^pacctl: note: The user name ends with a space\.\npacctl: note: The password begins with a tab\./,
  );
  assert.doesNotMatch(err, /s3cret/);
});

test("without a raw socket it says so and exits with 1", async () => {
  const openGre = () => {
    throw new AppError("host-no-raw-socket", "no");
  };
  const { code, out } = await pacctl(WORDS, { fetch, stdin, host: { ...host, openGre } });
  assert.equal(code, 1);
  assert.match(out, /FAIL {2}This host .*refuses pacctl a raw socket for GRE\.\nfailed: host-refused\n/);
  assert.match(out, /as root/);
});

test("what the kernel says of TCP becomes a failure with the Windows error; JSON has the same", async () => {
  const gre = new VirtualPort();
  const connect = () => Promise.reject(Object.assign(new Error(), { code: "ECONNREFUSED" }));
  const refusing = { ...host, connect, openGre: () => Object.assign(gre, { keepTo: none }) };
  const { code, out } = await pacctl(WORDS, { fetch, stdin, host: refusing });
  assert.equal(code, 1);
  assert.match(out, /FAIL {2}TCP connection .*192\.0\.2\.1:1723: ECONNREFUSED/);
  assert.match(out, /A Windows client shows error 800\./);
  assert.ok(gre.closed);
  const json = await pacctl([...WORDS, "--json"], { fetch, stdin, host: refusing });
  const { connected, stages, failure } = JSON.parse(json.out);
  assert.deepEqual([connected, stages, failure.code, failure.stage], [false, [], "tcp-refused", "tcp"]);
  assert.equal(host.clock.pending(), 0);
});

test("no dial needs a token or says the password", async () => {
  const openGre = () => {
    throw new AppError("host-no-addon", "no addon");
  };
  const { code, out, err } = await pacctl(WORDS, { fetch, stdin, env: {}, host: { ...host, openGre } });
  assert.equal(code, 1);
  assert.doesNotMatch(out + err, /s3cret|token/);
});
