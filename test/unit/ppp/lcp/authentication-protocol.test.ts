import assert from "node:assert/strict";
import { test } from "node:test";
import {
  agreedMethod,
  authenticationProtocol,
  required,
} from "../../../../server/ppp/lcp/authentication-protocol.ts";
import type { LcpPolicy } from "../../../../server/ppp/lcp/lcp-policy.ts";
import { hex } from "../../../../server/wire/bytes.ts";
import { octets } from "../../../../server/wire/units.ts";
import { fromHex } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";

const [v2, v1, md5, pap, eap] = ["c22381", "c22380", "c22305", "c023", "c227"] as const;
const ALL = ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"] as const;

const policyOf = (...authentication: LcpPolicy["authentication"]): LcpPolicy => ({
  mru: octets(1400),
  magic: 0xaa471106,
  authentication,
});

/** What we ask for after a Nak of `own` for `offered`. */
const after = (policy: LcpPolicy, own: string, offered: string, refused: readonly string[] = []): string =>
  hex(authenticationProtocol.onNak(fromHex(offered), fromHex(own), policy, refused.map(fromHex))!);

for (const [method, value] of [
  ["ms-chap-v2", v2],
  ["ms-chap-v1", v1],
  ["chap-md5", md5],
  ["pap", pap],
] as const) {
  test(`${method} is ${value} on the wire, and understood`, () => {
    assert.equal(hex(authenticationProtocol.propose(policyOf(method))!), value);
    assert.equal(agreedMethod([{ code: 3, data: fromHex(value) }]), method);
    assert.equal(authenticationProtocol.describe(fromHex(value)), `auth=${method}`);
  });

  test(`a client that asks us for ${method} is rejected, whatever the policy`, () => {
    const judged = authenticationProtocol.judge(fromHex(value), policyOf(...ALL), fromHex(value));
    assert.deepEqual(judged, { say: "reject" });
  });
}

test("the first method of the policy is asked for", () => {
  assert.equal(hex(authenticationProtocol.propose(policyOf("pap", "ms-chap-v2"))!), pap);
});

test("without the option, and with one that we never ask for, nothing is agreed", () => {
  assert.equal(agreedMethod([]), undefined);
  for (const value of [eap, "c22399", "c223", "c0", ""])
    assert.equal(agreedMethod([{ code: 3, data: fromHex(value) }]), undefined);
});

for (const [allowed, own, offered, refused, next] of [
  [["ms-chap-v2"], v2, pap, [], v2], // nothing else is allowed: insist
  [["ms-chap-v2"], v2, eap, [], v2],
  [["ms-chap-v2", "pap"], v2, pap, [], pap], // what the client wants
  [ALL, v2, md5, [], md5],
  [ALL, v2, eap, [], v1], // not allowed: the next
  [ALL, v2, "c22399", [], v1],
  [ALL, v2, "c223", [], v1],
  [ALL, v1, eap, [v2], md5],
  [ALL, md5, eap, [v2, v1], pap],
  [ALL, pap, eap, [v2, v1, md5], pap], // all were refused: insist on the last
  [ALL, pap, eap, [v2], v1], // it jumped to the last of the list: what it has not seen yet
  [ALL, v1, v2, [v2], md5], // it refused that before
  [["ms-chap-v2", "ms-chap-v1"], v1, v2, [v2], v1],
  [["ms-chap-v2", "ms-chap-v1"], v2, v2, [], v1], // it wants what it refuses
  [["pap", "ms-chap-v2"], pap, eap, [], v2],
  [ALL, v2, "c2", [], v2], // no protocol
  [ALL, v2, "", [], v2],
] as const)
  test(`of ${allowed.join(", ")}: ${own} refused for "${offered}" after ${refused.length} others gives ${next}`, () => {
    assert.equal(after(policyOf(...allowed), own, offered, refused), next);
  });

test("any Naks end in a method that is asked for to the end, and no method is asked for twice before", () => {
  const value = fc.oneof(
    fc.constantFrom(v2, v1, md5, pap, eap),
    fc.uint8Array({ maxLength: 4 }).map((data) => hex(data)),
  );
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...ALL], { minLength: 1 }),
      fc.array(value, { minLength: 8, maxLength: 8 }),
      (allowed, naks) => {
        const policy = policyOf(...allowed);
        const asked = [hex(authenticationProtocol.propose(policy)!)];
        for (const offered of naks) asked.push(after(policy, asked.at(-1)!, offered, asked.slice(0, -1)));
        const changes = asked.filter((method, i) => method !== asked[i - 1]);
        assert.equal(new Set(changes).size, changes.length);
        assert.ok(changes.length <= allowed.length);
      },
    ),
  );
});

test("a Terminate-Request says which methods are allowed", () => {
  assert.equal(required(["ms-chap-v2"]), "MS-CHAPv2 is required");
  assert.equal(required(["ms-chap-v2", "pap"]), "MS-CHAPv2 or PAP is required");
  assert.equal(required(ALL), "MS-CHAPv2, MS-CHAPv1, CHAP-MD5 or PAP is required");
});
