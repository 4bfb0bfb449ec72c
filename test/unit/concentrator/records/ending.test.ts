import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DialFacts,
  endingOfCall,
  endingOfLink,
  onRecord,
} from "../../../../server/concentrator/records/ending.ts";
import type { LinkEnd } from "../../../../server/ppp/link/link-types.ts";
import { decodeTerminateData, type Termination } from "../../../../server/ppp/terminate-data.ts";
import type { CallEnd } from "../../../../server/pptp/control/machine-types.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { millis, seconds } from "../../../../server/wire/units.ts";
import { ascii } from "../../../support/bytes.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";

const NOTHING = new Uint8Array(0);

const saying = (protocol: Termination["protocol"], octets: Uint8Array): Termination => ({
  protocol,
  data: decodeTerminateData(octets),
});

const FACTS: DialFacts = {
  stage: "auth",
  greSeen: true,
  elsewhere: undefined,
  from: parseIpv4("198.51.100.7")!,
  asked: true,
  answered: true,
  up: undefined,
  elapsed: millis(1234),
};

const ELSEWHERE = { address: parseIpv4("203.0.113.9")!, packets: 3 };

const LINK_ENDS: readonly [LinkEnd, string][] = [
  [{ code: "lcp-unanswered" }, "lcp-unanswered"],
  [{ code: "lcp-not-agreed", option: "mru" }, "lcp-not-agreed"],
  [{ code: "auth-unanswered" }, "auth-unanswered"],
  [{ code: "auth-refused" }, "bad-credentials"],
  [{ code: "auth-protocol-refused" }, "auth-protocol-refused"],
  [{ code: "no-address" }, "no-address"],
  [{ code: "mppe-refused", how: "protocol-reject" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "configure-reject" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "no-common-mode" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "hung-up", said: saying("lcp", ascii("MPPE required")) }, "mppe-refused"],
  [{ code: "mppe-refused", how: "terminated", said: saying("ccp", WINDOWS_SAYS[732]) }, "mppe-refused"],
  [{ code: "mppe-refused", how: "unanswered" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "no-keys" }, "mppe-refused"],
  [{ code: "renegotiated-too-often" }, "lcp-not-agreed"],
  [{ code: "mppe-renegotiated" }, "mppe-renegotiated"],
  [{ code: "ipcp-not-agreed", how: "refused", option: "ip-address" }, "ipcp-not-agreed"],
  [{ code: "ipcp-not-agreed", how: "terminated", said: saying("ipcp", NOTHING) }, "ipcp-not-agreed"],
  [
    { code: "ipcp-not-agreed", how: "terminated", said: saying("ipcp", WINDOWS_SAYS[738]) },
    "ipcp-not-agreed",
  ],
  [{ code: "ipcp-not-agreed", how: "unfinished" }, "ipcp-not-agreed"],
  [{ code: "ipcp-unanswered" }, "ipcp-unanswered"],
  [{ code: "peer-terminated", said: saying("lcp", ascii("bye")) }, "client-hung-up"],
  [
    { code: "peer-terminated", said: saying("lcp", ascii("MPPE required but peer refused")) },
    "mppe-not-given",
  ],
  [{ code: "peer-terminated", said: saying("lcp", NOTHING) }, "client-hung-up"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[0]) }, "client-hung-up"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[691]) }, "client-hung-up"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[742]) }, "mppe-not-given"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[778]) }, "server-not-proven"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[919]) }, "auth-protocol-refused"],
  [{ code: "peer-closed" }, "client-hung-up"],
  [{ code: "echo-unanswered" }, "link-lost"],
  [{ code: "loop" }, "loop"],
  [{ code: "closed" }, "internal-error"],
];

for (const [end, expected] of LINK_ENDS) {
  test(`a link that ends with ${JSON.stringify(end)} gives ${expected}`, () => {
    const ending = endingOfLink(end, FACTS);
    assert.equal(ending.verdict, expected);
    assert.ok(ending.evidence.endsWith("."), ending.evidence);
  });
}

const CALL_ENDS: readonly [CallEnd, string][] = [
  ["call-clear", "client-hung-up"],
  ["stopped", "client-hung-up"],
  ["control-lost", "control-lost"],
  ["echo-timeout", "control-lost"],
  ["shut-down", "server-stopped"],
  ["protocol-error", "protocol-error"],
  ["hung-up", "internal-error"],
];

for (const [end, expected] of CALL_ENDS) {
  test(`a call that ends by ${end} gives ${expected}`, () => {
    assert.equal(endingOfCall(end, FACTS).verdict, expected);
  });
}

test("the evidence tells the stage, the time, and that no GRE packet came", () => {
  const silent = endingOfCall("call-clear", {
    ...FACTS,
    stage: undefined,
    greSeen: false,
    asked: false,
    answered: false,
    elapsed: millis(4321),
  });
  assert.equal(
    silent.evidence,
    "The client sent a Call-Clear-Request 4.3 s after the call began, before LCP opened; no GRE packet of the client had arrived.",
  );
  const request = saying("lcp", ascii("User request"));
  const up = endingOfLink({ code: "peer-terminated", said: request }, { ...FACTS, stage: "ipcp" });
  assert.equal(
    up.evidence,
    'The client sent an LCP Terminate-Request saying "User request", 1.2 s after the call began, after the session was up.',
  );
});

