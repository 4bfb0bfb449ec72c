import assert from "node:assert/strict";
import { test } from "node:test";
import type { Credentials } from "../../../../server/ppp/auth/credentials.ts";
import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";
import type { LinkPolicy } from "../../../../server/ppp/link/link-types.ts";
import { fromHex } from "../../../support/bytes.ts";
import { chapMd5Response, msChapV1Response, papRequest } from "../auth/packets.ts";
import { Dial, packet, reach, response, right, terminateAck, terminateRequest, wrong } from "./dial.ts";

type Method = LinkPolicy["authentication"][number];

const VALUES = { "ms-chap-v2": "c22381", "ms-chap-v1": "c22380", "chap-md5": "c22305", pap: "c023" } as const;
const EAP = "c227";

/** A right answer to a method that gives no keys, of a user who may do without. */
const keyless: LogInOutcome = {
  ...right,
  authenticatorResponse: undefined,
  keys: {},
  encryptionRequired: false,
};

/** What we ask for in our latest LCP request. */
const asked = (dial: Dial): string =>
  / auth=(\S+)/.exec(dial.lines.findLast((line) => / auth=/.test(line))!)![1]!;

/** A client that asks for nothing and refuses our method each time for one of these. */
function naks(dial: Dial, ...offers: readonly string[]): string[] {
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  for (const offer of offers) {
    dial.receive(packet("lcp", 3, dial.latest("lcp", 1).identifier, [[3, offer]]));
    if (dial.lines.some((line) => line.includes("Terminate-Request"))) break;
  }
  return dial.lines.flatMap((line) => / auth=(\S+)/.exec(line)?.[1] ?? []);
}

const credentials = (dial: Dial): Credentials => {
  const effect = dial.effects.findLast((one) => one.do === "verify");
  assert.ok(effect?.do === "verify");
  return effect.credentials;
};

/** What a right client sends, and what we say to it and to a wrong one. */
const METHODS: Record<
  Method,
  {
    opens: string;
    answer: (identifier: number) => Uint8Array;
    yes: string;
    no: string;
    outcome: LogInOutcome;
  }
> = {
  "ms-chap-v2": {
    opens: 'chap Challenge id=1 value=(16 octets) name="pacd"',
    answer: response,
    yes: 'chap Success id=1 "S=(40 characters) M=Access granted"',
    no: 'chap Failure id=1 "E=691 R=0 C=(32 characters) V=3 M=Access denied"',
    outcome: right,
  },
  "ms-chap-v1": {
    opens: 'chap Challenge id=1 value=(8 octets) name="pacd"',
    answer: (identifier) => packet("chap", 2, identifier, msChapV1Response),
    yes: 'chap Success id=1 "Access granted"',
    no: 'chap Failure id=1 "E=691 R=0 C=(16 characters) V=2"',
    outcome: { ...right, authenticatorResponse: undefined },
  },
  "chap-md5": {
    opens: 'chap Challenge id=1 value=(16 octets) name="pacd"',
    answer: (identifier) => packet("chap", 2, identifier, chapMd5Response),
    yes: 'chap Success id=1 "Access granted"',
    no: 'chap Failure id=1 "Access denied"',
    outcome: keyless,
  },
  pap: {
    opens: "arm auth 30000",
    answer: (identifier) => packet("pap", 1, identifier, papRequest),
    yes: 'pap Authenticate-Ack id=1 "Access granted"',
    no: 'pap Authenticate-Nak id=1 "Access denied"',
    outcome: keyless,
  },
};

for (const [method, { opens, answer, yes, no, outcome }] of Object.entries(METHODS) as [
  Method,
  (typeof METHODS)[Method],
][]) {
  const dialled = (): Dial => {
    const dial = new Dial({ authentication: [method] });
    reach.lcp(dial);
    return dial;
  };

  test(`${method}: it begins with LCP open`, () => {
    const lines = dialled().lines;
    assert.equal(lines[lines.indexOf("reached lcp") + 1], opens);
  });

  test(`${method}: a right client is let in once it has an address`, () => {
    const dial = dialled();
    assert.deepEqual(dial.receive(answer(1)), ["disarm auth", "verify"]);
    assert.equal(credentials(dial).method, method);
    assert.deepEqual(dial.verified(outcome), ["reached auth", "assign-address"]);
    assert.equal(dial.assigned()[0], yes);
    assert.deepEqual(dial.receive(answer(1)), [yes]);
  });

  test(`${method}: a wrong client is refused, and again when it has not heard`, () => {
    const dial = dialled();
    dial.receive(answer(1));
    assert.deepEqual(dial.verified(wrong), [no, ...terminateRequest(2, "authentication failed")]);
    assert.deepEqual(dial.receive(answer(1)), [no]);
    assert.equal(terminateAck(dial).at(-1), "ended auth-refused");
  });

  test(`${method}: copies while the first is verified are ignored`, () => {
    const dial = dialled();
    dial.receive(answer(1));
    assert.deepEqual(dial.receive(answer(1)), []);
    dial.verified(outcome);
    assert.deepEqual(dial.receive(answer(1)), []);
  });

  test(`${method}: a client that says nothing is given up`, () => {
    const dial = dialled();
    for (let waits = 0; dial.armed.has("auth"); waits++) {
      assert.ok(waits < 10);
      dial.expire("auth");
    }
    assert.equal(terminateAck(dial).at(-1), "ended auth-unanswered");
  });

  test(`${method}: truncated and foreign packets move nothing`, () => {
    const dial = dialled();
    const whole = answer(1);
    const data = whole.slice(8);
    const protocol = method === "pap" ? "pap" : "chap";
    for (const size of [0, 1, 8])
      assert.deepEqual(dial.receive(packet(protocol, whole[4]!, 1, data.slice(0, size))), []);
    if (method !== "pap") assert.deepEqual(dial.receive(answer(2)), []);
    assert.deepEqual(dial.receive(whole), ["disarm auth", "verify"]);
  });
}

