import assert from "node:assert/strict";
import { test } from "node:test";
import { accm } from "../../../../server/ppp/lcp/accm.ts";
import { addressFieldCompression } from "../../../../server/ppp/lcp/address-field-compression.ts";
import { endpointDiscriminator } from "../../../../server/ppp/lcp/endpoint-discriminator.ts";
import { lcp } from "../../../../server/ppp/lcp/lcp.ts";
import type { LcpPolicy } from "../../../../server/ppp/lcp/lcp-policy.ts";
import { magicNumber } from "../../../../server/ppp/lcp/magic-number.ts";
import { DEFAULT_MRU, MIN_MRU, mru } from "../../../../server/ppp/lcp/mru.ts";
import { protocolFieldCompression } from "../../../../server/ppp/lcp/protocol-field-compression.ts";
import { octets } from "../../../../server/wire/units.ts";
import { fromHex } from "../../../support/bytes.ts";

const policy: LcpPolicy = { mru: octets(1400), magic: 0xaa471106, authentication: ["ms-chap-v2"] };
const ack = { say: "ack" };
const reject = { say: "reject" };
const nak = (digits: string, alone = false) => ({ say: "nak", value: fromHex(digits), alone });

for (const [asked, said] of [
  ["0578", ack], // Windows: 1400
  ["0080", ack], // the smallest that we take
  ["ffff", ack],
  ["007f", nak("05dc")],
  ["0000", nak("05dc")],
  ["05", nak("05dc")], // does not decode
  ["057800", nak("05dc")],
  ["", nak("05dc")],
] as const)
  test(`mru ${asked || "empty"} is answered by ${said.say}`, () => {
    assert.deepEqual(mru.judge(fromHex(asked), policy, undefined), said);
  });

test("mru is asked for as the policy says, and is 1500 without the option", () => {
  assert.deepEqual(mru.propose(policy), fromHex("0578"));
  assert.equal(mru.in([]), DEFAULT_MRU);
  assert.equal(mru.in([{ code: 1, data: fromHex("0578") }]), 1400);
  assert.equal(MIN_MRU, 128);
});

for (const [own, offered, refused, next] of [
  ["0578", "0514", [], "0514"],
  ["0578", "05dc", [], "05dc"], // up to 1500 we can receive
  ["0578", "0640", [], "05dc"], // and no more
  ["0578", "ffff", [], "05dc"],
  ["0578", "0001", [], "0578"], // nobody could live with that
  ["0578", "05", [], "0578"], // does not decode
  ["05dc", "05dc", [], "05dc"], // what it got already: it may not have heard
  ["05dc", "0640", ["0578"], "05dc"],
  ["05dc", "05dc", ["0578", "05dc"], undefined],
  ["05dc", "0640", ["0578", "05dc"], undefined],
  ["0578", "0001", ["0578"], undefined],
] as const)
  test(`mru ${own} becomes ${next ?? "no option"} after a Nak with ${offered}, ${refused.length} having been Nak'd before`, () => {
    const said = mru.onNak(
      fromHex(offered),
      fromHex(own),
      policy,
      refused.map((digits) => fromHex(digits)),
    );
    assert.deepEqual(said, next === undefined ? undefined : fromHex(next));
  });

test("any accm is acknowledged, ours is 0 and takes over what a Nak adds", () => {
  assert.deepEqual(accm.judge(fromHex("ffffffff"), policy, undefined), ack);
  assert.deepEqual(accm.judge(fromHex("00"), policy, undefined), reject);
  assert.deepEqual(accm.propose(policy), fromHex("00000000"));
  assert.deepEqual(accm.onNak(fromHex("800a0000"), fromHex("00000001"), policy, []), fromHex("800a0001"));
});

test("a Magic-Number like ours or zero gets another, before any Reject", () => {
  assert.deepEqual(magicNumber.judge(fromHex("0c6f3548"), policy, fromHex("aa471106")), ack);
  assert.deepEqual(
    magicNumber.judge(fromHex("aa471106"), policy, fromHex("aa471106")),
    nak("487e8abf", true),
  );
  assert.deepEqual(
    magicNumber.judge(fromHex("00000000"), policy, fromHex("aa471106")),
    nak("9e3779b9", true),
  );
  assert.deepEqual(magicNumber.judge(fromHex("0c6f35"), policy, undefined), reject);
});

test("a Magic-Number after a Nak is neither the old nor the offered nor zero", () => {
  for (const offered of ["487e8abf", "61c88647", "aa471106", "00000000"]) {
    const next = magicNumber.onNak(fromHex(offered), fromHex("aa471106"), policy, [])!;
    for (const other of [offered, "aa471106", "00000000"]) assert.notDeepEqual(next, fromHex(other));
  }
  assert.deepEqual(
    magicNumber.onNak(fromHex("cb8f9741"), fromHex("aa471106"), policy, []),
    fromHex("00000001"),
  );
});

for (const option of [protocolFieldCompression, addressFieldCompression])
  test(`${option.name} is taken and offered, has no value, and is dropped on a Nak`, () => {
    assert.deepEqual(option.judge(new Uint8Array(0), policy, undefined), ack);
    assert.deepEqual(option.judge(fromHex("00"), policy, undefined), reject);
    assert.deepEqual(option.propose(policy), new Uint8Array(0));
    assert.equal(option.onNak(new Uint8Array(0), new Uint8Array(0), policy, []), undefined);
    assert.equal(option.in([]), false);
    assert.equal(option.in([{ code: option.code, data: new Uint8Array(0) }]), true);
  });

test("an endpoint discriminator is acknowledged and not asked for", () => {
  assert.deepEqual(endpointDiscriminator.judge(fromHex("0131"), policy, undefined), ack);
  assert.equal(endpointDiscriminator.propose(policy), undefined);
});

test("every option that is known and unwanted is rejected, and no code stands twice", () => {
  for (const code of [4, 9, 13, 15, 17, 18, 23]) {
    const option = lcp.options.find((known) => known.code === code)!;
    assert.deepEqual(option.judge(fromHex("00"), policy, undefined), reject, option.name);
    assert.equal(option.propose(policy), undefined);
  }
  assert.equal(new Set(lcp.options.map((option) => option.code)).size, lcp.options.length);
});
