import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePapMessage, decodePapRequest, encodePapMessage } from "../../../../server/ppp/auth/pap.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { lulu, papRequest } from "./packets.ts";

const packet = (data: Uint8Array, code = 1) => ({ code, identifier: 1, data });

test("an Authenticate-Request decodes", () => {
  const value = { name: lulu, password: ascii("s3cret") };
  assert.deepEqual(decodePapRequest(packet(papRequest)), { ok: true, value });
});

test("name and password may be empty, and are octets as they came", () => {
  const nothing = { name: new Uint8Array(0), password: new Uint8Array(0) };
  assert.deepEqual(decodePapRequest(packet(fromHex("0000"))), { ok: true, value: nothing });
  const odd = { name: fromHex("6af6"), password: fromHex("00ff") };
  assert.deepEqual(decodePapRequest(packet(fromHex("026af6 0200ff"))), { ok: true, value: odd });
});

test("octets behind the password are not minded", () => {
  assert.ok(decodePapRequest(packet(Uint8Array.of(...papRequest, 0, 0))).ok);
});

for (const prefix of strictPrefixes(papRequest))
  test(`an Authenticate-Request truncated at octet ${prefix.length} is refused`, () => {
    const result = decodePapRequest(packet(prefix));
    assert.ok(!result.ok && result.code === "truncated");
  });

const message = bytes`
  06            Msg-Length
  48656c6c6f21  Message "Hello!"
`;

test("a message encodes and decodes", () => {
  assert.deepEqual(encodePapMessage("Hello!"), message);
  assert.deepEqual(decodePapMessage(packet(message, 2)), { ok: true, value: ascii("Hello!") });
  for (const prefix of strictPrefixes(message)) assert.equal(decodePapMessage(packet(prefix, 2)).ok, false);
});

test("any octets decode or are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (data) => {
      const result = decodePapRequest(packet(data));
      if (result.ok) assert.ok(result.value.name.length + result.value.password.length + 2 <= data.length);
      else assert.equal(result.code, "truncated");
      decodePapMessage(packet(data));
    }),
  );
});
