import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../../../support/bytes.ts";
import { assignment, Dial, ip, packet, response, right } from "./dial.ts";

test("pptp-linux with pppd 2.4.9 dials without a timer", () => {
  const dial = new Dial();
  dial.start();
  assert.deepEqual(
    dial.receive(
      packet("lcp", 1, 1, [
        [2, "00000000"],
        [5, "8d6aa5f1"],
        [7, ""],
        [8, ""],
      ]),
    ),
    [
      "disarm first-frame",
      "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
      "arm lcp-restart 1000",
      "lcp Configure-Ack id=1 accm=00000000 magic=8d6aa5f1 pfc acfc",
    ],
  );
  dial.acknowledge("lcp");
  // pppd sends an Echo-Request when LCP opens (lcp-echo-interval); the reply carries our Magic-Number.
  assert.deepEqual(dial.receive(packet("lcp", 9, 0, bytes`8d6aa5f1  its Magic-Number`)), [
    "lcp Echo-Reply id=0 magic=aa471106",
  ]);
  dial.receive(response(1));
  dial.verified(right);
  dial.assigned({ ...assignment, dns: [ip("10.77.0.53"), ip("10.77.0.54")] });
  assert.deepEqual(dial.receive(packet("ccp", 1, 1, [[18, "01000060"]])), [
    "ccp Configure-Nak id=1 mppe=01000040(stateless,128)",
  ]);
  // It acknowledges ours before it asks again: the Ack of its request is then what opens CCP.
  assert.deepEqual(dial.acknowledge("ccp"), []);
  assert.deepEqual(dial.receive(packet("ccp", 1, 2, [[18, "01000040"]])), [
    "set-keys",
    "disarm ccp-restart",
    "ccp Configure-Ack id=2 mppe=01000040(stateless,128)",
    "disarm ccp-deadline",
    "reached ccp",
    "ipcp Configure-Request id=1 address=10.77.0.1",
    "arm ipcp-restart 1000",
    "arm ipcp-deadline 15000",
  ]);
  assert.deepEqual(
    dial.receive(
      packet("ipcp", 1, 1, [
        [2, "002d0f01"],
        [3, "00000000"],
        [129, "00000000"],
        [131, "00000000"],
      ]),
    ),
    ["ipcp Configure-Reject id=1 compression=vj,16-slots"],
  );
  assert.deepEqual(
    dial.receive(
      packet("ipcp", 1, 2, [
        [3, "00000000"],
        [129, "00000000"],
        [131, "00000000"],
      ]),
    ),
    ["ipcp Configure-Nak id=2 address=10.77.0.10 dns1=10.77.0.53 dns2=10.77.0.54"],
  );
  assert.deepEqual(
    dial.receive(
      packet("ipcp", 1, 3, [
        [3, "0a4d000a"],
        [129, "0a4d0035"],
        [131, "0a4d0036"],
      ]),
    ),
    ["ipcp Configure-Ack id=3 address=10.77.0.10 dns1=10.77.0.53 dns2=10.77.0.54"],
  );
  // Here the client's Ack completes IPCP.
  assert.deepEqual(dial.acknowledge("ipcp"), [
    "open-network 10.77.0.10 mru=1500 acfc=true pfc=true encryption=mppe-128-stateless",
    "disarm ipcp-restart",
    "disarm ipcp-deadline",
    "arm echo 30000",
    "reached ipcp",
  ]);
});
