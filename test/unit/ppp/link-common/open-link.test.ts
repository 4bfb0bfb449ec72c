import assert from "node:assert/strict";
import { test } from "node:test";
import { ccp } from "../../../../server/ppp/ccp/ccp.ts";
import type { CcpPolicy } from "../../../../server/ppp/ccp/ccp-policy.ts";
import { CODE } from "../../../../server/ppp/codes.ts";
import { describeFrame } from "../../../../server/ppp/describe/describe-frame.ts";
import { lcp } from "../../../../server/ppp/lcp/lcp.ts";
import type { LcpPolicy } from "../../../../server/ppp/lcp/lcp-policy.ts";
import { end, onClosingLcp, terminate } from "../../../../server/ppp/link-common/closing.ts";
import { alive, onSilence, sendEcho } from "../../../../server/ppp/link-common/keepalive.ts";
import { MAX_PROTOCOL_REJECTS } from "../../../../server/ppp/link-common/limits.ts";
import { onOpenCcp } from "../../../../server/ppp/link-common/open-ccp.ts";
import { rejectedProtocol, rejectProtocol } from "../../../../server/ppp/link-common/protocol-reject.ts";
import { negotiate, openNegotiation } from "../../../../server/ppp/negotiation/negotiate.ts";
import type { Negotiation, NegotiationEffect } from "../../../../server/ppp/negotiation/negotiation.ts";
import type { Protocol } from "../../../../server/ppp/negotiation/protocol.ts";
import { PROTOCOL } from "../../../../server/ppp/protocols.ts";
import { octets, seconds } from "../../../../server/wire/units.ts";
import { fromHex } from "../../../support/bytes.ts";

/** A negotiation that is open, with a peer that asks for `options`. */
function open<P>(protocol: Protocol<P>, policy: P, options: string): Negotiation<P> {
  const [asked, ...effects] = negotiate(openNegotiation(protocol, policy), { type: "up", blind: false });
  const request = effects.flatMap((effect: NegotiationEffect) =>
    effect.do === "send" ? [effect.packet] : [],
  )[0]!;
  const theirs = { code: CODE.configureRequest, identifier: 1, data: fromHex(options) };
  const [answered] = negotiate(asked, { type: "packet", packet: theirs });
  const [opened] = negotiate(answered, { type: "packet", packet: { ...request, code: CODE.configureAck } });
  assert.equal(opened.at, "Opened");
  return opened;
}

const LCP: LcpPolicy = { mru: octets(1400), magic: 0x11223344, authentication: ["ms-chap-v2"] };
const CCP: CcpPolicy = { strengths: [128], stateful: false };
const openLcp = open(lcp, LCP, "05060c6f3548");
const openCcp = open(ccp, CCP, "120601000040");

/** Effects as the lines of a trace. */
const said = (effects: readonly { readonly do: string; readonly frame?: Uint8Array }[]): string[] =>
  effects.map((effect) => (effect.frame === undefined ? effect.do : describeFrame(effect.frame).text));

test("a sign of life arms the silence anew and forgets what was unanswered", () => {
  const [phase, ...effects] = alive({ lcp: openLcp, unanswered: 3 }, { interval: seconds(15), failures: 4 });
  assert.equal(phase.unanswered, 0);
  assert.deepEqual(effects, [{ do: "arm", timer: "echo", after: seconds(15) }]);
});

test("a silence sends an Echo-Request, each with an identifier of its own, until too many are unanswered", () => {
  const keepalive = { interval: seconds(15), failures: 2 };
  const [one, ...first] = onSilence({ lcp: openLcp, unanswered: 0 }, keepalive)!;
  const [two, ...second] = onSilence(one, keepalive)!;
  assert.deepEqual(said(first), ["Echo-Request id=2 magic=11223344", "arm"]);
  assert.deepEqual(said(second), ["Echo-Request id=3 magic=11223344", "arm"]);
  assert.equal(two.unanswered, 2);
  assert.equal(onSilence(two, keepalive), undefined);
});

