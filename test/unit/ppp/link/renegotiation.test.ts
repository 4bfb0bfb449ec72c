import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";
import type { LinkTimer } from "../../../../server/ppp/link/link-types.ts";
import { fromHex } from "../../../support/bytes.ts";
import { assignment, Dial, packet, reach, response, right, seeds, terminateRequest, wrong } from "./dial.ts";

/** LCP with another Magic-Number than in `reach`. */
const anew = (dial: Dial, identifier = 9): string[] =>
  dial.receive(packet("lcp", 1, identifier, [[5, "77777777"]]));

const keysOf = (octet: number): LogInOutcome => ({
  ...right,
  keys: { 128: { send: new Uint8Array(16).fill(octet), receive: new Uint8Array(16).fill(octet + 1) } },
});

/** Answers the latest Challenge. */
const answer = (dial: Dial): string[] => dial.receive(response(dial.latest("chap", 1).identifier));

const LCP_ANEW = (request: number) => [
  `lcp Configure-Request id=${request} mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc`,
  "arm lcp-restart 1000",
  "lcp Configure-Ack id=9 magic=77777777",
];

const CHALLENGED = [
  "disarm lcp-restart",
  "reached lcp",
  'chap Challenge id=2 value=(16 octets) name="pacd"',
  "arm auth 1000",
];

for (const [stage, gone] of [
  ["lcp", ["disarm auth"]],
  ["verifying", []],
  ["assigning", []],
  ["ccp", ["disarm ccp-restart", "disarm ccp-deadline"]],
  ["ipcp", ["close-network", "disarm ipcp-restart", "disarm ipcp-deadline"]],
  ["up", ["arm echo 30000", "close-network", "disarm echo"]],
] as const)
  test(`LCP negotiated anew in stage "${stage}" takes down what stands on it, and leads to a new Challenge`, () => {
    const dial = new Dial();
    reach[stage](dial);
    assert.deepEqual(anew(dial), [...gone, ...LCP_ANEW(2)]);
    assert.deepEqual(dial.acknowledge("lcp"), CHALLENGED);
    assert.deepEqual([...dial.armed], ["auth"]);
  });

test("keys that were set before CCP was open are taken back", () => {
  const dial = new Dial();
  reach.ccp(dial);
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  assert.deepEqual(anew(dial).slice(0, 1), ["close-network"]);
});

test("a session in clear is taken down, too", () => {
  const dial = new Dial({}, { keys: {}, encryptionRequired: false });
  reach.assigning(dial);
  dial.assigned();
  dial.receive(packet("ipcp", 1, 1, [[3, "0a4d000a"]]));
  dial.acknowledge("ipcp");
  assert.deepEqual(anew(dial).slice(0, 2), ["arm echo 30000", "close-network"]);
});

test("a session that is negotiated anew comes up again with new keys and the same address", () => {
  const dial = new Dial();
  reach.up(dial);
  anew(dial);
  dial.acknowledge("lcp");
  assert.deepEqual(dial.receive(response(1)), [], "a Response to the old Challenge");
  assert.deepEqual(answer(dial), ["disarm auth", "verify"]);
  const [, second] = dial.did("verify");
  assert.ok(second?.credentials.method === "ms-chap-v2");
  assert.deepEqual(second.credentials.authenticatorChallenge, seeds.challenges[1]);
  assert.deepEqual(dial.verified(keysOf(7)), ["reached auth", "assign-address"]);
  assert.deepEqual(dial.assigned(), [
    'chap Success id=2 "S=(40 characters) M=Access granted"',
    "ccp Configure-Request id=1 mppe=01000040(stateless,128)",
    "arm ccp-restart 1000",
    "arm ccp-deadline 15000",
  ]);
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  dial.acknowledge("ccp");
  dial.receive(packet("ipcp", 1, 1, [[3, "0a4d000a"]]));
  assert.deepEqual(dial.acknowledge("ipcp"), [
    "open-network 10.77.0.10 mru=1500 acfc=false pfc=false encryption=mppe-128-stateless",
    "disarm ipcp-restart",
    "disarm ipcp-deadline",
    "arm echo 30000",
    "reached ipcp",
  ]);
  assert.deepEqual(
    dial.did("set-keys").map(({ keys }) => [keys.send.key[0], keys.receive.key[0]]),
    [
      [1, 2],
      [7, 8],
    ],
  );
  const stages = dial.did("reached").map(({ stage }) => stage);
  assert.deepEqual(stages, ["lcp", "auth", "ccp", "ipcp", "lcp", "auth", "ccp", "ipcp"]);
});

test("what LCP agrees to anew holds for the network that opens then", () => {
  const dial = new Dial();
  reach.up(dial);
  dial.receive(
    packet("lcp", 1, 9, [
      [1, "04b0"],
      [8, ""],
    ]),
  );
  dial.acknowledge("lcp");
  answer(dial);
  dial.verified(keysOf(7));
  dial.assigned();
  dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
  dial.acknowledge("ccp");
  dial.receive(packet("ipcp", 1, 1, [[3, "0a4d000a"]]));
  assert.match(dial.acknowledge("ipcp")[0]!, /^open-network 10\.77\.0\.10 mru=1200 acfc=true pfc=false/);
});

