import assert from "node:assert/strict";
import { test } from "node:test";
import type { StartKeys } from "../../../../server/crypto/start-keys.ts";
import type { LinkPolicy } from "../../../../server/ppp/link/link-types.ts";
import { Dial, packet, reach } from "./dial.ts";

/** A start key by what it is for: octets that no other one has. */
const key = (strength: 40 | 56 | 128, octet: number) => new Uint8Array(strength === 128 ? 16 : 8).fill(octet);
const keys: StartKeys = {
  128: { send: key(128, 0x81), receive: key(128, 0x82) },
  56: { send: key(56, 0x51), receive: key(56, 0x52) },
  40: { send: key(40, 0x41), receive: key(40, 0x42) },
};
const ANY: Partial<LinkPolicy> = { mppeStrengths: [128, 56, 40], mppeStateful: true };

const begun = (policy: Partial<LinkPolicy> = ANY): Dial => {
  const dial = new Dial(policy, { keys });
  reach.ccp(dial);
  return dial;
};

const asks = (dial: Dial, identifier: number, bits: string) =>
  dial.receive(packet("ccp", 1, identifier, [[18, bits]]));

/** Each `set-keys`: modes as "128-stateless", send before receive, and the first octet of each key. */
const set = (dial: Dial): string[] =>
  dial
    .did("set-keys")
    .map(({ keys: { send, receive } }) =>
      [send, receive]
        .map(
          ({ key, strength, stateless }) =>
            `${strength}-${stateless ? "stateless" : "stateful"}:${key[0]!.toString(16)}`,
        )
        .join(" "),
    );

/** What the session shows. */
const shown = (dial: Dial): string | undefined => {
  dial.receive(packet("ipcp", 1, 1, [[3, "0a4d000a"]]));
  dial.acknowledge("ipcp");
  return dial.did("open-network")[0]?.network.encryption;
};

test("we ask for every length allowed, stateless, and for one where one is allowed", () => {
  assert.ok(begun().lines.includes("ccp Configure-Request id=1 mppe=010000e0(stateless,56,128,40)"));
  const weaker = begun({ mppeStrengths: [56, 40], mppeStateful: true });
  assert.ok(weaker.lines.includes("ccp Configure-Request id=1 mppe=010000a0(stateless,56,40)"));
  assert.ok(begun({}).lines.includes("ccp Configure-Request id=1 mppe=01000040(stateless,128)"));
});

test("a client with one length that picks it by a Nak gets keys of that length both ways", () => {
  const dial = begun();
  asks(dial, 1, "01000020");
  dial.receive(packet("ccp", 3, 1, [[18, "01000020"]]));
  dial.acknowledge("ccp");
  assert.equal(set(dial).at(-1), "40-stateless:41 40-stateless:42");
  assert.equal(shown(dial), "mppe-40-stateless");
});

test("we send as the client asked to receive, and receive as we asked", () => {
  const dial = begun();
  assert.deepEqual(asks(dial, 1, "00000020"), ["set-keys", "ccp Configure-Ack id=1 mppe=00000020(40)"]);
  dial.acknowledge("ccp");
  assert.deepEqual(set(dial), ["40-stateful:41 128-stateless:82"]);
  assert.equal(shown(dial), "mppe-40-stateful");
});

test("keys set before our own request was Nak'd are set again, with what was agreed, before CCP is open", () => {
  const dial = begun();
  asks(dial, 1, "01000040");
  assert.deepEqual(dial.receive(packet("ccp", 3, 1, [[18, "00000080"]])), [
    "ccp Configure-Request id=2 mppe=00000080(56)",
    "arm ccp-restart 1000",
  ]);
  assert.deepEqual(dial.acknowledge("ccp").slice(0, 4), [
    "set-keys",
    "disarm ccp-restart",
    "disarm ccp-deadline",
    "reached ccp",
  ]);
  assert.deepEqual(set(dial), ["128-stateless:81 128-stateless:82", "128-stateless:81 56-stateful:52"]);
  assert.equal(shown(dial), "mppe-56-stateful");
});

test("a client that changes its mind before CCP is open gets the keys for it before the Ack", () => {
  const dial = begun();
  asks(dial, 1, "01000040");
  assert.deepEqual(asks(dial, 2, "01000020"), [
    "set-keys",
    "ccp Configure-Ack id=2 mppe=01000020(stateless,40)",
  ]);
  assert.deepEqual(asks(dial, 3, "01000020"), ["ccp Configure-Ack id=3 mppe=01000020(stateless,40)"]);
  dial.acknowledge("ccp");
  assert.deepEqual(set(dial), ["128-stateless:81 128-stateless:82", "40-stateless:41 128-stateless:82"]);
});

test("our request acknowledged first: the keys stand before the Ack that opens CCP, once", () => {
  const dial = begun();
  dial.acknowledge("ccp");
  assert.deepEqual(asks(dial, 1, "01000040").slice(0, 3), [
    "set-keys",
    "disarm ccp-restart",
    "ccp Configure-Ack id=1 mppe=01000040(stateless,128)",
  ]);
  assert.deepEqual(set(dial), ["128-stateless:81 128-stateless:82"]);
  assert.equal(shown(dial), "mppe-128-stateless");
});

