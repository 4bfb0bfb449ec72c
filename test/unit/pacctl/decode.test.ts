import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { inner } from "../../simulation/dials.ts";
import { START } from "../../support/capture/files.ts";
import { ipv4 } from "../../support/capture/frames.ts";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { readPcapPackets } from "../../support/decode/inner-packets.ts";
import { pacctl, type Run } from "../../support/pacctl.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const DIAL = new DialCapture().up().data("client", packet).data("server", packet).file();

const fetch = () => Promise.reject(new Error("a capture needs no API"));

interface Given {
  readonly file?: Uint8Array;
  readonly piped?: readonly Uint8Array[];
  readonly stdin?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly written?: Uint8Array[];
  readonly size?: number;
  readonly terminal?: boolean;
}

const chunks = async function* (parts: readonly Uint8Array[]) {
  yield* parts;
};

function decode(words: readonly string[], given: Given = {}): Promise<Run> {
  const { file = DIAL, piped = [], stdin = "", texts = {}, written = [], terminal = false } = given;
  return pacctl(["decode", ...words], {
    fetch,
    env: {},
    stdin: async () => stdin,
    readFile: async (path) => {
      const text = texts[path];
      if (text === undefined) throw new Error("no such file");
      return text;
    },
    openCapture: async (path) => {
      if (path !== "dial.pcap")
        throw new AppError("capture-unreadable", `The capture ${path} cannot be read: no such file.`);
      return {
        chunks: chunks([file.subarray(0, 1000), file.subarray(1000)]),
        size: given.size ?? file.length,
      };
    },
    stdinCapture: { chunks: chunks(piped), size: undefined },
    createFile: async (path) => {
      if (path !== "inside.pcap") throw new Error("permission denied");
      return { write: (octets) => written.push(octets.slice()), close: async () => {} };
    },
    screen: { columns: 90, errIsTerminal: terminal },
    host: { clock: new VirtualClock() } as never,
  });
}

