import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii, bytes } from "../../../support/bytes.ts";
import { assignment, Dial, packet, response, right } from "./dial.ts";

test("Windows 7 dials without a timer, its early IPCP request held", () => {
  const dial = new Dial();
  assert.deepEqual(dial.start(), ["arm first-frame 300"]);

  // The client speaks first; our request goes out on its first frame, before the answer.
  const lcp0 = bytes`
    ff 03 c021         LCP
    01 00 0015         Configure-Request, Identifier 0
    01 04 0578         MRU 1400
    05 06 0c6f3548     Magic-Number
    07 02              PFC
    08 02              ACFC
    0d 03 06           Callback: CBCP
  `;
  assert.deepEqual(dial.receive(lcp0), [
    "disarm first-frame",
    "lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=aa471106 pfc acfc",
    "arm lcp-restart 1000",
    "lcp Configure-Reject id=0 callback=cbcp",
  ]);
  const lcp1 = bytes`
    ff 03 c021         LCP
    01 01 0012         Configure-Request, Identifier 1
    01 04 0578         MRU 1400
    05 06 0c6f3548     Magic-Number
    07 02              PFC
    08 02              ACFC
  `;
  assert.deepEqual(dial.receive(lcp1), ["lcp Configure-Ack id=1 mru=1400 magic=0c6f3548 pfc acfc"]);

  // LCP opens: the Challenge goes out in the same breath.
  assert.deepEqual(dial.acknowledge("lcp"), [
    "disarm lcp-restart",
    "reached lcp",
    'chap Challenge id=1 value=(16 octets) name="pacd"',
    "arm auth 1000",
  ]);
  for (const [identifier, text] of [
    [2, ascii("MSRASV5.20")],
    [3, ascii("MSRAS-0-WIN-7RSSC38TVCL")],
    [4, bytes`0cdc79f6c5cc464ba2ecd0e20e25b44a  a bare GUID`],
  ] as const)
    assert.deepEqual(
      dial.receive(packet("lcp", 12, identifier, Uint8Array.of(0x0c, 0x6f, 0x35, 0x48, ...text))),
      [],
    );
  assert.deepEqual(dial.receive(response(1, { name: "lulu" })), ["disarm auth", "verify"]);
  const verify = dial.effects.at(-1);
  assert.ok(verify?.do === "verify" && verify.credentials.method === "ms-chap-v2");
  assert.deepEqual(verify.credentials.name, ascii("lulu"));
  assert.deepEqual(verify.credentials.authenticatorChallenge, new Uint8Array(16).fill(0x5c));

  // Nothing tells the client of its success before CCP can receive.
  assert.deepEqual(dial.verified(right), ["reached auth", "assign-address"]);
  assert.deepEqual(dial.assigned({ ...assignment, dns: [], wins: [] }), [
    'chap Success id=1 "S=(40 characters) M=Access granted"',
    "ccp Configure-Request id=1 mppe=01000040(stateless,128)",
    "arm ccp-restart 1000",
    "arm ccp-deadline 15000",
  ]);
  const ipv6cp = bytes`
    8057               IPV6CP, without address and control from now on
    01 05 000e         Configure-Request, Identifier 5
    01 0a dc15159b5957c96d  Interface-Identifier
  `;
  assert.deepEqual(dial.receive(ipv6cp), ["lcp Protocol-Reject id=2 of IPV6CP(8057)"]);
  const ccp6 = bytes`
    80fd               CCP
    01 06 000a         Configure-Request, Identifier 6
    12 06 01000040     MPPE
  `;
  assert.deepEqual(dial.receive(ccp6), ["set-keys", "ccp Configure-Ack id=6 mppe=01000040(stateless,128)"]);
  const ipcp7 = bytes`
    8021               IPCP
    01 07 0022         Configure-Request, Identifier 7
    03 06 00000000     IP-Address
    81 06 00000000     DNS
    82 06 00000000     WINS
    83 06 00000000     DNS
    84 06 00000000     WINS
  `;
  assert.deepEqual(dial.receive(ipcp7), [], "held: no Terminate-Ack, no wait");

  // CCP opens: our IPCP request and the answer to the held one.
  assert.deepEqual(dial.acknowledge("ccp"), [
    "disarm ccp-restart",
    "disarm ccp-deadline",
    "reached ccp",
    "ipcp Configure-Request id=1 address=10.77.0.1",
    "arm ipcp-restart 1000",
    "arm ipcp-deadline 15000",
    "ipcp Configure-Reject id=7 dns1=0.0.0.0 wins1=0.0.0.0 dns2=0.0.0.0 wins2=0.0.0.0",
  ]);
  assert.deepEqual(dial.acknowledge("ipcp"), []);
  assert.deepEqual(dial.receive(packet("ipcp", 1, 9, [[3, "00000000"]])), [
    "ipcp Configure-Nak id=9 address=10.77.0.10",
  ]);
  assert.deepEqual(dial.receive(packet("ipcp", 1, 10, [[3, "0a4d000a"]])), [
    "open-network 10.77.0.10 mru=1400 acfc=true pfc=true encryption=mppe-128-stateless",
    "disarm ipcp-restart",
    "ipcp Configure-Ack id=10 address=10.77.0.10",
    "disarm ipcp-deadline",
    "arm echo 30000",
    "reached ipcp",
  ]);
  assert.deepEqual([...dial.armed], ["echo"]);
});
