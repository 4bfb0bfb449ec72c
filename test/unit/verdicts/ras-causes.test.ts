import assert from "node:assert/strict";
import { test } from "node:test";
import { mostTelling, type ToldError, toldByClient, toldByServer } from "../../../verdicts/ras-causes.ts";
import { rasErrorWords } from "../../../verdicts/ras-errors.ts";

const told = (protocol: ToldError["protocol"], error: number): ToldError => ({ protocol, error });
const LCP = (error: number) => told("lcp", error);
const NUMBERS = Array.from({ length: 400 }, (_, i) => i + 600);

for (const [error, source, code, failure] of [
  [646, "client", "account-restricted", "account-restricted"],
  [648, "server", "password-expired", "password-expired"],
  [649, "client", "account-restricted", "account-restricted"],
  [691, "server", "bad-credentials", "bad-credentials"],
  [709, "server", "password-change-refused", "auth-refused"],
  [717, "client", "ipcp-not-agreed", "ipcp-not-agreed"],
  [735, "server", "ipcp-not-agreed", "ipcp-not-agreed"],
  [737, "server", "loop", "loop"],
  [741, "client", "mppe-refused", "mppe-refused"],
  [742, "server", "mppe-refused", "mppe-refused"],
  [812, "client", "auth-refused", "auth-refused"],
  [919, "server", "auth-protocol-refused", "auth-method-refused"],
  [930, "client", "auth-refused", "auth-refused"],
  [931, "client", "call-refused", "call-refused"],
] as const)
  test(`a server's ${error} is ${code}`, () => {
    assert.deepEqual(toldByServer(LCP(error)), { seen: { source, code }, failure });
  });

for (const [error, source, code, verdict] of [
  [691, "server", "bad-credentials", undefined],
  [720, "server", "ipcp-not-agreed", "ipcp-not-agreed"],
  [738, "client", "ipcp-not-agreed", "ipcp-not-agreed"],
  [741, "server", "mppe-refused", "mppe-refused"],
  [742, "client", "mppe-refused", "mppe-not-given"],
  [778, "client", "server-not-proven", "server-not-proven"],
] as const)
  test(`a client's ${error} is ${code}`, () => {
    const { seen, verdict: own } = toldByClient(LCP(error))!;
    assert.deepEqual([seen, own], [{ source, code }, verdict]);
  });

test("no agreement (732) means what the protocol is for", () => {
  const of = (protocol: ToldError["protocol"]) => [
    toldByServer(told(protocol, 732))!.failure,
    toldByClient(told(protocol, 732))!.verdict,
  ];
  assert.deepEqual(of("lcp"), ["lcp-not-agreed", "lcp-not-agreed"]);
  assert.deepEqual(of("ccp"), ["mppe-refused", "mppe-refused"]);
  assert.deepEqual(of("ipcp"), ["ipcp-not-agreed", "ipcp-not-agreed"]);
});

test("a user who hung up, a timeout, and a goodbye tell no cause", () => {
  for (const error of [0, 631, 718, 719, 721, 734, 828, 832, 999]) {
    assert.equal(toldByServer(LCP(error)), undefined, `${error}`);
    assert.equal(toldByClient(LCP(error)), undefined, `${error}`);
  }
});

test("every number with a cause has words", () => {
  for (const error of NUMBERS)
    if (toldByServer(LCP(error)) !== undefined || toldByClient(LCP(error)) !== undefined)
      assert.ok(rasErrorWords(error) !== undefined, `${error}`);
});

test("of CCP 732, IPCP 738 and LCP 0 the address tells the most, in whatever order", () => {
  const errors = [told("ccp", 732), told("ipcp", 738), LCP(0)];
  assert.equal(mostTelling(errors)?.error, 738);
  assert.equal(mostTelling(errors.toReversed())?.error, 738);
  assert.equal(mostTelling([LCP(0), told("ccp", 732)])?.error, 732);
  assert.equal(mostTelling([LCP(0), LCP(718)])?.error, 718);
  assert.equal(mostTelling([LCP(742), LCP(691)])?.error, 742);
  assert.deepEqual(mostTelling([told("ccp", 0), told("ipcp", 0), LCP(0)]), LCP(0));
  assert.equal(mostTelling([]), undefined);
});
