import assert from "node:assert/strict";
import { test } from "node:test";
import { challengeOf, errorOf, provesServer } from "../../../../server/ppp/auth/ms-chap-outcome.ts";
import { ascii } from "../../../support/bytes.ts";

/** RFC 2759 §9.2. */
const RIGHT = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

test("only the right S= proves the server, in either case and whatever text follows", () => {
  const proves = (text: string) => provesServer(RIGHT, ascii(text));
  assert.ok(proves(RIGHT));
  assert.ok(proves(`${RIGHT} M=Welcome`));
  assert.ok(proves(RIGHT.toLowerCase().replace("s=", "S=")));
  assert.ok(!proves(RIGHT.replace("4", "5")));
  assert.ok(!proves(RIGHT.slice(0, -1)));
  assert.ok(!proves("Welcome"));
  assert.ok(!proves(""));
});

test("a method that proves nothing is content with any Success", () => {
  assert.ok(provesServer(undefined, ascii("Access granted")));
});

for (const [text, error] of [
  ["E=691 R=0 C=00112233 V=3 M=No", 691],
  ["R=1 E=648 V=3", 648],
  ["E=691", 691],
  ["Access denied", undefined],
  ["xE=691", undefined],
  ["", undefined],
] as const) {
  test(`a Failure "${text}" has error ${error}`, () => assert.equal(errorOf(ascii(text)), error));
}

for (const [text, challenge] of [
  ["E=691 R=1 C=0011223344556677 V=2", "0011223344556677"],
  ["E=648 R=1 C=00112233445566778899aabbccddeeff V=3 M=x", "00112233445566778899aabbccddeeff"],
  ["E=691 R=1 C=0011223344556677", "0011223344556677"],
  ["E=691 R=0 C=00112233 V=3", undefined],
  ["E=691 R=0", undefined],
] as const)
  test(`the next challenge in "${text}" is ${challenge}`, () => {
    const found = challengeOf(ascii(text));
    assert.equal(found && Buffer.from(found).toString("hex"), challenge);
  });
