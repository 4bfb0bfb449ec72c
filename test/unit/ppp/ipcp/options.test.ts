import assert from "node:assert/strict";
import { test } from "node:test";
import { ipAddress } from "../../../../server/ppp/ipcp/ip-address.ts";
import { ipcp } from "../../../../server/ppp/ipcp/ipcp.ts";
import { dns1, dns2, wins1, wins2 } from "../../../../server/ppp/ipcp/name-servers.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { fromHex } from "../../../support/bytes.ts";

const ip = (text: string) => parseIpv4(text)!;
const policy = {
  local: ip("10.77.0.1"),
  remote: ip("10.77.0.10"),
  dns: [ip("10.0.0.53"), ip("10.0.0.54")],
  wins: [ip("10.0.0.7")],
};
const bare = { ...policy, dns: [], wins: [] };
const nak = (digits: string) => ({ say: "nak", value: fromHex(digits), alone: false });

test("the client gets its address and no other", () => {
  assert.deepEqual(ipAddress.judge(fromHex("0a4d000a"), policy, undefined), { say: "ack" });
  for (const asked of ["00000000", "0a4d000b", "0a4d0001", "0a4d00", ""])
    assert.deepEqual(ipAddress.judge(fromHex(asked), policy, undefined), nak("0a4d000a"));
  assert.deepEqual(ipAddress.demand(policy), fromHex("0a4d000a"));
});

test("our address is announced, whatever a Nak says, and dropped on a Reject", () => {
  assert.deepEqual(ipAddress.propose(policy), fromHex("0a4d0001"));
  assert.deepEqual(
    ipAddress.onNak(fromHex("0a4d0002"), fromHex("0a4d0001"), policy, []),
    fromHex("0a4d0001"),
  );
  assert.equal(ipAddress.onReject, "drop");
});

for (const [option, ours] of [
  [dns1, "0a000035"],
  [dns2, "0a000036"],
  [wins1, "0a000007"],
] as const)
  test(`${option.name} is taught by Nak where it is configured, and rejected where not`, () => {
    assert.deepEqual(option.judge(fromHex("00000000"), policy, undefined), nak(ours));
    assert.deepEqual(option.judge(fromHex(ours), policy, undefined), { say: "ack" });
    assert.deepEqual(option.judge(fromHex("00000000"), bare, undefined), { say: "reject" });
    assert.deepEqual(option.judge(fromHex("0000"), policy, undefined), { say: "reject" });
    assert.equal(option.propose(policy), undefined);
    assert.equal(option.demand(policy), undefined);
  });

test("a second WINS server that is not configured is rejected", () => {
  assert.deepEqual(wins2.judge(fromHex("00000000"), policy, undefined), { say: "reject" });
});

test("header compression and the deprecated addresses are rejected", () => {
  for (const code of [1, 2, 4]) {
    const option = ipcp.options.find((known) => known.code === code)!;
    assert.deepEqual(option.judge(fromHex("002d0f01"), policy, undefined), { say: "reject" });
  }
});