test("a file: a ladder, the stages, the verdict, and what was read", async () => {
  const { code, out, err } = await decode(["dial.pcap"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(
    out,
    /^Call 1: 198\.51\.100\.7 → 192\.0\.2\.1\nBegan +2023-11-14 22:13:20Z\nUser +alice, by MS-CHAPv2$/m,
  );
  assert.match(out, /^ {4}0\.000 {2}│─ TCP SYN ─+▶│$/m);
  assert.match(out, /^ok {4}Log-in +\S+ ms {2}MS-CHAPv2, "alice" accepted$/m);
  assert.match(out, /^Verdict +The client is connected\. \(connected\)$/m);
  assert.match(out, /^26 packets: 19 of GRE, 7 of control connections\. 1 call\.$/m);
  for (const line of out.split("\n")) assert.ok([...line].length <= 90, line);
});

test("--summary: a line per call", async () => {
  const { out } = await decode(["dial.pcap", "--summary"]);
  assert.equal(
    out,
    [
      "CALL  BEGAN                 CLIENT           SERVER           USER          ENCRYPTION               VERDICT",
      "1     2023-11-14 22:13:20Z  198.51.100.7     192.0.2.1        alice         MPPE 128 bits stateless  connected: The client is connected.",
      "26 packets: 19 of GRE, 7 of control connections. 1 call.",
      "",
    ].join("\n"),
  );
});

test("--fields: every field, and a row for each packet of users' data", async () => {
  const { out } = await decode(["dial.pcap", "--fields"]);
  assert.match(out, /^ +magic-cookie: 0x1a2b3c4d \(correct\)$/m);
  assert.match(out, /^ +S-128: 1$/m);
  assert.equal(out.match(/ MPPE count 0 /g)?.length, 2);
  assert.match(out, /^ +nt-response: \(24 octets\)$/m);
});

test("--all: the handshake's three packets, in every form", async () => {
  const ladder = (await decode(["dial.pcap", "--all"])).out;
  assert.match(ladder, /TCP SYN ─+▶│\n.*◀─+ TCP SYN, ACK ─│\n.*│─ TCP ACK ─+▶│\n/);
  assert.equal(ladder.match(/ MPPE count 0 /g)?.length, 2);
  assert.doesNotMatch((await decode(["dial.pcap"])).out, /TCP ACK/);
  const fields = (await decode(["dial.pcap", "--all", "--fields"])).out;
  assert.match(fields, /TCP ACK ─+▶│\n +frame: 3\n +ip: version 4\n( +.*\n){4} +tcp: ACK\n/);
  const events = (await decode(["dial.pcap", "--all", "--json"])).out.split("\n").slice(0, 3);
  const said = events.map((line) => JSON.parse(line)).map(({ text, frame }) => `${frame} ${text}`);
  assert.deepEqual(said, ["1 SYN", "2 SYN, ACK", "3 ACK"]);
  assert.match((await decode(["dial.pcap", "--all", "--html"])).out, /TCP<\/span> ACK</);
  assert.match((await decode(["-", "--all"], { piped: [DIAL] })).out, /│─ TCP ACK ─+▶│/);
});

test("--show-secrets: what stands for the password, with the fields", async () => {
  const { out } = await decode(["dial.pcap", "--fields", "--show-secrets"]);
  assert.match(out, /^ +nt-response: [0-9a-f]{48}$/m);
  assert.match(out, /^ +peer-challenge: (9e){16}$/m);
});

test("--json: an object a line; events, the call, the end", async () => {
  const { out } = await decode(["dial.pcap", "--json"]);
  const objects = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const types = new Map<string, number>();
  for (const { type } of objects) types.set(type, (types.get(type) ?? 0) + 1);
  assert.deepEqual([...types.keys()], ["event", "call", "end"]);
  const call = objects.find(({ type }) => type === "call");
  assert.deepEqual(call.verdict.code, "connected");
  assert.deepEqual(call.callIds, { client: 100, server: 200 });
  assert.equal(call.began, "2023-11-14T22:13:20.000000Z");
  const event = objects.find(({ text }) => text?.startsWith("Outgoing-Call-Reply"));
  assert.deepEqual([event.from, event.layer, event.mark, event.call], ["server", "pptp", null, 1]);
  assert.ok(
    event.fields.some(
      ({ name, value }: { name: string; value: unknown }) => name === "call-id" && value === 200,
    ),
  );
  assert.deepEqual(objects.at(-1).complete, true);
  const short = await decode(["dial.pcap", "--json", "--summary"]);
  assert.deepEqual(
    short.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).type),
    ["call", "end"],
  );
});

test("--html: one file, whole", async () => {
  const { out } = await decode(["dial.pcap", "--html"]);
  assert.match(out, /^<!doctype html>/);
  assert.match(out, /<\/html>\n$/);
  assert.match(out, /magic-cookie: 0x1a2b3c4d/);
  assert.doesNotMatch(out, /<details open>/);
  assert.match((await decode(["dial.pcap", "--html", "--fields"])).out, /<details open>/);
});

test("a password from standard input: checked, decrypted, written with the times of the capture", async () => {
  const written: Uint8Array[] = [];
  const words = ["dial.pcap", "--user", "alice", "--password-stdin", "--write-decrypted", "inside.pcap"];
  const { code, out } = await decode(words, { stdin: "s3cret\n", written });
  assert.equal(code, 0);
  assert.match(out, /• The password given for "alice" is the one that the client used/);
  const packets = readPcapPackets(concat(...written));
  assert.deepEqual(
    packets.map(({ octets }) => Buffer.from(octets).toString("hex")),
    Array(2).fill(Buffer.from(packet).toString("hex")),
  );
  assert.ok(packets.every(({ time }) => time > START && time < START + 1_000_000n));
});

test("a file of credentials; a wrong password is said", async () => {
  const texts = { "users.txt": "# name, password\nbob hunter2\nalice  two words \n\n" };
  const { out } = await decode(["dial.pcap", "--credentials", "users.txt"], { texts });
  assert.match(out, /^! {2}The password given for "alice" is wrong: the client did not use it\./m);
  const summary = await decode(["dial.pcap", "--summary", "--credentials", "users.txt"], { texts });
  assert.match(summary.out, /^ {3}! {2}The password given for "alice" is wrong/m);
  const right = await decode(["dial.pcap", "--credentials", "u"], { texts: { u: "alice s3cret\n" } });
  assert.match(right.out, /2 of 2 encrypted ones\s+decrypted/);
});

