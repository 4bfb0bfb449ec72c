import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { fileURLToPath } from "node:url";
import { compareWithTshark } from "../support/decode/tshark.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, type Scene, useScene } from "../support/lab/scene.ts";
import { statefulOnly } from "../support/lab/stateful-only.ts";

const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));

const EVERYTHING = `
[security]
authentication = ["ms-chap-v2", "ms-chap-v1"]
mppe_strengths = [128, 40]
mppe_stateful = true
`;

/** Words for a pppd that has no MS-CHAPv2. Of version 1 it has no keys of 40 bits, for want of an LM hash. */
const MS_CHAP_V1 = "require-mppe-128 refuse-eap refuse-pap refuse-chap refuse-mschap-v2";

/** `UPDATE_FIXTURES=1` keeps the captures for tests that have no client at hand. */
const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));

function pacctl(file: string, password: string, ...words: readonly string[]): string {
  return execFileSync(PACCTL, ["decode", file, "--user", "alice", "--password-stdin", ...words], {
    input: password,
    encoding: "utf8",
  });
}

/** Records what passes while `happens`, and keeps it as a file. */
async function recorded(scene: Scene, name: string, happens: () => Promise<void>): Promise<string> {
  const capture = await scene.lab.capture(undefined, 0);
  await happens();
  await capture.stop();
  const file = join(scene.lab.folder, `${name}.pcap`);
  writeFileSync(file, capture.bytes());
  if (process.env["UPDATE_FIXTURES"] !== undefined) {
    mkdirSync(FIXTURES, { recursive: true });
    writeFileSync(join(FIXTURES, `${name}.pcap`), capture.bytes());
  }
  return file;
}

describe("pacctl decode reads what a real client and pacd say", () => {
  const scene = useScene(1, EVERYTHING);

  for (const [name, options, stateful, encryption] of [
    ["pptp-linux-128-stateless", undefined, false, "MPPE 128 bits stateless"],
    ["pptp-linux-128-stateful", undefined, true, "MPPE 128 bits stateful"],
    ["pptp-linux-40-stateful", "nomppe-128 require-mppe-40", true, "MPPE 40 bits stateful"],
    ["pptp-linux-ms-chap-v1", MS_CHAP_V1, false, "MPPE 128 bits stateless"],
  ] as const)
    test(`${name}: every packet is decrypted, the goodbye told, and tshark names the same fields`, async () => {
      const [client] = scene.clients;
      const file = await recorded(scene, name, async () => {
        const more = stateful ? await statefulOnly(client!) : "";
        if (options === MS_CHAP_V1) await client!.connect(ALICE, "", options);
        else await client!.connect(ALICE, `${options ?? ""} ${more}`);
        await client!.guest.must("ping -c 4 -i 0.1 -W 5 10.77.0.1");
        await client!.hangUp();
      });
      const objects = pacctl(file, ALICE.password, "--json")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      const call = objects.find(({ type }) => type === "call");
      assert.equal(call.encryption, encryption);
      assert.ok(call.packets.encrypted >= 8);
      assert.deepEqual([call.packets.decrypted, call.packets.undecrypted], [call.packets.encrypted, {}]);
      assert.equal(call.verdict.code, "client-hung-up");
      assert.ok(compareWithTshark(file).values > 300);
      const inside = join(scene.lab.folder, "inside.pcap");
      pacctl(file, ALICE.password, "--write-decrypted", inside);
      const pings = execFileSync("tshark", ["-r", inside, "-Y", "icmp.type == 0"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      assert.equal(pings.trimEnd().split("\n").length, 4);
    });

  test("a client with a wrong password: refused, and the password given here is not the one", async () => {
    const [client] = scene.clients;
    const file = await recorded(scene, "pptp-linux-wrong-password", async () => {
      await client!.dial({ ...ALICE, password: "mistyped" });
    });
    const out = pacctl(file, ALICE.password);
    assert.match(out, /^Verdict +The user name or the password is wrong\. \(bad-credentials\)$/m);
    assert.match(out, /The client did not use the\s+password that was given here/);
    assert.ok(compareWithTshark(file).values > 100);
  });
});