for (const [what, allowed, offers, ladder] of [
  ["PAP, and may", ["ms-chap-v2", "pap"], ["c023"], ["ms-chap-v2", "pap"]],
  ["MS-CHAPv1, and may", ["ms-chap-v2", "ms-chap-v1"], ["c22380"], ["ms-chap-v2", "ms-chap-v1"]],
  ["EAP, while others are left", ["ms-chap-v2", "pap"], [EAP], ["ms-chap-v2", "pap"]],
  [
    "one after the other, and then what it had refused",
    ["ms-chap-v2", "ms-chap-v1", "chap-md5"],
    ["c22305", "c22380"],
    ["ms-chap-v2", "chap-md5", "ms-chap-v1"],
  ],
] as const)
  test(`a client that wants ${what}, gets ${ladder.at(-1)}`, () => {
    const dial = new Dial({ authentication: allowed });
    assert.deepEqual(naks(dial, ...offers), ladder);
    assert.ok(dial.acknowledge("lcp").includes("reached lcp"));
    dial.receive(METHODS[ladder.at(-1)!].answer(1));
    assert.equal(credentials(dial).method, ladder.at(-1));
  });

for (const [what, allowed, offer, ladder, text] of [
  ["PAP, and may not", ["ms-chap-v2"], "c023", ["ms-chap-v2"], "MS-CHAPv2 is required"],
  [
    "EAP alone",
    ["ms-chap-v2", "chap-md5", "pap"],
    EAP,
    ["ms-chap-v2", "chap-md5", "pap"],
    "MS-CHAPv2, CHAP-MD5 or PAP is required",
  ],
  ["an unknown method", ["ms-chap-v2"], "c22399", ["ms-chap-v2"], "MS-CHAPv2 is required"],
  ["nothing that can be read", ["ms-chap-v2", "pap"], "c0", ["ms-chap-v2"], "MS-CHAPv2 or PAP is required"],
] as const)
  test(`a client that wants ${what}, is told what is required after five Naks`, () => {
    const dial = new Dial({ authentication: allowed });
    const requests = naks(dial, ...Array.from({ length: 20 }, () => offer));
    assert.deepEqual([...new Set(requests)], ladder);
    assert.equal(requests.length, 6);
    assert.deepEqual(dial.lines.slice(-2), terminateRequest(7, text));
    assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
  });

test("a client that wants two methods in turn comes to an end too", () => {
  const dial = new Dial({ authentication: ["ms-chap-v2", "ms-chap-v1"] });
  const offers = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? "c22380" : "c22381"));
  assert.deepEqual([...new Set(naks(dial, ...offers))], ["ms-chap-v2", "ms-chap-v1"]);
  assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
});

test("a client that rejects authentication is refused, whatever else is allowed", () => {
  const dial = new Dial({ authentication: ["ms-chap-v2", "pap"] });
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  dial.receive(packet("lcp", 4, 1, [[3, "c22381"]]));
  assert.equal(dial.lines.at(-2), terminateRequest(2, "MS-CHAPv2 or PAP is required")[0]);
  assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
});

test("LCP negotiated anew keeps the method that was agreed", () => {
  const dial = new Dial({ authentication: ["ms-chap-v2", "pap"] });
  naks(dial, VALUES.pap);
  dial.acknowledge("lcp");
  dial.receive(packet("lcp", 1, 9, [[5, "01020304"]]));
  assert.equal(asked(dial), "pap");
  assert.equal(dial.acknowledge("lcp").at(-1), "arm auth 30000");
  assert.deepEqual(dial.receive(packet("pap", 1, 1, papRequest)), ["disarm auth", "verify"]);
});

test("PAP that was not agreed is a protocol that nobody speaks, and its password stays out of the answer's line", () => {
  const dial = new Dial({ authentication: ["ms-chap-v2", "pap"] });
  reach.lcp(dial);
  assert.deepEqual(dial.receive(packet("pap", 1, 1, papRequest)), ["lcp Protocol-Reject id=2 of PAP(c023)"]);
  assert.deepEqual(dial.receive(response(1)), ["disarm auth", "verify"]);
});

test("CHAP while PAP is agreed is dropped", () => {
  const dial = new Dial({ authentication: ["pap"] });
  reach.lcp(dial);
  assert.deepEqual(dial.receive(response(1)), []);
});

for (const [method, own, other] of [
  ["pap", "c023", "c223"],
  ["ms-chap-v1", "c223", "c023"],
] as const)
  test(`a Protocol-Reject of ${method} ends the link, one of another method does nothing`, () => {
    const dial = new Dial({ authentication: [method] });
    reach.lcp(dial);
    assert.deepEqual(dial.receive(packet("lcp", 8, 5, fromHex(other))), []);
    dial.receive(packet("lcp", 8, 6, fromHex(own)));
    assert.equal(terminateAck(dial).at(-1), "ended auth-protocol-refused");
  });

test("our Ack was lost: the Challenge goes out again, PAP goes on waiting", () => {
  for (const [method, line] of [
    ["chap-md5", 'chap Challenge id=1 value=(16 octets) name="pacd"'],
    ["pap", "arm auth 30000"],
  ] as const) {
    const dial = new Dial({ authentication: [method] });
    reach.lcp(dial);
    const again = dial.receive(packet("lcp", 1, 1, [[5, "0c6f3548"]]));
    assert.deepEqual(again.slice(0, 2), ["lcp Configure-Ack id=1 magic=0c6f3548", line]);
  }
});
