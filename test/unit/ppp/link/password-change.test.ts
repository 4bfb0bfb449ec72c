import assert from "node:assert/strict";
import { test } from "node:test";
import type { Credentials } from "../../../../server/ppp/auth/credentials.ts";
import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";
import { ascii } from "../../../support/bytes.ts";
import { changePassword } from "../auth/packets.ts";
import { assignment, Dial, packet, reach, response, right, terminateAck, terminateRequest } from "./dial.ts";

const credentials = (dial: Dial): Credentials => {
  const effect = dial.effects.findLast((one) => one.do === "verify");
  assert.ok(effect?.do === "verify");
  return effect.credentials;
};

const expired: LogInOutcome = { ok: false, failure: 648 };
const change = (identifier: number): Uint8Array => packet("chap", 7, identifier, changePassword);

/** A client whose password was right and has expired. */
function warned(): Dial {
  const dial = new Dial();
  reach.verifying(dial);
  assert.deepEqual(dial.verified(expired), [
    'chap Failure id=1 "E=648 R=1 C=(32 characters) V=3 M=Password expired"',
    "arm auth 120000",
  ]);
  return dial;
}

test("an expired password is changed, and the client is let in with the keys of the new one", () => {
  const dial = warned();
  assert.deepEqual(
    dial.latest("chap", 4).data,
    ascii(`E=648 R=1 C=${"5D".repeat(16)} V=3 M=Password expired`),
  );
  assert.deepEqual(dial.receive(change(2)), ["disarm auth", "verify"]);
  const { method, name, ...rest } = credentials(dial);
  assert.deepEqual([method, name], ["change-password", ascii("alice")]);
  assert.ok("authenticatorChallenge" in rest);
  assert.deepEqual(rest.authenticatorChallenge, new Uint8Array(16).fill(0x5d));
  assert.deepEqual(dial.verified(right), ["reached auth", "assign-address"]);
  assert.equal(dial.assigned()[0], 'chap Success id=2 "S=(40 characters) M=Access granted"');
  assert.equal(dial.receive(change(2))[0], 'chap Success id=2 "S=(40 characters) M=Access granted"');
  assert.deepEqual(dial.receive(response(1)), []);
});

test("a new password that is refused is 709 and the end", () => {
  const dial = warned();
  dial.receive(change(2));
  const failure = 'chap Failure id=2 "E=709 R=0 C=(32 characters) V=3 M=The password was not changed"';
  assert.deepEqual(dial.verified({ ok: false, failure: 709 }), [
    failure,
    ...terminateRequest(2, "authentication failed"),
  ]);
  assert.deepEqual(dial.receive(change(2)), [failure]);
  assert.equal(terminateAck(dial).at(-1), "ended auth-refused");
});

test("a copy of the Response gets the Failure again, and does not shorten the wait", () => {
  const dial = warned();
  assert.deepEqual(dial.receive(response(1)), [
    'chap Failure id=1 "E=648 R=1 C=(32 characters) V=3 M=Password expired"',
  ]);
});

test("a client that does not change its password in time is refused", () => {
  const dial = warned();
  assert.deepEqual(dial.expire("auth"), terminateRequest(2, "the password has expired"));
  assert.equal(terminateAck(dial).at(-1), "ended auth-refused");
});

test("a client that hangs up on an expired password just ends", () => {
  const dial = warned();
  assert.deepEqual(dial.receive(packet("lcp", 5, 9, ascii("bye"))), [
    "lcp Terminate-Ack id=9",
    "disarm auth",
    'ended peer-terminated lcp "bye"',
  ]);
});

test("a client that answers with the old password again is refused like any other", () => {
  const dial = warned();
  assert.deepEqual(dial.receive(response(2)), ["disarm auth", "verify"]);
  const given = credentials(dial);
  assert.ok(given.method === "ms-chap-v2");
  assert.deepEqual(given.authenticatorChallenge, new Uint8Array(16).fill(0x5d));
  assert.equal(
    dial.verified(expired)[0],
    'chap Failure id=2 "E=691 R=0 C=(32 characters) V=3 M=Access denied"',
  );
  assert.equal(terminateAck(dial).at(-1), "ended auth-refused");
});

test("a change takes a challenge, and the next Challenge of the link has another identifier", () => {
  const dial = warned();
  dial.receive(packet("lcp", 1, 9, [[5, "01020304"]]));
  const lines = dial.acknowledge("lcp");
  assert.ok(lines.includes('chap Challenge id=3 value=(16 octets) name="pacd"'));
  assert.deepEqual(dial.latest("chap", 1).data.slice(1, 17), new Uint8Array(16).fill(0x5e));
});

test("without a challenge left an expired password is a wrong one", () => {
  const dial = new Dial();
  reach.lcp(dial);
  for (let identifier = 2; identifier <= 4; identifier++) {
    dial.receive(packet("lcp", 1, identifier, [[5, `0102030${identifier}`]]));
    dial.acknowledge("lcp");
  }
  dial.receive(response(4));
  assert.equal(
    dial.verified(expired)[0],
    'chap Failure id=4 "E=691 R=0 C=(32 characters) V=3 M=Access denied"',
  );
});

test("a packet of a change that was never offered moves nothing", () => {
  const dial = new Dial();
  reach.lcp(dial);
  assert.deepEqual(dial.receive(change(1)), []);
  dial.receive(response(1));
  assert.deepEqual(dial.receive(change(2)), []);
  dial.verified(right);
  dial.assigned(assignment);
  assert.deepEqual(dial.receive(change(2)), []);
});