test("Windows' number is evidence in words; once the session was up it says no more than that it ended", () => {
  const end: LinkEnd = { code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[778]) };
  assert.equal(
    endingOfLink(end, FACTS).evidence,
    "The client sent an LCP Terminate-Request with Windows' error 778 (the server did not prove that it knows the password), 1.2 s after the call began, after the log-in was accepted.",
  );
  const facts: DialFacts = { ...FACTS, stage: "ipcp", up: seconds(60) };
  assert.equal(endingOfLink(end, facts).verdict, "client-hung-up");
  const pppd: LinkEnd = { code: "peer-terminated", said: saying("lcp", ascii("MPPE disabled")) };
  assert.match(endingOfLink(pppd, facts).evidence, /saying "MPPE disabled" \(pppd's ordinary goodbye\),/);
  const ipcp: LinkEnd = {
    code: "ipcp-not-agreed",
    how: "terminated",
    said: saying("ipcp", WINDOWS_SAYS[738]),
  };
  assert.match(
    endingOfLink(ipcp, FACTS).evidence,
    /^The client ended IPCP before it was open\. The client sent an IPCP .* 738 \(it was given no IP address\)/,
  );
});

test("a client that gives up and never answered our LCP has not heard us; one that gives up early may not have tried", () => {
  const facts: DialFacts = { ...FACTS, stage: undefined, answered: false, elapsed: seconds(20) };
  for (const end of ["call-clear", "stopped", "control-lost"] as const)
    assert.equal(endingOfCall(end, facts).verdict, "lcp-unanswered");
  assert.equal(endingOfCall("call-clear", { ...facts, elapsed: seconds(4) }).verdict, "client-hung-up");
  assert.equal(endingOfCall("call-clear", { ...facts, answered: true }).verdict, "client-hung-up");
  assert.equal(endingOfCall("shut-down", facts).verdict, "server-stopped");
});

test("who gives up without having asked in LCP is not said to have asked", () => {
  const facts: DialFacts = {
    ...FACTS,
    stage: undefined,
    asked: false,
    answered: false,
    elapsed: seconds(20),
  };
  assert.equal(
    endingOfCall("call-clear", facts).evidence,
    "The client gave up 20.0 s after the call began, before LCP opened. GRE packets of it had come, but it never answered us.",
  );
});

test("a client that gives up when no GRE has come is gre-blocked, unless it gives up before any could", () => {
  const facts: DialFacts = {
    ...FACTS,
    stage: undefined,
    greSeen: false,
    answered: false,
    elapsed: seconds(7),
  };
  for (const end of ["call-clear", "stopped", "control-lost"] as const)
    assert.deepEqual(endingOfCall(end, facts), {
      verdict: "gre-blocked",
      evidence: "No GRE packet of the call arrived until the client gave up, 7.0 s after the call began.",
    });
  const early = { ...facts, elapsed: seconds(4) };
  assert.equal(endingOfCall("call-clear", early).verdict, "client-hung-up");
  assert.equal(endingOfCall("control-lost", early).verdict, "control-lost");
});

test("GRE that came from elsewhere alone is named with both addresses, however early the client gives up", () => {
  const facts: DialFacts = {
    ...FACTS,
    stage: undefined,
    greSeen: false,
    answered: false,
    elsewhere: ELSEWHERE,
  };
  assert.deepEqual(endingOfCall("call-clear", facts), {
    verdict: "gre-from-elsewhere",
    evidence:
      "GRE packets of this call came from 203.0.113.9, while its control connection comes from 198.51.100.7, and none from there until the client gave up, 1.2 s after the call began.",
  });
});

test("GRE of which a part came from elsewhere is told with a silence, and with nothing else", () => {
  const facts: DialFacts = { ...FACTS, elsewhere: { ...ELSEWHERE, packets: 1 } };
  assert.equal(
    onRecord({ verdict: "auth-unanswered", evidence: "No answer." }, facts).evidence,
    "No answer. A GRE packet of this call came from 203.0.113.9, while its control connection comes from 198.51.100.7; what comes from there is dropped.",
  );
  const refused = { verdict: "bad-credentials", evidence: "A wrong password." } as const;
  assert.deepEqual(onRecord(refused, facts), refused);
});

test("an end after the session was up is told as one", () => {
  const facts: DialFacts = { ...FACTS, stage: "ipcp", up: seconds(7500), elapsed: seconds(7501) };
  const cleared = endingOfCall("call-clear", facts);
  assert.equal(
    onRecord(cleared, facts).evidence,
    "The client sent a Call-Clear-Request 7501.0 s after the call began, after the session was up.",
  );
  const anew = endingOfCall("control-lost", { ...facts, stage: "lcp" });
  assert.match(anew.evidence, /, after the session was up, while it was negotiated anew\.$/);
});

for (const [option, evidence] of [
  ["mru", "No agreement on the LCP option mru."],
  ["any", "LCP went on for thirty rounds without an agreement."],
  ["code-reject", "A code of LCP that everybody must know was rejected."],
  ["protocol-reject", "LCP itself was rejected."],
] as const)
  test(`LCP that broke on ${option} is told in words`, () => {
    assert.equal(endingOfLink({ code: "lcp-not-agreed", option }, FACTS).evidence, evidence);
  });
