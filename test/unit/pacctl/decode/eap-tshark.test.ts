import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { ShownField } from "../../../../server/wire/shown-field.ts";
import { fromHex } from "../../../support/bytes.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import { needs } from "../../../support/needs.ts";
import { dial } from "./cases.ts";

/** Our names of the fields of EAP, and tshark's. */
const NAMES: Readonly<Record<string, string>> = {
  code: "eap.code",
  identifier: "eap.id",
  length: "eap.len",
  type: "eap.type",
  identity: "eap.identity",
  "desired-auth-type": "eap.desired_type",
  "op-code": "eap.ms_chap_v2.opcode",
  "ms-chapv2-id": "eap.ms_chap_v2.id",
  "ms-length": "eap.ms_chap_v2.length",
  "peer-challenge": "eap.ms_chap_v2.peer_challenge",
  reserved: "eap.ms_chap_v2.reserved",
  "nt-response": "eap.ms_chap_v2.nt_response",
  flags: "eap.ms_chap_v2.flags",
  message: "eap.ms_chap_v2.message",
  "tls-message-length": "eap.tls.len",
};

/** By type of EAP, what means something else there. */
const BY_TYPE: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  4: { "value-size": "eap.md5.value_size", value: "eap.md5.value" },
  13: { flags: "eap.tls.flags" },
  26: { "value-size": "eap.ms_chap_v2.value_size", name: "eap.ms_chap_v2.name" },
};

const plain = (value: number | string): string =>
  /^(?:0x[0-9a-f]+|\d+)$/i.test(String(value)) && String(value).length < 12
    ? String(Number(value))
    : String(value).toLowerCase();

const GENERATED = dial()
  .start()
  .call()
  .lcp("0304c227")
  .identity("CORP\\anna")
  .eap("server", 1, 2, 4, fromHex(`10${"a1".repeat(16)}`))
  .eap("client", 2, 2, 3, Uint8Array.of(13))
  .eap("server", 1, 3, 13, fromHex("80 00000104 1603010004 0e000000"))
  .eapLogIn()
  .eapAnswer(3)
  .eap("server", 3, 4)
  .eap("server", 4, 5);

const PPPD = new URL("../../../fixtures/eap/pppd-ms-chap-v2.pcap", import.meta.url);

const skip = needs({ programs: ["tshark"] });

test("every field of EAP is as tshark has it", { skip }, () => {
  assert.ok(compared(GENERATED.file()) > 50);
});

test("every field of EAP of pppd is as tshark has it", { skip }, () => {
  assert.ok(compared(readFileSync(PPPD)) > 30);
});

function compared(octets: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), "eap-"));
  const file = join(folder, "eap.pcap");
  writeFileSync(file, octets);
  const columns = [
    ...new Set([...Object.values(NAMES), ...Object.values(BY_TYPE).flatMap((one) => Object.values(one))]),
  ];
  const output = execFileSync(
    "tshark",
    ["-r", file, "-T", "fields", "-e", "frame.number", ...columns.flatMap((name) => ["-e", name])],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  rmSync(folder, { recursive: true });
  const theirs = new Map(
    output.split("\n").map((line) => {
      const [frame, ...values] = line.split("\t");
      return [Number(frame), new Map(columns.map((name, i) => [name, values[i]]))] as const;
    }),
  );
  let count = 0;
  const { rows } = decodedFile(octets, { fields: true, secrets: true });
  for (const { frame, fields = [] } of rows.filter(({ layer }) => layer === "eap")) {
    const type = Number(fields.find(({ name }) => name === "type")?.value);
    const ours = new Map<string, string>();
    const collect = ({ name, value, fields: parts = [] }: ShownField) => {
      const key = BY_TYPE[type]?.[name] ?? NAMES[name];
      if (key !== undefined) ours.set(key, [...(ours.get(key)?.split(",") ?? []), plain(value)].join(","));
      for (const part of parts) collect(part);
    };
    for (const field of fields) if (field.name !== "gre") collect(field);
    for (const [key, value] of ours) {
      const right = (theirs.get(frame)!.get(key) ?? "").split(",").map(plain).join(",");
      assert.equal(value.replaceAll("\\\\", "\\"), right.replaceAll("\\\\", "\\"), `frame ${frame}: ${key}`);
      count += 1;
    }
  }
  return count;
}
