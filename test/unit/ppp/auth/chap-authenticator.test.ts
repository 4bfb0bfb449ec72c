import assert from "node:assert/strict";
import { test } from "node:test";
import type { Authenticator } from "../../../../server/ppp/auth/authenticator.ts";
import { authenticator, createAuthenticator } from "../../../../server/ppp/auth/authenticator.ts";
import type { AuthenticatorEvent } from "../../../../server/ppp/auth/authenticator-types.ts";
import { decodeChapValue } from "../../../../server/ppp/auth/chap.ts";
import { MAX_CHALLENGES } from "../../../../server/ppp/auth/limits.ts";
import { ascii, strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { changePassword, chapMd5Response, lulu, msChapV1Response, msChapV2Response } from "./packets.ts";
import { packet, tableOf, words } from "./table.ts";

const seed = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i);
const fresh = new Uint8Array(16).fill(0xf0);
const proof = new Uint8Array(20).fill(0xab);
const none = new Uint8Array(0);

/** The state that an authenticator is in after these events. */
const after = (state: Authenticator, ...events: AuthenticatorEvent[]): Authenticator =>
  events.reduce((now, event) => authenticator(now, event)[0], state);

const start: AuthenticatorEvent = { type: "start" };
const timeout: AuthenticatorEvent = { type: "timeout" };
const right: AuthenticatorEvent = { type: "right", proof };
const wrong: AuthenticatorEvent = { type: "wrong", failure: 691, challenge: fresh };
const expired: AuthenticatorEvent = { type: "wrong", failure: 648, challenge: fresh };
const unchanged: AuthenticatorEvent = { type: "wrong", failure: 709, challenge: fresh };
const admit: AuthenticatorEvent = { type: "admit" };
const timeouts = Array.from({ length: MAX_CHALLENGES }, () => timeout);

const KINDS = [
  { method: "ms-chap-v2", data: msChapV2Response, afterExpired: "changing send:4/3 arm:120000" },
  { method: "ms-chap-v1", data: msChapV1Response, afterExpired: "settled send:4/3" },
  { method: "chap-md5", data: chapMd5Response, afterExpired: "settled send:4/3" },
] as const;

for (const { method, data, afterExpired } of KINDS) {
  const unsent = createAuthenticator(method, 3, seed, "pacd");
  const waiting = after(unsent, start);
  const verifying = after(waiting, packet(2, 3, data));
  const verified = after(verifying, right);
  tableOf(
    method,
    {
      unsent,
      waiting,
      exhausted: after(unsent, ...timeouts),
      verifying,
      verified,
      accepted: after(verified, admit),
      refused: after(verifying, wrong),
    },
    {
      start,
      timeout,
      response: packet(2, 3, data),
      "a foreign response": packet(2, 4, data),
      "a short response": packet(2, 3, data.slice(1)),
      "a challenge": packet(1, 3, data),
      "a success": packet(3, 3, none),
      "a change-password": packet(7, 3, changePassword),
      "the next change-password": packet(7, 4, changePassword),
      right,
      wrong,
      expired,
      "expired without a challenge": { ...expired, challenge: undefined },
      admit,
    },
    {
      "unsent, start": "waiting send:1/3 arm:1000",
      "unsent, timeout": "waiting send:1/3 arm:1000",
      "waiting, start": "waiting send:1/3 arm:2000",
      "waiting, timeout": "waiting send:1/3 arm:2000",
      "waiting, response": `verifying disarm verify:${method}`,
      "exhausted, start": "waiting send:1/3 arm:3000",
      "exhausted, timeout": "waiting unanswered",
      "exhausted, response": `verifying disarm verify:${method}`,
      "verifying, right": "verified",
      "verifying, wrong": "settled send:4/3",
      "verifying, expired": afterExpired,
      "verifying, expired without a challenge": "settled send:4/3",
      "verified, admit": "settled send:3/3",
      "accepted, response": "settled send:3/3",
      "accepted, a short response": "settled send:3/3",
      "refused, response": "settled send:4/3",
      "refused, a short response": "settled send:4/3",
    },
  );

  test(`${method}: no truncated response is verified`, () => {
    for (const prefix of strictPrefixes(data.slice(0, -lulu.length)))
      assert.equal(words(authenticator(waiting, packet(2, 3, prefix))), "waiting");
  });

  test(`${method}: any packets move through the states without a throw`, () => {
    const from = [unsent, waiting, verifying, verified, after(verifying, wrong), after(verifying, expired)];
    const packets = fc.array(
      fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 700 })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...from), packets, (state, list) => {
        after(state, ...list.map((one) => packet(...one)));
      }),
    );
  });
}

