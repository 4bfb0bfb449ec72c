import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFrame } from "../../../../server/ppp/describe/describe-frame.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { packet, response } from "../link/dial.ts";

const says = (frame: Uint8Array, layer: string, text: string): void =>
  assert.deepEqual(describeFrame(frame), { layer, text });

test("a Configure-Request shows its options by name and value", () => {
  says(
    packet("lcp", 1, 1, [
      [1, "0578"],
      [2, "00000000"],
      [3, "c22381"],
      [5, "0c6f3548"],
      [7, ""],
      [8, ""],
      [13, "06"],
      [99, "0102"],
      [98, ""],
    ]),
    "lcp",
    "Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=0c6f3548 pfc acfc callback=cbcp option-99=0102 option-98",
  );
});

test("a value that does not fit its option shows as its octets", () => {
  says(packet("lcp", 1, 1, [[1, "057800"]]), "lcp", "Configure-Request id=1 mru=?057800");
});

for (const [value, name] of [
  ["c023", "pap"],
  ["c22380", "ms-chap-v1"],
  ["c22305", "chap-md5"],
  ["c227", "eap"],
  ["c22399", "c22399"],
] as const)
  test(`authentication ${value} shows as ${name}`, () => {
    says(packet("lcp", 3, 1, [[3, value]]), "lcp", `Configure-Nak id=1 auth=${name}`);
  });

for (const [code, data, text] of [
  [5, ascii("bye\n"), 'Terminate-Request id=1 "bye\\x0a"'],
  [
    5,
    WINDOWS_SAYS[742],
    "Terminate-Request id=1 Windows error 742: the other side does not encrypt as it requires",
  ],
  [5, WINDOWS_SAYS[0], "Terminate-Request id=1 Windows error 0: none; its user hung up, or a program did"],
  [6, new Uint8Array(0), "Terminate-Ack id=1"],
  [7, fromHex("0f010004"), "Code-Reject id=1 of Reset-Ack"],
  [8, fromHex("80fd0101"), "Protocol-Reject id=1 of CCP(80fd)"],
  [8, fromHex("8281"), "Protocol-Reject id=1 of MPLSCP(8281)"],
  [8, fromHex("8299"), "Protocol-Reject id=1 of 8299"],
  [13, fromHex("aa471106 0000003c 4869"), 'Time-Remaining id=1 magic=aa471106 seconds=60 "Hi"'],
  [13, fromHex("aa4711"), "Time-Remaining id=1 aa4711"],
  [9, fromHex("aa471106"), "Echo-Request id=1 magic=aa471106"],
  [12, fromHex("aa471106 4d53"), 'Identification id=1 magic=aa471106 "MS"'],
  [99, fromHex("00"), "code-99 id=1 00"],
] as const)
  test(`LCP shows ${text}`, () => says(packet("lcp", code, 1, data), "lcp", text));

test("CCP and IPCP show theirs", () => {
  says(
    packet("ccp", 1, 6, [[18, "010000e1"]]),
    "ccp",
    "Configure-Request id=6 mppe=010000e1(stateless,56,128,40,mppc)",
  );
  says(
    packet("ipcp", 3, 2, [
      [3, "0a4d000a"],
      [129, "0a4d0035"],
    ]),
    "ipcp",
    "Configure-Nak id=2 address=10.77.0.10 dns1=10.77.0.53",
  );
});

for (const [octets, text] of [
  [bytes`c227 0201 0009 01 616e6e61`, 'Response id=1 type=1(identity) "anna"'],
  [bytes`c227 0201 0007 03 1a0d`, "Response id=1 type=3(nak) wants 26(ms-chap-v2) or 13(tls)"],
  [bytes`c227 0201 0006 03 00`, "Response id=1 type=3(nak) wants none"],
  [bytes`c227 0101 0008 02 686921`, 'Request id=1 type=2(notification) "hi!"'],
  [bytes`c227 0201 0009 06 70617373`, "Response id=1 type=6(generic-token-card) data=(4 octets)"],
  [bytes`c227 0101 0006 1a 01`, "Request id=1 type=26(ms-chap-v2) Challenge received"],
  [bytes`c227 0101 0007 1a 01 07`, "Request id=1 type=26(ms-chap-v2) malformed (truncated), 2 octets"],
  [bytes`c227 0304 0004`, "Success id=4"],
] as const)
  test(`EAP shows ${text}`, () => says(octets, "eap", text));

test("CHAP shows names, and values as lengths only", () => {
  const challenge = bytes`
    ff 03 c223                        CHAP
    01 88 001a                        Challenge, Identifier 136, Length 26
    10                                Value-Size 16
    95a87fa62ebcd2e3c8b09e1b448a6c72  Value
    7070747064                        Name "pptpd"
  `;
  says(challenge, "chap", 'Challenge id=136 value=(16 octets) name="pptpd"');
  says(response(1), "chap", 'Response id=1 value=(49 octets) name="alice"');
  says(
    packet("chap", 3, 1, ascii(`S=${"AB".repeat(20)} M=Hi`)),
    "chap",
    'Success id=1 "S=(40 characters) M=Hi"',
  );
  says(
    packet("chap", 7, 1, new Uint8Array(582)),
    "chap",
    "Change-Password id=1 password=(516 octets) hash=(16 octets) response=(24 octets)",
  );
  says(
    packet("chap", 7, 1, new Uint8Array(581)),
    "chap",
    "Change-Password id=1 malformed (truncated), 581 octets",
  );
  says(
    packet("chap", 4, 1, ascii("E=691 R=0 C=A0A1A2A3A4A5A6A7 V=2")),
    "chap",
    'Failure id=1 "E=691 R=0 C=(16 characters) V=2"',
  );
});

