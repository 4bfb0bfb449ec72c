import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Authenticator,
  authenticator,
  createAuthenticator,
} from "../../../../server/ppp/auth/authenticator.ts";
import type { AuthenticatorEvent } from "../../../../server/ppp/auth/authenticator-types.ts";
import { ascii, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { changePassword, lulu, msChapV2Response } from "./packets.ts";
import { packet, tableOf, words } from "./table.ts";

const after = (state: Authenticator, ...events: AuthenticatorEvent[]): Authenticator =>
  events.reduce((now, event) => authenticator(now, event)[0], state);

const fresh = new Uint8Array(16).fill(0xf0);
const left = new Uint8Array(16).fill(0xf1);
const refused = (failure: 691 | 648 | 709): AuthenticatorEvent => ({
  type: "wrong",
  failure,
  challenge: left,
});
const right: AuthenticatorEvent = { type: "right", proof: new Uint8Array(20).fill(0xab) };
const admit: AuthenticatorEvent = { type: "admit" };
const response = packet(2, 3, msChapV2Response.with(49, 0));
const again = packet(2, 4, msChapV2Response);
const change = packet(7, 4, changePassword);

const changing = after(
  createAuthenticator("ms-chap-v2", 3, new Uint8Array(16).fill(0xa0), "pacd"),
  { type: "start" },
  response,
  { type: "wrong", failure: 648, challenge: fresh },
);
const verifying = after(changing, change);
const verified = after(verifying, right);
const retried = after(changing, again);

tableOf(
  "password expired",
  {
    changing,
    "the change is verified": verifying,
    "the change was right": verified,
    changed: after(verified, admit),
    "the change was refused": after(verifying, refused(709)),
    "a second response is verified": retried,
    "the second response was refused": after(retried, refused(691)),
  },
  {
    start: { type: "start" },
    timeout: { type: "timeout" },
    "a copy of the first response": response,
    "a second response": again,
    "a foreign response": packet(2, 5, msChapV2Response),
    "a short second response": packet(2, 4, msChapV2Response.slice(1)),
    change,
    "a short change": packet(7, 4, changePassword.slice(1)),
    "a change with the first identifier": packet(7, 3, changePassword),
    "a change with another identifier": packet(7, 5, changePassword),
    "a change of MS-CHAPv1": packet(6, 4, changePassword),
    right,
    "wrong: 691": refused(691),
    "wrong: 648": refused(648),
    "wrong: 709": refused(709),
    admit,
  },
  {
    "changing, timeout": "changing unanswered",
    "changing, a copy of the first response": "changing send:4/3",
    "changing, a second response": "verifying disarm verify:ms-chap-v2",
    "changing, change": "verifying disarm verify:change-password",
    "the change is verified, right": "verified",
    "the change is verified, wrong: 691": "settled send:4/4",
    "the change is verified, wrong: 648": "settled send:4/4",
    "the change is verified, wrong: 709": "settled send:4/4",
    "the change was right, admit": "settled send:3/4",
    "changed, change": "settled send:3/4",
    "changed, a short change": "settled send:3/4",
    "the change was refused, change": "settled send:4/4",
    "the change was refused, a short change": "settled send:4/4",
    "a second response is verified, right": "verified",
    "a second response is verified, wrong: 691": "settled send:4/4",
    "a second response is verified, wrong: 648": "settled send:4/4",
    "a second response is verified, wrong: 709": "settled send:4/4",
    "the second response was refused, a second response": "settled send:4/4",
    "the second response was refused, a short second response": "settled send:4/4",
  },
);

test("a change is verified for the name of the Response before it, and the challenge of the Failure", () => {
  const [, , verify] = authenticator(changing, change);
  assert.deepEqual(verify, {
    do: "verify",
    credentials: {
      method: "change-password",
      name: lulu,
      authenticatorChallenge: fresh,
      encryptedPassword: new Uint8Array(516).fill(0xe1),
      encryptedHash: new Uint8Array(16).fill(0xe2),
      peerChallenge: new Uint8Array(16).fill(0xe3),
      ntResponse: new Uint8Array(24).fill(0xe4),
    },
  });
});

test("a second Response is verified against the challenge of the Failure", () => {
  const [, , verify] = authenticator(changing, again);
  assert.ok(verify?.do === "verify" && verify.credentials.method === "ms-chap-v2");
  assert.deepEqual(verify.credentials.authenticatorChallenge, fresh);
});

const message = (state: Authenticator, event: AuthenticatorEvent): string => {
  const [, sent] = authenticator(state, event);
  assert.ok(sent?.do === "send");
  return Buffer.from(sent.packet.data).toString("latin1");
};

test("a change that was refused is 709, one with a wrong old password 691, and there is no other", () => {
  const challenge = `C=${"F0".repeat(16)}`;
  const text = `E=709 R=0 ${challenge} V=3 M=The password was not changed`;
  assert.equal(message(verifying, refused(709)), text);
  assert.equal(message(verifying, refused(648)), text);
  assert.equal(message(verifying, refused(691)), `E=691 R=0 ${challenge} V=3 M=Access denied`);
});

test("a client that ignores 648 and answers with the old password is refused like any other", () => {
  for (const failure of [691, 648, 709] as const)
    assert.equal(message(retried, refused(failure)), `E=691 R=0 C=${"F0".repeat(16)} V=3`);
});

test("the Success after a change reads as after a right Response", () => {
  assert.equal(message(verified, admit), `S=${"AB".repeat(20)} M=Access granted`);
});

test("the identifier of a change is one more than the Failure's, 0 after 255", () => {
  const last = after(
    createAuthenticator("ms-chap-v2", 255, fresh, "pacd"),
    { type: "start" },
    packet(2, 255, msChapV2Response),
    { type: "wrong", failure: 648, challenge: left },
  );
  const expected = "verifying disarm verify:change-password";
  assert.equal(words(authenticator(last, packet(7, 0, changePassword))), expected);
  assert.equal(words(authenticator(last, packet(2, 255, msChapV2Response))), "changing send:4/255");
});

test("no truncated change is verified", () => {
  for (const prefix of strictPrefixes(changePassword))
    assert.equal(words(authenticator(changing, packet(7, 4, prefix))), "changing");
  assert.equal(words(authenticator(changing, packet(7, 4, fromHex("")))), "changing");
});

test("other methods know no change of the password", () => {
  const pap = after(createAuthenticator("pap", 1, fresh, "pacd"), { type: "start" });
  const request = packet(1, 9, Uint8Array.of(4, ...ascii("lulu"), 1, 0x78));
  assert.equal(
    words(authenticator(after(pap, request), { type: "wrong", failure: 648, challenge: left })),
    "settled send:3/9",
  );
});