/** What our packet of this kind says. */
const said = (state: Authenticator, event: AuthenticatorEvent): Uint8Array => {
  const [, ...effects] = authenticator(state, event);
  const sent = effects.find((effect) => effect.do === "send");
  assert.ok(sent?.do === "send");
  return sent.packet.data;
};
const verifying = (method: (typeof KINDS)[number]["method"], data: Uint8Array): Authenticator =>
  after(createAuthenticator(method, 3, seed, "pacd"), start, packet(2, 3, data));

test("a Challenge carries our name and as many octets as its kind wants: 16, of MS-CHAPv1 8", () => {
  for (const [method, length] of [
    ["ms-chap-v2", 16],
    ["ms-chap-v1", 8],
    ["chap-md5", 16],
  ] as const) {
    const result = decodeChapValue(said(createAuthenticator(method, 3, seed, "pacd"), start));
    assert.deepEqual(result, { ok: true, value: { value: seed.slice(0, length), name: ascii("pacd") } });
  }
});

test("an MS-CHAPv2 Success carries upper-case hexadecimal, and text unless the client cannot read it", () => {
  const bare = `S=${"AB".repeat(20)}`;
  const windows98 = after(verifying("ms-chap-v2", msChapV2Response), right);
  assert.deepEqual(said(windows98, admit), ascii(bare));
  const withText = msChapV2Response.with(49, 0);
  assert.deepEqual(
    said(after(verifying("ms-chap-v2", withText), right), admit),
    ascii(`${bare} M=Access granted`),
  );
});

test("an MS-CHAPv2 Failure is 691 without a retry", () => {
  const bare = "E=691 R=0 C=A0A1A2A3A4A5A6A7A8A9AAABACADAEAF V=3";
  assert.deepEqual(said(verifying("ms-chap-v2", msChapV2Response), wrong), ascii(bare));
  const withText = verifying("ms-chap-v2", msChapV2Response.with(49, 0));
  assert.deepEqual(said(withText, wrong), ascii(`${bare} M=Access denied`));
});

test("an expired password is 648 with a challenge to answer", () => {
  const bare = `E=648 R=1 C=${"F0".repeat(16)} V=3`;
  assert.deepEqual(said(verifying("ms-chap-v2", msChapV2Response), expired), ascii(bare));
  const withText = verifying("ms-chap-v2", msChapV2Response.with(49, 0));
  assert.deepEqual(said(withText, expired), ascii(`${bare} M=Password expired`));
});

test("MS-CHAPv1 says 16 digits of challenge and version 2, whatever the reason", () => {
  const state = verifying("ms-chap-v1", msChapV1Response);
  for (const event of [wrong, expired, unchanged])
    assert.deepEqual(said(state, event), ascii("E=691 R=0 C=A0A1A2A3A4A5A6A7 V=2"));
  assert.deepEqual(said(after(state, right), admit), ascii("Access granted"));
});

test("CHAP-MD5 says plain text", () => {
  const state = verifying("chap-md5", chapMd5Response);
  assert.deepEqual(said(state, wrong), ascii("Access denied"));
  assert.deepEqual(said(after(state, right), admit), ascii("Access granted"));
});
