import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { endingOfCall, endingOfLink } from "../../../server/concentrator/verdicts/ending.ts";
import { VERDICTS, type Verdict, verdict } from "../../../server/concentrator/verdicts/register.ts";
import type { LinkEnd } from "../../../server/ppp/link/link-types.ts";
import type { CallEnd } from "../../../server/pptp/control/machine-types.ts";
import { millis, seconds } from "../../../server/wire/units.ts";

const DOCUMENT = readFileSync(new URL("../../../docs/verdicts.md", import.meta.url), "utf8");

/** The documented chapters, by code. */
function chapters(text: string): Map<string, string> {
  const parts = text.split(/^## `([a-z-]+)`$/m).slice(1);
  const found = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) found.set(parts[i]!, parts[i + 1]!);
  return found;
}

test("docs/verdicts.md and the register know the same codes", () => {
  assert.deepEqual([...chapters(DOCUMENT).keys()].sort(), Object.keys(VERDICTS).sort());
});

for (const [code, entry] of Object.entries<Verdict>(VERDICTS)) {
  test(`docs/verdicts.md says of ${code} what the register says`, () => {
    const chapter = chapters(DOCUMENT).get(code) ?? "";
    assert.ok(chapter.includes(entry.cause), "cause");
    assert.ok(chapter.includes(entry.remedy), "remedy");
    const shown = /^Windows shows: (.*)\.$/m.exec(chapter)?.[1]?.split(", ") ?? [];
    assert.deepEqual(shown.map(Number), entry.windowsErrors);
  });
}

test("a code that only an object's prototype knows is no verdict", () => {
  assert.equal(verdict("constructor"), undefined);
  assert.equal(verdict("connected")?.cause, VERDICTS.connected.cause);
});

const FACTS = { stage: "auth", greSeen: true, answered: true, elapsed: millis(1234) } as const;

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
  [{ code: "mppe-refused", how: "hung-up" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "unanswered" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "no-keys" }, "mppe-refused"],
  [{ code: "renegotiated-too-often" }, "lcp-not-agreed"],
  [{ code: "mppe-renegotiated" }, "mppe-renegotiated"],
  [{ code: "ipcp-not-agreed" }, "ipcp-not-agreed"],
  [{ code: "ipcp-unanswered" }, "ipcp-unanswered"],
  [{ code: "peer-terminated", text: "bye" }, "client-hung-up"],
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
    stage: undefined,
    greSeen: false,
    answered: false,
    elapsed: millis(4321),
  });
  assert.equal(
    silent.evidence,
    "The client sent a Call-Clear-Request 4.3 s after the call began, before LCP opened; no GRE packet of the client had arrived.",
  );
  const up = endingOfLink({ code: "peer-terminated", text: "User request" }, { ...FACTS, stage: "ipcp" });
  assert.equal(
    up.evidence,
    'The client sent an LCP Terminate-Request saying "User request", 1.2 s after the call began, after the session was up.',
  );
});

test("a client that gives up and never answered our LCP has not heard us; one that gives up early may not have tried", () => {
  const facts = { stage: undefined, greSeen: true, answered: false, elapsed: seconds(20) } as const;
  for (const end of ["call-clear", "stopped", "control-lost"] as const)
    assert.equal(endingOfCall(end, facts).verdict, "lcp-unanswered");
  assert.equal(endingOfCall("call-clear", { ...facts, elapsed: seconds(4) }).verdict, "client-hung-up");
  assert.equal(endingOfCall("call-clear", { ...facts, answered: true }).verdict, "client-hung-up");
  assert.equal(endingOfCall("shut-down", facts).verdict, "server-stopped");
});
