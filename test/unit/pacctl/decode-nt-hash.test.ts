import assert from "node:assert/strict";
import { test } from "node:test";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { inner } from "../../simulation/dials.ts";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { pacctl, type Run } from "../../support/pacctl.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const DIAL = new DialCapture().up().data("client", packet).data("server", packet).file();

const chunks = async function* () {
  yield DIAL;
};

interface Given {
  readonly stdin?: string;
  readonly texts?: Readonly<Record<string, string>>;
}

function decode(words: readonly string[], { stdin = "", texts = {} }: Given = {}): Promise<Run> {
  return pacctl(["decode", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    env: {},
    stdin: async () => stdin,
    readFile: async (path) => texts[path] ?? "",
    openCapture: async () => ({ chunks: chunks(), size: DIAL.length }),
    screen: { columns: 90, errIsTerminal: false },
  });
}

/** Of s3cret. */
const HASH = Buffer.from(ntPasswordHash("s3cret")).toString("hex");

test("an NT hash from standard input or in a file: checked and decrypted as with the password", async () => {
  for (const stdin of [`${HASH}\n`, HASH.toUpperCase()])
    for (const words of [["--nt-hash"], ["--password-stdin", "--nt-hash"]]) {
      const { code, out } = await decode(["dial.pcap", "--user", "alice", ...words], { stdin });
      assert.equal(code, 0);
      assert.match(out, /• The NT hash given for "alice" is the one that the client used/);
      assert.match(out, /2 of 2 encrypted ones\s+decrypted/);
    }
  const texts = { hashes: `# name, hash\nbob ${"0".repeat(32)}\nalice ${HASH}\n` };
  const { out } = await decode(["dial.pcap", "--summary", "--nt-hash", "--credentials", "hashes"], { texts });
  assert.doesNotMatch(out, /!/);
  const wrong = await decode(["dial.pcap", "--user", "alice", "--nt-hash"], { stdin: "0".repeat(32) });
  assert.match(wrong.out, /^! {2}The NT hash given for "alice" is wrong: the client did not use it\./m);
});

test("an NT hash on the command line is refused, and not repeated", async () => {
  for (const words of [["--nt-hash", HASH], [`--nt-hash=${HASH}`]]) {
    const { code, out, err } = await decode(["dial.pcap", "--user", "alice", ...words], { stdin: HASH });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(
      err,
      /\(32 hexadecimal digits\).* An NT hash is read from standard input alone, with --nt-hash\.\n$/,
    );
    assert.ok(!err.includes(HASH));
  }
});

test("what is no NT hash is refused, and not shown", async () => {
  for (const stdin of ["s3cret", HASH.slice(1), `${HASH}0`]) {
    const { code, out, err } = await decode(["dial.pcap", "--user", "alice", "--nt-hash"], { stdin });
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(
      err,
      "pacctl: --nt-hash: standard input holds no NT hash, which is 32 hexadecimal digits.\n",
    );
  }
  const empty = await decode(["dial.pcap", "--user", "alice", "--nt-hash"], { stdin: "\n" });
  assert.deepEqual([empty.code, empty.err], [2, "pacctl: There is no NT hash on standard input.\n"]);
  const texts = { hashes: `alice ${HASH}\nbob s3cret\n` };
  const { err } = await decode(["dial.pcap", "--nt-hash", "--credentials", "hashes"], { texts });
  assert.match(err, /line 2 of hashes holds no NT hash/);
});