test("between LCP and a new log-in, nothing of the layers above is answered", () => {
  const dial = new Dial();
  reach.up(dial);
  anew(dial);
  for (const frame of [
    packet("ccp", 1, 1, [[18, "01000040"]]),
    packet("ccp", 14, 1),
    packet("ipcp", 1, 1, [[3, "0a4d000a"]]),
    response(1),
    packet("lcp", 8, 1, fromHex("80fd")),
  ])
    assert.deepEqual(dial.receive(frame), []);
  for (const timer of ["ccp-restart", "ccp-deadline", "ipcp-restart", "echo"] as const)
    assert.deepEqual(dial.expire(timer), []);
  assert.deepEqual(dial.feed({ type: "coherency-lost" }), []);
  assert.deepEqual(dial.feed({ type: "alive" }), []);
});

test("an identical LCP request in a session gets its Ack three times, and is then taken at its word", () => {
  const dial = new Dial();
  reach.up(dial);
  const same = (identifier: number) => dial.receive(packet("lcp", 1, identifier, [[5, "0c6f3548"]]));
  for (const identifier of [2, 3, 4])
    assert.deepEqual(same(identifier), [
      "arm echo 30000",
      `lcp Configure-Ack id=${identifier} magic=0c6f3548`,
    ]);
  assert.ok(same(5).includes("close-network"));
  dial.acknowledge("lcp");
  assert.equal(same(6)[0], "lcp Configure-Ack id=6 magic=0c6f3548", "a new round, new patience");
});

test("each round takes a challenge, and without one left the link ends before anything is taken down", () => {
  const dial = new Dial();
  reach.up(dial);
  for (let round = 2; round <= seeds.challenges.length; round++) {
    dial.receive(packet("lcp", 1, round, [[5, `7777777${round}`]]));
    dial.acknowledge("lcp");
    const { identifier, data } = dial.latest("chap", 1);
    assert.equal(identifier, round);
    assert.deepEqual(data.slice(1, 17), seeds.challenges[round - 1]);
  }
  answer(dial);
  dial.verified(keysOf(9));
  const before = dial.latest("lcp", 1).identifier;
  assert.deepEqual(anew(dial), terminateRequest(before + 1, "LCP was negotiated too often"));
  assert.equal(dial.receive(packet("lcp", 6, before + 1)).at(-1), "ended renegotiated-too-often");
});

test("a client that does not finish the new LCP is given up, every timer gone", () => {
  const dial = new Dial();
  reach.up(dial);
  anew(dial);
  for (let sent = 2; sent <= 10; sent++) dial.expire("lcp-restart");
  assert.deepEqual(dial.expire("lcp-restart"), ["ended lcp-unanswered"]);
  assert.deepEqual([...dial.armed], [] satisfies LinkTimer[]);
});

test("a Terminate-Ack out of the blue is no renegotiation, except while the Challenge is out", () => {
  for (const stage of ["verifying", "assigning", "ccp", "ipcp", "up"] as const) {
    const dial = new Dial();
    reach[stage](dial);
    dial.receive(packet("lcp", 6, 77));
    assert.equal(dial.receive(packet("lcp", 6, 2)).at(-1), "ended peer-closed");
  }
  const asked = new Dial();
  reach.lcp(asked);
  assert.deepEqual(asked.receive(packet("lcp", 6, 77)), ["disarm auth", ...LCP_ANEW(2).slice(0, 2)]);
});

for (const [what, outcome] of [
  ["yes", right],
  ["no", wrong],
] as const)
  test(`a late "${what}" to the old Response says nothing of the new one, which is asked after it`, () => {
    const dial = new Dial();
    reach.verifying(dial);
    anew(dial);
    dial.acknowledge("lcp");
    assert.deepEqual(answer(dial), ["disarm auth"], "the first question is still open");
    assert.deepEqual(dial.verified(outcome), ["verify"], "now it is asked");
    const [, second] = dial.did("verify");
    assert.ok(second?.credentials.method === "ms-chap-v2");
    assert.deepEqual(second.credentials.authenticatorChallenge, seeds.challenges[1]);
    assert.deepEqual(dial.verified(keysOf(7)), ["reached auth", "assign-address"]);
    dial.assigned();
    assert.ok(dial.receive(packet("ccp", 1, 1, [[18, "01000040"]])).includes("set-keys"));
    assert.equal(dial.did("set-keys")[0]!.keys.send.key[0], 7);
  });

test("a late answer that comes before the new Response holds nothing up", () => {
  const dial = new Dial();
  reach.verifying(dial);
  anew(dial);
  assert.deepEqual(dial.verified(right), []);
  dial.acknowledge("lcp");
  assert.deepEqual(answer(dial), ["disarm auth", "verify"]);
});

for (const given of [assignment, undefined])
  test(`a late ${given === undefined ? "want of an address" : "address"} says nothing of the new round`, () => {
    const dial = new Dial();
    reach.assigning(dial);
    anew(dial);
    dial.acknowledge("lcp");
    assert.deepEqual(answer(dial), ["disarm auth"]);
    assert.deepEqual(dial.verified(right), [], "nobody asked for this");
    assert.deepEqual(dial.feed({ type: "assigned", assignment: given }), ["verify"]);
    assert.deepEqual(dial.verified(keysOf(7)), ["reached auth", "assign-address"]);
    assert.equal(dial.assigned()[0], 'chap Success id=2 "S=(40 characters) M=Access granted"');
  });

test("a question that was held back through one more renegotiation is never asked", () => {
  const dial = new Dial();
  reach.verifying(dial);
  anew(dial);
  dial.acknowledge("lcp");
  answer(dial);
  dial.receive(packet("lcp", 1, 10, [[5, "88888888"]]));
  dial.acknowledge("lcp");
  assert.deepEqual(dial.verified(right), []);
  assert.deepEqual(answer(dial), ["disarm auth", "verify"]);
  assert.equal(dial.did("verify").length, 2);
});
