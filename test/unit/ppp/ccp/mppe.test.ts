import assert from "node:assert/strict";
import { test } from "node:test";
import { ccp } from "../../../../server/ppp/ccp/ccp.ts";
import type { CcpPolicy } from "../../../../server/ppp/ccp/ccp-policy.ts";
import { mppe, mppeBits, mppeMode, proposedMode } from "../../../../server/ppp/ccp/mppe.ts";
import { fromHex } from "../../../support/bytes.ts";

const strict: CcpPolicy = { strengths: [128], stateful: false };
const short: CcpPolicy = { strengths: [128, 56, 40], stateful: false };
const stateful: CcpPolicy = { strengths: [128], stateful: true };
const lax: CcpPolicy = { strengths: [128, 56, 40], stateful: true };
const old: CcpPolicy = { strengths: [56, 40], stateful: true };

const ack = { say: "ack" };
const nak = (bits: string) => ({ say: "nak", value: fromHex(bits), alone: false });

/** By policy: what the client asks for, and what a Nak offers instead; nothing: it is acknowledged. */
const ANSWERS: readonly (readonly [name: string, CcpPolicy, Record<string, string>])[] = [
  [
    "128 stateless only",
    strict,
    {
      "01000040": "",
      "00000000": "01000040",
      "00000040": "01000040",
      "01000000": "01000040", // Windows 10
      "01000020": "01000040",
      "01000060": "01000040", // pptp-linux
      "010000e1": "01000040", // Windows 2000
      "01000041": "01000040", // a Windows server
      "01000050": "01000040",
      "81000040": "01000040",
      "01": "01000040",
      "": "01000040",
    },
  ],
  [
    "any length, stateless",
    short,
    {
      "01000040": "",
      "01000080": "",
      "01000020": "",
      "010000a0": "01000080",
      "010000e1": "01000040",
      "01000021": "01000020",
      "00000020": "01000020",
      "01000000": "01000040",
      "": "01000040",
    },
  ],
  [
    "128, stateful allowed",
    stateful,
    {
      "01000040": "",
      "00000040": "",
      "00000060": "00000040",
      "00000041": "00000040",
      "01000060": "01000040",
      "00000020": "00000040",
      "00000000": "00000040",
      "01000000": "01000040",
      "": "01000040",
    },
  ],
  [
    "any length, stateful allowed",
    lax,
    {
      "00000020": "",
      "00000080": "",
      "000000e0": "00000040",
      "000000b1": "00000080",
      "010000a0": "01000080",
    },
  ],
  [
    "56 and 40",
    old,
    {
      "01000080": "",
      "00000020": "",
      "01000040": "01000080",
      "010000e1": "01000080",
      "00000040": "00000080",
    },
  ],
];

for (const [name, policy, answers] of ANSWERS)
  for (const [asked, offered] of Object.entries(answers))
    test(`${name}: ${asked || "an empty option"} gets ${offered === "" ? "an Ack" : `a Nak with ${offered}`}`, () => {
      assert.deepEqual(mppe.judge(fromHex(asked), policy, undefined), offered === "" ? ack : nak(offered));
    });

for (const [name, policy, asked, hint] of [
  ["128 stateless only", strict, "01000040", "01000040"],
  ["any length, stateful allowed", lax, "010000e0", "01000040"],
  ["56 and 40", old, "010000a0", "01000080"],
] as const)
  test(`${name}: every length is asked for, stateless, and the longest of a client that asks for nothing`, () => {
    assert.deepEqual(mppe.propose(policy), fromHex(asked));
    assert.deepEqual(mppe.demand(policy), fromHex(hint));
  });

test("a request for several lengths that is acknowledged stands for the longest", () => {
  assert.deepEqual(proposedMode(0x010000e0), { strength: 128, stateless: true });
  assert.deepEqual(proposedMode(0x010000a0), { strength: 56, stateless: true });
  assert.deepEqual(proposedMode(0x00000020), { strength: 40, stateless: false });
  assert.equal(proposedMode(0x01000000), undefined);
});

for (const [name, policy, offered, next] of [
  ["nothing moves us from the only mode", strict, "00000020", "01000040"],
  ["the same strength without the stateless bit is no other mode", strict, "01000060", "01000040"],
  ["the longest of the offered that is allowed", short, "010000a0", "01000080"],
  ["stateless stays where stateful is not allowed", short, "00000020", "01000020"],
  ["stateful where it is allowed", stateful, "00000040", "00000040"],
  ["an offer without a length is none", lax, "00000000", "01000040"],
  ["an offer of a length that is not allowed is none", stateful, "00000020", "01000040"],
  ["other bits are left out", lax, "00000031", "00000020"],
  ["an offer that does not decode is none", lax, "000040", "01000040"],
] as const)
  test(`after a Nak: ${name}`, () => {
    assert.deepEqual(mppe.onNak(fromHex(offered), fromHex("01000040"), policy, []), fromHex(next));
  });

test("no policy acknowledges, offers or asks for more than it allows, whatever the client says", () => {
  for (const policy of [strict, short, stateful, lax, old])
    for (let low = 0; low < 256; low++)
      for (const high of ["00", "01", "81"]) {
        const asked = fromHex(`${high}0000${low.toString(16).padStart(2, "0")}`);
        const said = mppe.judge(asked, policy, undefined);
        assert.notEqual(said.say, "reject");
        const next = Buffer.from(mppe.onNak(asked, mppe.propose(policy)!, policy, [])!).readUInt32BE();
        const answer = Buffer.from(said.say === "nak" ? said.value : asked).readUInt32BE();
        for (const mode of [mppeMode(answer), proposedMode(next)]) {
          assert.ok(mode !== undefined && policy.strengths.includes(mode.strength));
          assert.ok(mode.stateless || policy.stateful);
        }
      }
});

test("bits that name more or less than one mode name none", () => {
  for (const bits of [0, 0x01000000, 0x60, 0x010000e0, 0x41, 0x50, 0x02000040])
    assert.equal(mppeMode(bits), undefined);
  for (const strength of [40, 56, 128] as const)
    for (const stateless of [true, false])
      assert.deepEqual(mppeMode(mppeBits({ strength, stateless })), { strength, stateless });
});

test("a Reject of MPPE ends its negotiation, and so do Naks without end", () => {
  assert.equal(mppe.onReject, "end");
  assert.equal(mppe.deadlock, "end");
});

test("every other compressor is rejected", () => {
  for (const option of ccp.options)
    if (option !== mppe) assert.deepEqual(option.judge(fromHex("00"), strict, undefined), { say: "reject" });
});
