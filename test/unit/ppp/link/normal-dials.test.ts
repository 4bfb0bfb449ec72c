import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../../../support/bytes.ts";
import { Dial, packet, response, right } from "./dial.ts";

test("RouterOS rejects accm, pfc and acfc: they are dropped", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(
    packet("lcp", 1, 1, [
      [1, "05aa"],
      [5, "11223344"],
    ]),
  );
  assert.deepEqual(
    dial.receive(
      packet("lcp", 4, 1, [
        [2, "00000000"],
        [7, ""],
        [8, ""],
      ]),
    ),
    ["lcp Configure-Request id=2 mru=1400 auth=ms-chap-v2 magic=aa471106", "arm lcp-restart 1000"],
  );
  assert.ok(dial.acknowledge("lcp").includes("reached lcp"));
});

test("multilink Windows loses callback and mrru, and keeps its endpoint", () => {
  const dial = new Dial();
  dial.start();
  const first = dial.receive(
    packet("lcp", 1, 0, [
      [1, "0578"],
      [13, "06"],
      [17, "064e"],
      [19, "0131"],
    ]),
  );
  assert.equal(first.at(-1), "lcp Configure-Reject id=0 callback=cbcp mrru=1614");
  assert.deepEqual(
    dial.receive(
      packet("lcp", 1, 1, [
        [1, "0578"],
        [19, "0131"],
      ]),
    ),
    ["lcp Configure-Ack id=1 mru=1400 endpoint=local:31"],
  );
});

test("a macOS pppd that asks for ACSCP and IPV6CP is told so and dials on", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1, [[5, "0c6f3548"]]));
  dial.acknowledge("lcp");
  dial.receive(response(1));
  dial.verified(right);
  dial.assigned();
  assert.deepEqual(dial.receive(packet("acscp", 1, 1)), ["lcp Protocol-Reject id=2 of ACSCP(8235)"]);
  assert.deepEqual(dial.receive(packet("ipv6cp", 1, 1)), ["lcp Protocol-Reject id=3 of IPV6CP(8057)"]);
});

for (const [client, ladder] of [
  ["Windows 10", "01000000"],
  ["Windows 2000", "010000e1"],
  ["pptp-linux", "01000060"],
  ["Windows server", "01000041"],
] as const)
  test(`the ladder of ${client} (${ladder}) settles on 128-bit stateless`, () => {
    const dial = new Dial();
    dial.start();
    dial.receive(packet("lcp", 1, 1));
    dial.acknowledge("lcp");
    dial.receive(response(1));
    dial.verified(right);
    dial.assigned();
    assert.deepEqual(dial.receive(packet("ccp", 1, 1, [[18, ladder]])), [
      "ccp Configure-Nak id=1 mppe=01000040(stateless,128)",
    ]);
    assert.deepEqual(dial.receive(packet("ccp", 1, 2, [[18, "01000040"]])), [
      "set-keys",
      "ccp Configure-Ack id=2 mppe=01000040(stateless,128)",
    ]);
  });

test("a client that stays silent gets our LCP request after 300 ms", () => {
  const dial = new Dial();
  dial.start();
  assert.deepEqual(dial.expire("first-frame"), [
    "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    "arm lcp-restart 1000",
  ]);
});

test("a client that was not listening yet gets our request again with its own, before the Ack", () => {
  const dial = new Dial();
  dial.start();
  dial.expire("first-frame");
  dial.expire("lcp-restart");
  assert.deepEqual(dial.receive(packet("lcp", 1, 0, [[5, "0c6f3548"]])), [
    "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    "lcp Configure-Ack id=0 magic=0c6f3548",
  ]);
});

test("a client whose CCP was not ready gets our request again with its own", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  dial.acknowledge("lcp");
  dial.receive(response(1));
  dial.verified(right);
  dial.assigned();
  assert.deepEqual(dial.receive(packet("ccp", 6, 1)), []);
  assert.deepEqual(dial.receive(packet("ccp", 1, 1, [[18, "01000040"]])), [
    "set-keys",
    "ccp Configure-Request id=1 mppe=01000040(stateless,128)",
    "ccp Configure-Ack id=1 mppe=01000040(stateless,128)",
  ]);
});

test("Windows 98 gets a Success without text", () => {
  const dial = new Dial();
  dial.start();
  dial.receive(packet("lcp", 1, 1));
  dial.acknowledge("lcp");
  dial.receive(response(1, { flags: 4 }));
  dial.verified(right);
  assert.equal(dial.assigned()[0], 'chap Success id=1 "S=(40 characters)"');
  assert.deepEqual(dial.latest("chap", 3).data, ascii(`S=${"AB".repeat(20)}`));
});