test("PAP shows the name, and of the password nothing", () => {
  says(
    packet("pap", 1, 1, Uint8Array.of(6, ...ascii('al"ce\n'), 6, ...ascii("s3cret"))),
    "pap",
    'Authenticate-Request id=1 name="al\\"ce\\x0a" password=(hidden)',
  );
  says(packet("pap", 1, 1, fromHex("0000")), "pap", 'Authenticate-Request id=1 name="" password=(hidden)');
  says(
    packet("pap", 1, 1, fromHex("0161")),
    "pap",
    "Authenticate-Request id=1 malformed (truncated), 2 octets",
  );
  says(packet("pap", 2, 1, fromHex("024869")), "pap", 'Authenticate-Ack id=1 "Hi"');
  says(packet("pap", 3, 1, fromHex("00")), "pap", 'Authenticate-Nak id=1 ""');
  says(packet("pap", 3, 1, fromHex("05")), "pap", "Authenticate-Nak id=1 malformed (truncated), 1 octets");
  says(packet("pap", 9, 1, fromHex("0000")), "pap", "code-9 id=1 2 octets");
});

const SECRET = "s3cretPassw0rdHiddenHere";
const hidden = [
  ["a malformed PAP packet", fromHex(`c023 01010000 ${Buffer.from(SECRET).toString("hex")}`)],
  ["a PAP request", packet("pap", 1, 1, Uint8Array.of(0, SECRET.length, ...ascii(SECRET)))],
  ["a PAP request without lengths", packet("pap", 1, 1, ascii(SECRET))],
  ["a Change-Password", packet("chap", 7, 1, ascii(SECRET.repeat(30)))],
  ["EAP", fromHex(`c227 02010000 ${Buffer.from(SECRET).toString("hex")}`)],
  ["an unknown authentication protocol", fromHex(`c081 02010000 ${Buffer.from(SECRET).toString("hex")}`)],
  ["data", fromHex(`0021 ${Buffer.from(SECRET).toString("hex")}`)],
  ["a CHAP value", packet("chap", 2, 1, Uint8Array.of(SECRET.length, ...ascii(SECRET)))],
  ["an unknown CHAP code", packet("chap", 9, 1, ascii(SECRET))],
  ["a Success", packet("chap", 3, 1, ascii(`S=${SECRET}`))],
  ["a Protocol-Reject", packet("lcp", 8, 1, fromHex(`c023${Buffer.from(SECRET).toString("hex")}`))],
  ["a Code-Reject", packet("lcp", 7, 1, ascii(SECRET))],
] as const;
for (const [what, frame] of hidden)
  test(`${what} shows no secret, whole or cut`, () => {
    for (const part of [frame, ...strictPrefixes(frame)]) {
      const { text } = describeFrame(part);
      assert.ok(!text.includes(SECRET.slice(0, 4)), text);
      assert.ok(!text.includes(Buffer.from(SECRET.slice(0, 4)).toString("hex")), text);
    }
  });

test("the control protocol of another network shows its packet, or its first octets", () => {
  says(fromHex("8281 0101000400"), "ppp", "MPLSCP(8281) Configure-Request id=1");
  says(fromHex("8235 0103000a 0306 0a000001"), "ppp", "ACSCP(8235) Configure-Request id=3 option-3=0a000001");
  says(fromHex("8299 0203000a 0104 00ff 0202"), "ppp", "8299 Configure-Ack id=3 option-1=00ff option-2");
  says(Uint8Array.of(0x82, 0x81, ...new Uint8Array(40)), "ppp", `MPLSCP(8281) ${"00".repeat(16)}…`);
});

for (const [octets, text] of [
  ["01010006 0102", "Callback-Request id=1 no-callback"],
  [
    "01020010 0102 0203 0c 0303 00 0403 00 ff",
    "Callback-Request id=2 malformed options (truncated), 12 octets",
  ],
  [
    "0102000f 0102 0203 0c 0303 00 0403 00",
    "Callback-Request id=2 no-callback callback-to-users-number=12-s callback-to-set-number=0-s callback-to-listed-number=0-s",
  ],
  ["0203000d 0209 0c 01 353535 00 00", 'Callback-Response id=3 callback-to-users-number=12-s,"555",""'],
  ["0303000c 0208 0c 01 35353500", 'Callback-Ack id=3 callback-to-users-number=12-s,"555"'],
  ["09030006 0102", "code-9 id=3 0102"],
] as const)
  test(`CBCP shows ${text}`, () => says(fromHex(`c029 ${octets}`), "ppp", `CBCP(c029) ${text}`));

test("BACP shows who is favored", () => {
  says(
    fromHex("c02b 0101000a 0106 0c6f3548"),
    "ppp",
    "BACP(c02b) Configure-Request id=1 favored-peer=0c6f3548",
  );
});

test("malformed frames, packets and options say so", () => {
  says(new Uint8Array(0), "ppp", "malformed frame (truncated), 0 octets");
  says(fromHex("ff03c0210101"), "lcp", "malformed packet (truncated), 2 octets");
  says(
    packet("ccp", 1, 1, fromHex("1201")),
    "ccp",
    "Configure-Request id=1 malformed options (bad-length), 2 octets",
  );
});

test("any frame gives one line of printable text, bounded in length", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("", "ff03c021", "ff03c223", "ff03c023", "80fd", "8021"),
      fc.uint8Array({ maxLength: 300 }),
      (head, tail) => {
        const { text } = describeFrame(Uint8Array.of(...fromHex(head), ...tail));
        assert.match(text, /^[\x20-\x7e…]+$/);
        assert.ok(text.length < 1000);
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
});
