import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Authenticator,
  authenticator,
  createAuthenticator,
  protocolOf,
} from "../../../../server/ppp/auth/authenticator.ts";
import type { AuthenticatorEvent } from "../../../../server/ppp/auth/authenticator-types.ts";
import { PROTOCOL } from "../../../../server/ppp/protocols.ts";
import { ascii, strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { lulu, papRequest } from "./packets.ts";
import { packet, tableOf, words } from "./table.ts";

const after = (state: Authenticator, ...events: AuthenticatorEvent[]): Authenticator =>
  events.reduce((now, event) => authenticator(now, event)[0], state);

const right: AuthenticatorEvent = { type: "right", proof: undefined };
const wrong: AuthenticatorEvent = { type: "wrong", failure: 691, challenge: undefined };
const admit: AuthenticatorEvent = { type: "admit" };
const other = papRequest.with(2, 0x4c);

const waiting = createAuthenticator("pap", 1, new Uint8Array(16), "pacd");
const verifying = after(waiting, packet(1, 9, papRequest));
const verified = after(verifying, right);

tableOf(
  "pap",
  {
    waiting,
    verifying,
    verified,
    accepted: after(verified, admit),
    refused: after(verifying, wrong),
  },
  {
    start: { type: "start" },
    timeout: { type: "timeout" },
    request: packet(1, 9, papRequest),
    "a short request": packet(1, 9, papRequest.slice(0, -1)),
    ack: packet(2, 9, papRequest),
    nak: packet(3, 9, papRequest),
    "an unknown code": packet(4, 9, papRequest),
    right,
    wrong,
    admit,
  },
  {
    "waiting, start": "waiting arm:30000",
    "waiting, timeout": "waiting unanswered",
    "waiting, request": "verifying disarm verify:pap",
    "verifying, right": "verified",
    "verifying, wrong": "settled send:3/9",
    "verified, admit": "settled send:2/9",
    "accepted, request": "settled send:2/9",
    "refused, request": "settled send:3/9",
  },
);

test("PAP has a protocol of its own, CHAP another", () => {
  assert.equal(protocolOf(waiting), PROTOCOL.pap);
  assert.equal(protocolOf(createAuthenticator("chap-md5", 1, new Uint8Array(16), "pacd")), PROTOCOL.chap);
});

test("name and password are verified as they came", () => {
  const [, , verify] = authenticator(waiting, packet(1, 9, papRequest));
  const credentials = { method: "pap", name: lulu, password: ascii("s3cret") };
  assert.deepEqual(verify, { do: "verify", credentials });
});

test("the verdict answers the latest copy of the request: each has an identifier of its own", () => {
  const asked = after(waiting, packet(1, 9, papRequest), packet(1, 10, papRequest));
  assert.equal(words(authenticator(asked, wrong)), "settled send:3/10");
  const accepted = after(asked, right, packet(1, 11, papRequest));
  assert.equal(words(authenticator(accepted, admit)), "settled send:2/11");
  assert.equal(words(authenticator(after(accepted, admit), packet(1, 12, papRequest))), "settled send:2/12");
});

test("another name while the first is verified changes nothing", () => {
  const asked = after(verifying, packet(1, 10, other));
  assert.equal(words(authenticator(asked, wrong)), "settled send:3/9");
});

test("the password is forgotten with the verdict", () => {
  for (const state of [verified, after(verified, admit), after(verifying, wrong)])
    assert.ok(!Object.hasOwn(state, "claim"));
});

test("a verdict carries its text", () => {
  for (const [event, text] of [
    [wrong, "Access denied"],
    [admit, "Access granted"],
  ] as const) {
    const [, sent] = authenticator(event === admit ? verified : verifying, event);
    assert.ok(sent?.do === "send");
    assert.deepEqual(sent.packet.data, Uint8Array.of(text.length, ...ascii(text)));
  }
});

test("no truncated request is verified", () => {
  for (const prefix of strictPrefixes(papRequest))
    assert.equal(words(authenticator(waiting, packet(1, 9, prefix))), "waiting");
});

test("any packets move through the states without a throw", () => {
  const packets = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 255 }), fc.uint8Array()), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.constantFrom(waiting, verifying, verified), packets, (state, list) => {
      after(state, ...list.map((one) => packet(...one)));
    }),
  );
});
