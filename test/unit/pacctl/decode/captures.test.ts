import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { decodedFile, lines, password } from "../../../support/decode/decoded.ts";

const FOLDER = new URL("../../../../../shared/captures/", import.meta.url);
const skip = existsSync(FOLDER) ? false : "the captures are not beside the repository";
const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));

test("Windows 7: the log-in is checked, all 25 encrypted frames are decrypted", { skip }, () => {
  const decoded = decodedFile(read("win7-to-pptpd.pcap"), { credentials: password("lulu", "password") });
  const [call, ...others] = decoded.calls;
  assert.equal(others.length, 0);
  const { verdict, user, method, encryption, address, data, callIds, findings } = call!;
  assert.equal(verdict.code, "connected");
  assert.deepEqual([user, method, encryption], ["lulu", "MS-CHAPv2", "MPPE 128 bits stateless"]);
  assert.deepEqual([address, callIds], ["192.168.2.234", { client: 2932, server: 256 }]);
  assert.deepEqual([data.encrypted, data.decrypted, data.undecrypted], [25, 25, {}]);
  assert.deepEqual(findings, []);
  assert.equal(decoded.inner.length, 25);
  // The six samples of the timeline.
  const timeline = readFileSync(new URL("win7-to-pptpd.timeline.txt", FOLDER), "utf8");
  const samples = [...timeline.matchAll(/^ {2}sample .* IPv4 ([0-9a-f]+)$/gm)].map(([, digits]) => digits!);
  assert.equal(samples.length, 6);
  for (const [i, digits] of samples.entries())
    assert.ok(Buffer.from(decoded.inner[i]!.octets).toString("hex").startsWith(digits), `sample ${i}`);
  const said = lines(decoded);
  assert.ok(said.includes("note auth The Success proves that the server knows the password"));
  assert.ok(
    said.includes(
      "server lcp [sent again] Configure-Request id=1 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    ),
  );
});

test("Windows 7: each line of the timeline has its row, at its time and frame", { skip }, () => {
  const { rows, calls } = decodedFile(read("win7-to-pptpd.pcap"));
  const timeline = readFileSync(new URL("win7-to-pptpd.timeline.txt", FOLDER), "utf8");
  const want = [...timeline.matchAll(/^ +(\d+) +([\d.]+) 192\.168\.2\.(\d)>\S+ (\w+) (\S+)/gm)];
  assert.equal(want.length, 39);
  for (const [line, frame, seconds, source] of want) {
    const row = rows.find((one) => one.frame === Number(frame) && one.from !== "note");
    assert.ok(row !== undefined, line);
    assert.equal(row.from, source === "5" ? "client" : "server", line);
    assert.equal((calls[0]!.begunAt / 1e6 + row.at).toFixed(0), (Number(seconds) * 1000).toFixed(0), line);
  }
});

test("Windows 7: a wrong password is said, and nothing is guessed", { skip }, () => {
  const [call] = decodedFile(read("win7-to-pptpd.pcap"), { credentials: password("lulu", "passw0rd") }).calls;
  assert.deepEqual(call!.data.undecrypted, { "wrong-password": 25 });
  assert.match(call!.findings.join(" "), /The password given for "lulu" is wrong/);
});

test("a Cisco with PAP: the password shows only where asked for", { skip }, () => {
  const file = read("ixia-to-cisco-pap.pcap");
  const hidden = decodedFile(file, { fields: true });
  assert.deepEqual([hidden.calls[0]!.method, hidden.calls[0]!.encryption], ["PAP", "none"]);
  assert.equal(hidden.calls[0]!.verdict.code, "connected");
  const ofPap = (secrets: boolean) =>
    decodedFile(file, { fields: true, secrets })
      .rows.find(({ layer, from }) => layer === "pap" && from === "client")!
      .fields!.find(({ name }) => name === "password")!.value;
  assert.deepEqual([ofPap(false), ofPap(true)], ["(4 octets)", "ixia"]);
  const [checked] = decodedFile(file, { credentials: password("ixia", "wrong") }).calls;
  assert.match(checked!.findings.join(), /wrong/);
});

test("GRE that is blocked: the verdict, the Windows errors and what to do", { skip }, () => {
  const [call] = decodedFile(read("linux-to-rras-gre-blocked.pcap")).calls;
  const { source, code, windowsErrors } = call!.verdict;
  assert.deepEqual([source, code, windowsErrors], ["server", "gre-blocked", [619, 806, 807]]);
  assert.ok(call!.rows.some(({ mark, layer }) => mark === "sent again" && layer === "tcp"));
});

test("the EAP packets of CVE-2020-8597 are shown and harm nothing", { skip }, () => {
  const decoded = decodedFile(read("cve-2020-8597-eap.pcap"), { fields: true });
  assert.equal(decoded.calls[0]!.verdict.code, "malformed-gre");
  assert.equal(decoded.rows.length, 2);
  assert.match(
    decoded.rows[0]!.text,
    /not allowed by RFC 2637, holds EAP Request id=0 type=4\(md5-challenge\)/,
  );
});
