import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { MAX_ROWS_WITH_FIELDS } from "../../../../pacctl/decode/limits.ts";
import { createFolder } from "../../../../pacctl/output-folder.ts";
import { inner } from "../../../simulation/dials.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { readPcapPackets } from "../../../support/decode/inner-packets.ts";
import { manyDials } from "../../../support/decode/many-dials.ts";
import { pacctl } from "../../../support/pacctl.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const connected = new DialCapture().up().data("client", packet);
const refused = new DialCapture().start().call().lcp().logIn().refuse("E=691 R=0 V=3 M=No").fin("client");

/** Odd calls are connected, even ones refused. */
const capture = (count: number) => Buffer.concat([...manyDials([connected, refused], count)]);

const FOLDER = mkdtempSync(join(tmpdir(), "pacctl-pages-"));
after(() => rmSync(FOLDER, { recursive: true }));

function decode(file: Uint8Array, ...words: readonly string[]) {
  const written: Uint8Array[] = [];
  const chunks = async function* () {
    yield file;
  };
  const run = pacctl(["decode", "dial.pcap", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    readFile: async () => "alice s3cret\n",
    openCapture: async () => ({ chunks: chunks(), size: file.length }),
    createFile: async () => ({ write: (octets) => written.push(octets.slice()), close: async () => {} }),
    createFolder,
  });
  return run.then((result) => ({ ...result, written: Buffer.concat(written) }));
}

const links = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

test("--html of several calls: a list of them by verdict, failures first, each link leads to its section", async () => {
  const { out } = await decode(capture(3), "--html");
  assert.deepEqual(links(out), ["#call-2", "#call-1", "#call-3"]);
  for (const href of links(out)) assert.ok(out.includes(`<section class="call" id="${href!.slice(1)}">`));
  assert.match(
    out,
    /<details class="verdict group failed" open>\n<summary><b>1 call:<\/b> .*bad-credentials/,
  );
  assert.match(out, /<details class="verdict group" open>\n<summary><b>2 calls:<\/b> .*connected/);
});

test("--html of one call has no list", async () => {
  assert.doesNotMatch((await decode(capture(1), "--html")).out, /<nav>|href=/);
});

test("--html of more than 100 calls is refused with what to ask for, and nothing is printed", async () => {
  assert.deepEqual((await decode(capture(100), "--html")).code, 0);
  const { code, out, err } = await decode(capture(101), "--html");
  assert.deepEqual([code, out], [2, ""]);
  assert.match(
    err,
    /^pacctl: dial\.pcap holds more than 100 calls .* --html-dir FOLDER .* --call NUMBER or --client ADDRESS/,
  );
});

test("--html-dir: a page for each call, complete by itself, and a list", async () => {
  const path = join(FOLDER, "new", "pages");
  const { code, out } = await decode(capture(250), "--html-dir", path);
  assert.equal(code, 0);
  assert.match(out, new RegExp(`^\\d+ packets: .* 250 calls\\.\\n${path}/index\\.html lists them\\.\\n$`));
  const list = readFileSync(join(path, "index.html"), "utf8");
  assert.equal(new Set(links(list)).size, 250);
  assert.doesNotMatch(list, / open>/);
  for (const href of links(list)) {
    const page = readFileSync(join(path, href!), "utf8");
    assert.match(page, /^<!doctype html>[\s\S]*<style>[\s\S]*<ol class="rows">[\s\S]*<\/html>\n$/);
    assert.deepEqual(links(page), ["index.html"]);
  }
  assert.match(readFileSync(join(path, "call-2.html"), "utf8"), /<h1>Call 2: 10\.0\.0\.2 → 192\.0\.2\.1/);
  assert.deepEqual(
    [statSync(path).mode & 0o777, statSync(join(path, "index.html")).mode & 0o777],
    [0o700, 0o600],
  );
});

test("--html-dir: a folder with something in it stays as it is", async () => {
  const path = mkdtempSync(join(FOLDER, "full-"));
  writeFileSync(join(path, "notes.txt"), "mine");
  const { code, out, err } = await decode(capture(1), "--html-dir", path);
  assert.deepEqual([code, out], [2, ""]);
  assert.equal(err, `pacctl: ${path} cannot be written: the folder is not empty.\n`);
  assert.ok(!existsSync(join(path, "index.html")));
});

test("--call and --client choose calls in every form", async () => {
  const file = capture(6);
  const json = await decode(file, "--json", "--call", "2", "--call", "5");
  const objects = json.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual([...new Set(objects.map(({ call }) => call))], [2, 5, undefined]);
  assert.equal(objects.at(-1).calls, 6);
  const summary = await decode(file, "--summary", "--client", "10.0.0.4");
  assert.match(
    summary.out,
    /^CALL .*\n4 .*10\.0\.0\.4 .*\n\d+ packets: .* 6 calls, of which 1 was chosen\.\n$/,
  );
  for (const words of [[], ["--fields"]]) {
    const { out } = await decode(file, ...words, "--call", "3", "--call", "4", "--client", "10.0.0.3");
    assert.deepEqual([...new Set(out.match(/10\.0\.0\.\d+/g))], ["10.0.0.3"]);
  }
  const { out: html } = await decode(capture(150), "--html", "--client", "10.0.0.149");
  assert.match(html, /<h1>Call 149: /);
  const inside = await decode(file, "--credentials", "u", "--write-decrypted", "x", "--call", "1");
  assert.equal(readPcapPackets(inside.written).length, 1);
  const none = await decode(file, "--credentials", "u", "--write-decrypted", "x", "--call", "2");
  assert.equal(readPcapPackets(none.written).length, 0);
});

test("--client takes an address as anybody writes it", async () => {
  const { code, err } = await decode(capture(1), "--client", "2001:DB8:0:0::7");
  assert.equal(code, 2);
  assert.equal(
    err,
    "pacctl: Nothing in dial.pcap is chosen by --client 2001:db8::7: it has one call; --summary lists them.\n",
  );
});

for (const [words, says] of [
  [["--call", "0"], /--call is the number of a call/],
  [["--call", "x"], /--call is the number of a call/],
  [["--client", "example.com"], /--client is an address/],
  [["--client", "10.0.0"], /--client is an address/],
  [["--client", "1.2.3.4/8"], /--client is an address/],
  [["--client", "1:2"], /--client is an address/],
  [["--html", "--html-dir", "x"], /--html/],
  [["--html-dir", "x", "--json"], /Either --html or --json/],
  [["--html-dir", "x", "--summary"], /--summary/],
] as const)
  test(`pacctl decode dial.pcap ${words.join(" ")}: usage`, async () => {
    const { code, out, err } = await decode(capture(1), ...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, says);
  });

test("--html-dir of very many calls at once: some rows have no fields, and their calls say so", async () => {
  const path = join(FOLDER, "crowd");
  const crowd = Buffer.concat([...manyDials([connected], 300, { atOnce: 300 })]);
  assert.equal((await decode(crowd, "--html-dir", path)).code, 0);
  const pages = Array.from({ length: 300 }, (_, i) => readFileSync(join(path, `call-${i + 1}.html`), "utf8"));
  const unfolding = pages.reduce((sum, page) => sum + page.split("<details").length - 1, 0);
  assert.ok(unfolding > 3000 && unfolding <= MAX_ROWS_WITH_FIELDS, `${unfolding} rows have fields`);
  const said = pages.filter((page) => page.includes("not all fields of this one were kept"));
  assert.ok(said.length > 0);
  for (const page of pages) assert.match(page, /IPCP<\/span> Configure-Ack id=2/);
});
