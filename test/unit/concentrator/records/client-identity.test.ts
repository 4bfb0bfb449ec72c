import assert from "node:assert/strict";
import { test } from "node:test";
import { ClientIdentity } from "../../../../server/concentrator/records/client-identity.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";

const WINDOWS = { hostName: "", vendorName: "Microsoft", firmwareRevision: 0 };

/** An LCP Identification (RFC 1570 §2.1) with the sender's magic number before its message. */
function identification(message: Uint8Array | string): Uint8Array {
  const text = typeof message === "string" ? Buffer.from(message, "latin1") : message;
  const length = text.length + 8;
  return concat(bytes`ff03 c021 0c05`, Uint8Array.of(length >>> 8, length), bytes`0c6f3548`, text);
}

test("Windows' Identifications name the computer; the GUID among them is no text", () => {
  const identity = new ClientIdentity(WINDOWS);
  identity.frame(identification("MSRASV5.20"));
  identity.frame(identification("MSRAS-0-WIN-7RSSC38TVCL"));
  identity.frame(identification(bytes`0cdc79f6c5cc464ba2ecd0e20e25b44a`));
  assert.deepEqual(identity.facts(), {
    computerName: "WIN-7RSSC38TVCL",
    kind: "windows",
    hostName: null,
    vendorName: "Microsoft",
    firmwareRevision: 0,
    identifications: ["MSRASV5.20", "MSRAS-0-WIN-7RSSC38TVCL"],
  });
});

for (const [vendorName, kind] of [
  ["Microsoft Windows NT", "windows"],
  ["cananian", "pptp-linux"],
  ["MikroTik", "routeros"],
  ["pacctl", "pacctl"],
  ["Cisco Systems", null],
  ["", null],
] as const)
  test(`vendor "${vendorName}" is ${kind}`, () => {
    assert.equal(new ClientIdentity({ ...WINDOWS, vendorName }).facts().kind, kind);
  });

test("a client whose Start-Request is not known is Windows if it identifies itself as that", () => {
  const identity = new ClientIdentity(undefined);
  assert.equal(identity.facts().kind, null);
  identity.frame(identification("MSRASV5.20"));
  assert.equal(identity.facts().kind, "windows");
  assert.equal(identity.facts().firmwareRevision, null);
});

test("what is no Identification, or has no message, says nothing", () => {
  const identity = new ClientIdentity(WINDOWS);
  identity.frame(bytes`ff03 c021 0905 0008 0c6f3548`);
  identity.frame(identification(""));
  identity.frame(bytes`ff03 c021 0c05 0006 0c6f`);
  assert.deepEqual(identity.facts().identifications, []);
});

test("a flood of Identifications leaves eight looked at, and each text once", () => {
  const identity = new ClientIdentity(WINDOWS);
  for (let i = 0; i < 5; i += 1) identity.frame(identification("again"));
  for (let i = 0; i < 1000; i += 1) identity.frame(identification(`number ${i}`));
  assert.deepEqual(identity.facts().identifications, ["again", "number 0", "number 1", "number 2"]);
});

test("whatever a client calls itself is printable and bounded", () => {
  const octets = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(octets, octets, octets, (hostName, vendorName, message) => {
      const name = (value: Uint8Array) => Buffer.from(value.subarray(0, 64)).toString("latin1");
      const identity = new ClientIdentity({
        hostName: name(hostName),
        vendorName: name(vendorName),
        firmwareRevision: 0,
      });
      identity.frame(identification(concat(Buffer.from("MSRAS-0-"), message)));
      const facts = identity.facts();
      const texts = [facts.computerName, facts.hostName, facts.vendorName, ...facts.identifications];
      for (const text of texts) assert.match(text ?? "", /^[\x20-\x7e]{0,256}…?$/);
    }),
  );
});