test("an Echo-Request out of turn counts nothing and arms nothing", () => {
  const [phase, ...effects] = sendEcho({ lcp: openLcp, unanswered: 1 });
  assert.equal(phase.unanswered, 1);
  assert.deepEqual(said(effects), ["Echo-Request id=2 magic=11223344"]);
});

test("a Reset-Request gets its Ack with the same data, and CCP stays as it is", () => {
  const packet = { code: CODE.resetRequest, identifier: 9, data: fromHex("0102") };
  const [next, ...effects] = onOpenCcp(openCcp, { type: "packet", packet })!;
  assert.equal(next, openCcp);
  assert.deepEqual(said(effects), ["Reset-Ack id=9 0102"]);
});

test("a request that would take CCP down is no transition; the identical one gets its Ack again", () => {
  const request = (data: string) => ({ code: CODE.configureRequest, identifier: 7, data: fromHex(data) });
  assert.equal(onOpenCcp(openCcp, { type: "packet", packet: request("120601000060") }), undefined);
  const [next, ...effects] = onOpenCcp(openCcp, { type: "packet", packet: request("120601000040") })!;
  assert.equal(next.at, "Opened");
  assert.match(said(effects)[0]!, /^Configure-Ack id=7 /);
});

test("a protocol is rejected so often and no more, never data, and not before LCP is open", () => {
  const frame = { protocol: PROTOCOL.ipv6cp, information: fromHex("01010004") };
  let phase = { lcp: openLcp, protocolRejects: 0 };
  for (let count = 1; count <= MAX_PROTOCOL_REJECTS; count++) {
    const [next, ...effects] = rejectProtocol(phase, frame);
    assert.deepEqual(said(effects), [`Protocol-Reject id=${count + 1} of IPV6CP(8057)`]);
    phase = next;
  }
  assert.deepEqual(rejectProtocol(phase, frame), [phase]);
  const fresh = { lcp: openLcp, protocolRejects: 0 };
  assert.deepEqual(rejectProtocol(fresh, { ...frame, protocol: PROTOCOL.ipv6 }), [fresh]);
  const closed = { lcp: openNegotiation(lcp, LCP), protocolRejects: 0 };
  assert.deepEqual(rejectProtocol(closed, frame), [closed]);
});

test("a Protocol-Reject names its protocol where LCP is open and it is long enough", () => {
  const packet = (data: string) => ({ code: CODE.protocolReject, identifier: 1, data: fromHex(data) });
  assert.equal(rejectedProtocol(openLcp, packet("80fd0101")), PROTOCOL.ccp);
  assert.equal(rejectedProtocol(openLcp, packet("80")), undefined);
  assert.equal(rejectedProtocol(openNegotiation(lcp, LCP), packet("80fd0101")), undefined);
});

test("closing disarms all timers, says why, repeats itself once and ends with the cause it had", () => {
  const cause = { code: "closed" };
  const [closing, ...effects] = terminate({ at: "closing", lcp: openLcp, cause }, "bye", ["auth", "echo"]);
  assert.deepEqual(said(effects), ["disarm", "disarm", 'Terminate-Request id=2 "bye"', "arm"]);
  assert.ok(closing.at === "closing");
  const [again, ...repeated] = onClosingLcp(closing, { type: "timeout" });
  assert.deepEqual(said(repeated), ['Terminate-Request id=3 "bye"', "arm"]);
  assert.ok(again.at === "closing");
  const [over, ...last] = onClosingLcp(again, { type: "timeout" });
  assert.deepEqual(over, { at: "ended", cause });
  assert.deepEqual(last.at(-1), { do: "ended", cause });
});

test("an end without a Terminate-Request performs what is left to do first", () => {
  const cause = { code: "peer-terminated" } as const;
  assert.deepEqual(end(cause, { do: "send" }), [
    { at: "ended", cause },
    { do: "send" },
    { do: "ended", cause },
  ]);
});