test("a pipe: rows as they come, and the verdict", async () => {
  const { code, out } = await decode(["-"], { piped: [DIAL.subarray(0, 2000), DIAL.subarray(2000)] });
  assert.equal(code, 0);
  assert.match(
    out,
    /^\nCall 1 begins at 2023-11-14 22:13:20Z\n +s {2}client 198\.51\.100\.7 +server 192\.0\.2\.1\n/,
  );
  assert.match(out, /^Verdict +The client is connected/m);
});

test("a file that ends in the middle of a packet: what was read is printed, the place is said, 2", async () => {
  const { code, out, err } = await decode(["dial.pcap"], { file: DIAL.subarray(0, DIAL.length - 10) });
  assert.equal(code, 2);
  assert.match(out, /^Verdict /m);
  assert.match(
    err,
    /^pacctl: dial\.pcap: The file ends in the middle of a record.*\(at octet \d+, after 25 packets\)\.\n$/,
  );
  const json = await decode(["dial.pcap", "--json"], { file: DIAL.subarray(0, DIAL.length - 10) });
  const objects = json.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    [objects.find(({ type }) => type === "problem").code, objects.at(-1).complete],
    ["truncated", false],
  );
});

test("no capture, no file, no PPTP", async () => {
  const text = await decode(["dial.pcap"], { file: Buffer.from("# a README\n".repeat(10)) });
  assert.deepEqual([text.code, text.out], [2, ""]);
  assert.match(text.err, /neither pcap nor pcapng/);
  const missing = await decode(["none.pcap"]);
  assert.deepEqual(
    [missing.code, missing.out, missing.err],
    [2, "", "pacctl: The capture none.pcap cannot be read: no such file.\n"],
  );
  const other = new DialCapture();
  other.add(ipv4({ protocol: 17 }, new Uint8Array(20)));
  assert.match((await decode(["dial.pcap"], { file: other.file() })).out, /There is no PPTP in it\./);
});

for (const [words, says] of [
  [[], /missing required argument/],
  [["dial.pcap", "--html", "--json"], /Either --html or --json/],
  [["dial.pcap", "--summary", "--fields"], /--summary/],
  [["dial.pcap", "--summary", "--all"], /--summary/],
  [["dial.pcap", "--user", "alice"], /--user and --password-stdin belong together/],
  [["dial.pcap", "--password-stdin"], /belong together/],
  [["-", "--user", "alice", "--password-stdin"], /cannot be both/],
  [["-", "--user", "alice", "--nt-hash"], /cannot be both/],
  [["dial.pcap", "--nt-hash"], /--nt-hash needs --user or --credentials/],
  [["dial.pcap", "--credentials", "none"], /--credentials: none cannot be read/],
  [["dial.pcap", "--write-decrypted", "./dial.pcap"], /overwrite the capture/],
  [["dial.pcap", "--write-decrypted", "/x"], /\/x cannot be written: permission denied/],
  [["dial.pcap", "--port", "0"], /--port/],
] as const)
  test(`pacctl decode ${words.join(" ")}: usage`, async () => {
    const { code, out, err } = await decode(words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, says);
  });

test("a line of a file of credentials without a password is named", async () => {
  const { code, err } = await decode(["dial.pcap", "--credentials", "u"], { texts: { u: "alice a\nbob\n" } });
  assert.deepEqual(
    [code, err],
    [2, "pacctl: --credentials: line 2 of u is no name, a space and a password.\n"],
  );
});

test("a large file has a bar on a terminal, and none elsewhere", async () => {
  const large = { size: 100 * 1024 * 1024 };
  assert.match(
    (await decode(["dial.pcap"], { ...large, terminal: true })).err,
    /\[\.{30}\] +0 % {2}1000 B of 100\.0 MiB/,
  );
  assert.equal((await decode(["dial.pcap"], { ...large, terminal: false })).err, "");
  assert.equal((await decode(["dial.pcap"], { terminal: true })).err, "");
});