for (const [send, receive, encryption] of [
  ["01000040", "01000020", "mppe-40-stateless"],
  ["01000020", "01000040", "mppe-40-stateless"],
  ["00000040", "01000040", "mppe-128-stateful"],
  ["01000040", "00000040", "mppe-128-stateful"],
  ["01000080", "00000040", "mppe-56-stateless"],
] as const)
  test(`a session that sends ${send} and receives ${receive} shows ${encryption}`, () => {
    const dial = begun();
    if (receive !== "01000040") dial.receive(packet("ccp", 3, 1, [[18, receive]]));
    dial.acknowledge("ccp");
    asks(dial, 1, send);
    assert.equal(shown(dial), encryption);
  });

test("a log-in with a key of one length has that length and no other", () => {
  const dial = new Dial(ANY, { keys: { 128: keys[128]! } });
  reach.ccp(dial);
  assert.deepEqual(asks(dial, 1, "01000020"), ["ccp Configure-Nak id=1 mppe=01000040(stateless,128)"]);
});

test("by default nothing weaker than 128 bits stateless is set, whatever the client tries", () => {
  const dial = begun({});
  for (const [identifier, bits] of ["00000040", "01000020", "01000080", "00000000"].entries()) {
    asks(dial, identifier, bits);
    dial.receive(packet("ccp", 3, dial.latest("ccp", 1).identifier, [[18, bits]]));
  }
  assert.deepEqual(set(dial), []);
  asks(dial, 9, "01000040");
  dial.acknowledge("ccp");
  assert.deepEqual(set(dial), ["128-stateless:81 128-stateless:82"]);
});

/** A session that sends and receives stateful or not. */
const session = (send: boolean, receive: boolean): Dial => {
  const dial = begun();
  if (!receive) dial.receive(packet("ccp", 3, 1, [[18, "00000040"]]));
  dial.acknowledge("ccp");
  asks(dial, 1, send ? "01000040" : "00000040");
  shown(dial);
  assert.equal(dial.lines.at(-1), "reached ipcp");
  return dial;
};

test("a Reset-Request in a session that sends stateful: flushed first, then the Reset-Ack", () => {
  const dial = session(false, true);
  assert.deepEqual(dial.receive(packet("ccp", 14, 7)), [
    "arm echo 30000",
    "flush-encryption",
    "ccp Reset-Ack id=7",
  ]);
});

test("a Reset-Request in a session that sends stateless gets its Reset-Ack and nothing else", () => {
  const dial = session(true, false);
  assert.deepEqual(dial.receive(packet("ccp", 14, 7)), ["arm echo 30000", "ccp Reset-Ack id=7"]);
});

test("coherency lost in what the client sends stateful: a Reset-Request each time, with a fresh identifier", () => {
  const dial = session(true, false);
  assert.deepEqual(dial.feed({ type: "coherency-lost" }), ["ccp Reset-Request id=3"]);
  assert.equal(dial.latest("ccp", 14).data.length, 0);
  assert.deepEqual(dial.receive(packet("ccp", 15, 3)), ["arm echo 30000"], "its Reset-Ack means nothing");
  assert.deepEqual(dial.feed({ type: "coherency-lost" }), ["ccp Reset-Request id=4"]);
});

test("coherency cannot be lost where the client sends stateless, without CCP, or out of a session", () => {
  assert.deepEqual(session(false, true).feed({ type: "coherency-lost" }), []);
  const clear = new Dial(ANY, { keys: {}, encryptionRequired: false });
  reach.assigning(clear);
  clear.assigned();
  shown(clear);
  assert.equal(clear.lines.at(-1), "reached ipcp");
  assert.deepEqual(clear.feed({ type: "coherency-lost" }), []);
  for (const stage of ["lcp", "verifying", "assigning", "ccp", "ipcp"] as const) {
    const dial = new Dial(ANY);
    reach[stage](dial);
    assert.deepEqual(dial.feed({ type: "coherency-lost" }), []);
  }
});

test("before the network is open no packet can have been lost, stateful or not", () => {
  const dial = begun();
  dial.receive(packet("ccp", 3, 1, [[18, "00000040"]]));
  dial.acknowledge("ccp");
  asks(dial, 1, "00000040");
  assert.equal(dial.at, "networking");
  assert.deepEqual(dial.feed({ type: "coherency-lost" }), []);
});

test("before CCP is open a Reset-Request means nothing", () => {
  const dial = begun();
  assert.deepEqual(dial.receive(packet("ccp", 14, 7)), []);
});

test("a stateful session lives through its client's repeated request, and ends by another", () => {
  const dial = session(false, false);
  assert.deepEqual(asks(dial, 9, "00000040"), [
    "arm echo 30000",
    "ccp Configure-Ack id=9 mppe=00000040(128)",
  ]);
  asks(dial, 10, "01000040");
  assert.equal(set(dial).length, 1);
  assert.equal(dial.receive(packet("lcp", 6, 2)).at(-1), "ended mppe-renegotiated");
});
