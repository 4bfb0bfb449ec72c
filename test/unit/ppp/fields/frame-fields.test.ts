import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldContext } from "../../../../server/ppp/fields/field-context.ts";
import { frameFields } from "../../../../server/ppp/fields/frame-fields.ts";
import { FRAMES } from "../../../fuzz/seeds.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { fieldLines } from "../../../support/field-lines.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { packet } from "../link/dial.ts";

const HIDING: FieldContext = { secrets: false, method: undefined };
const SHOWING: FieldContext = { secrets: true, method: "ms-chap-v2" };

const of = (frame: Uint8Array, context = HIDING) => fieldLines(frameFields(frame, context));

test("a Configure-Request: frame, packet, and each option with type, length and value", () => {
  assert.deepEqual(
    of(
      packet("lcp", 1, 7, [
        [1, "0578"],
        [5, "0c6f3548"],
        [99, "01"],
      ]),
    ),
    [
      "address: 0xff",
      "control: 0x03",
      "protocol: LCP(c021)",
      "code: 1(Configure-Request)",
      "identifier: 7",
      "length: 17",
      "mru: 1400 octets",
      "  type: 1",
      "  length: 4",
      "  octets: 0578",
      "magic: 0c6f3548",
      "  type: 5",
      "  length: 6",
      "  octets: 0c6f3548",
      "option-99: 01 (not known)",
      "  type: 99",
      "  length: 3",
      "  octets: 01",
    ],
  );
});

test("MPPE's bits are spelled out, those without a meaning as well", () => {
  const [option] = frameFields(packet("ccp", 1, 1, [[18, "010000e3"]]), HIDING).slice(6);
  assert.deepEqual(fieldLines([option!]), [
    "mppe: 010000e3 (H stateless, M 56 bits, S 128 bits, L 40 bits, C MPPC compression, without a meaning 00000002)",
    "  type: 18",
    "  length: 6",
    "  octets: 010000e3",
    "  H-stateless: 1",
    "  M-56: 1",
    "  S-128: 1",
    "  L-40: 1",
    "  D-obsolete: 0",
    "  C-mppc: 1",
    "  unknown-bits: 2",
  ]);
});

test("IPV6CP and padding behind the Length", () => {
  assert.deepEqual(of(fromHex("8057 0105000e 010adc15159b5957c96d 0000")), [
    "protocol: IPV6CP(8057)",
    "code: 1(Configure-Request)",
    "identifier: 5",
    "length: 14",
    "interface-identifier: dc15:159b:5957:c96d (address fe80::dc15:159b:5957:c96d)",
    "  type: 1",
    "  length: 10",
    "  octets: dc15159b5957c96d",
    "padding: 0000",
  ]);
});

test("the parts of other packets of LCP", () => {
  assert.deepEqual(of(packet("lcp", 8, 1, fromHex("80fd 01060004"))).slice(6), [
    "rejected-protocol: CCP(80fd)",
    "rejected-code: 1(Configure-Request)",
    "rejected-identifier: 6",
    "rejected-length: 4",
  ]);
  assert.deepEqual(of(packet("lcp", 8, 1, fromHex("c023 01060004"))).slice(6), [
    "rejected-protocol: PAP(c023)",
    "rejected-octets: (4 octets)",
  ]);
  assert.deepEqual(of(packet("lcp", 7, 1, fromHex("0f010006 0000"))).slice(6), [
    "rejected-code: 15(Reset-Ack)",
    "rejected-identifier: 1",
    "rejected-length: 6",
    "rejected-octets: (2 octets)",
  ]);
  assert.deepEqual(of(packet("lcp", 13, 1, fromHex("0c6f3548 0000003c"))).slice(6), [
    "magic-number: 0c6f3548",
    "seconds-remaining: 60 (1 min 0 s)",
  ]);
  const said = (message: Uint8Array) =>
    of(packet("lcp", 12, 1, Uint8Array.of(0x0c, 0x6f, 0x35, 0x48, ...message))).at(-1);
  assert.equal(said(ascii("MSRASV5.20")), 'message: "MSRASV5.20" (version of Windows\' dialer)');
  assert.equal(said(ascii("MSRAS-0-HOST")), 'message: "MSRAS-0-HOST" (name of the Windows computer)');
  assert.equal(said(ascii("hello")), 'message: "hello"');
  assert.equal(said(new Uint8Array(16).fill(0xab)), `message: ${"ab".repeat(16)} (a GUID, as of Windows)`);
});

test("CBCP: what is offered, and to which number", () => {
  assert.deepEqual(of(fromHex("c029 0203000f 0102 0209 0c 01 3535352d00")).slice(1), [
    "code: 2(Callback-Response)",
    "identifier: 3",
    "length: 15",
    "no-callback: nobody calls back",
    "  type: 1",
    "  length: 2",
    "  octets: ",
    'callback-to-users-number: after 12 s, to "555-"',
    "  type: 2",
    "  length: 9",
    "  octets: 0c013535352d00",
    "  delay: 12 s",
    '  address: "555-"',
    "    address-type: 1(phone)",
  ]);
});

const papRequest = bytes`c023 01010010 05616c696365 05 7061 7373 21`;

test("a PAP password is a number of octets unless asked for", () => {
  assert.deepEqual(of(papRequest).slice(4), [
    "peer-id-length: 5",
    'peer-id: "alice"',
    "password: (5 octets)",
  ]);
  assert.equal(of(papRequest, SHOWING).at(-1), 'password: "pass!"');
});

const chapResponse = bytes`
  c223 02070039
  31 ${new Uint8Array(16).fill(0xa1)} 0000000000000000 ${new Uint8Array(24).fill(0xb2)} 00
  616263
`;

test("an MS-CHAPv2 Response in its parts, where the method is known and secrets may be shown", () => {
  assert.deepEqual(of(chapResponse).slice(4), ["value-size: 49", "value: (49 octets)", 'name: "abc"']);
  assert.deepEqual(of(chapResponse, SHOWING).slice(6, -1), [
    `  peer-challenge: ${"a1".repeat(16)}`,
    "  reserved: 0000000000000000",
    `  nt-response: ${"b2".repeat(24)}`,
    "  flags: 0",
  ]);
  assert.deepEqual(of(chapResponse, { ...HIDING, method: "ms-chap-v1" }).slice(6, -1), [
    "  lm-response: (24 octets)",
    "  nt-response: (24 octets)",
    "  use-nt-response: 0 (the LM response counts)",
  ]);
});

test("a Success without its S= unless asked for", () => {
  const success = packet("chap", 3, 1, ascii(`S=${"AB".repeat(20)} M=Hi`));
  assert.deepEqual(of(success).slice(6), [
    'message: "S=(40 characters) M=Hi"',
    "  S: (40 characters)",
    '  M: "Hi"',
  ]);
  assert.deepEqual(of(success, SHOWING).slice(6), [
    `message: "S=${"AB".repeat(20)} M=Hi"`,
    `  S: ${"AB".repeat(20)}`,
    '  M: "Hi"',
  ]);
});

test("a Failure in its parts, with the number in words; a text without them is one", () => {
  const failure = (text: string) => of(packet("chap", 4, 1, ascii(text))).slice(6);
  assert.deepEqual(failure(`E=691 R=1 C=${"AB".repeat(16)} V=3 M=E=648 no "M=", R=0`), [
    'message: "E=691 R=1 C=(32 characters) V=3 M=E=648 no \\"M=\\", R=0"',
    "  E: 691 (wrong user name or password, or a method of authentication that the server does not allow)",
    "  R: 1 (another try is allowed)",
    "  C: (32 characters)",
    "  V: 3 (version of the password change: MS-CHAPv2)",
    '  M: "E=648 no \\"M=\\", R=0"',
  ]);
  assert.deepEqual(failure("E=9 R=0 V=2").slice(1), [
    "  E: 9 (not known)",
    "  R: 0 (no other try is allowed)",
    "  V: 2 (version of the password change: MS-CHAPv1)",
  ]);
  assert.deepEqual(failure("E=x R=").slice(1), ["  E: x"]);
  assert.deepEqual(failure("Access denied"), ['message: "Access denied"']);
});

test("a Change-Password in its parts, as lengths", () => {
  const change = packet("chap", 7, 1, new Uint8Array(582));
  assert.deepEqual(of(change).slice(6), [
    "encrypted-password: (516 octets)",
    "encrypted-hash: (16 octets)",
    "peer-challenge: (16 octets)",
    "reserved: 0000000000000000",
    "nt-response: (24 octets)",
    "flags: 0",
  ]);
  assert.deepEqual(of(packet("chap", 7, 1, new Uint8Array(9))).slice(6), ["data: (9 octets)"]);
});

test("EAP: its head, and the data only where asked for", () => {
  const eap = bytes`c227 0101 0009 04 10 aabbcc`;
  assert.deepEqual(of(eap).slice(1), [
    "code: 1(Request)",
    "identifier: 1",
    "length: 9",
    "type: 4(md5-challenge)",
    "type-data: (4 octets)",
  ]);
  assert.equal(of(eap, SHOWING).at(-1), "type-data: 10aabbcc");
});

test("EAP: what its types carry, and a wrong MS-Length", () => {
  const after = (octets: Uint8Array) => of(octets).slice(4);
  assert.deepEqual(after(bytes`c227 0201 0009 01 616e6e61`), ["type: 1(identity)", 'identity: "anna"']);
  assert.deepEqual(after(bytes`c227 0101 0007 02 6869`), ["type: 2(notification)", 'message: "hi"']);
  assert.deepEqual(after(bytes`c227 0201 0007 03 1a19`), [
    "type: 3(nak)",
    "desired-auth-type: 26(ms-chap-v2)",
    "desired-auth-type: 25(peap)",
  ]);
  assert.deepEqual(after(bytes`c227 0201 0006 03 00`), ["type: 3(nak)", "desired-auth-type: 0 (none)"]);
  assert.deepEqual(after(bytes`c227 0101 0009 04 02 aabb 78`), [
    "type: 4(md5-challenge)",
    "value-size: 2",
    "value: (2 octets)",
    'name: "x"',
  ]);
  assert.deepEqual(after(bytes`c227 0101 000c 0d c0 00000102 1603`), [
    "type: 13(tls)",
    "flags: 192",
    "  L-length-included: 1",
    "  M-more-fragments: 1",
    "  S-start: 0",
    "tls-message-length: 258",
    "tls-data: (2 octets)",
  ]);
  assert.deepEqual(after(bytes`c227 0101 000b 1a 04 07 0001 453d`), [
    "type: 26(ms-chap-v2)",
    "op-code: 4(Failure)",
    "ms-chapv2-id: 7",
    "ms-length: 1 (WRONG: 6 is right)",
    'message: "E="',
  ]);
  assert.deepEqual(after(bytes`c227 0201 0006 1a 03`), ["type: 26(ms-chap-v2)", "op-code: 3(Success)"]);
});

test("unknown protocols are shown in hexadecimal; users' data and unknown log-ins as lengths", () => {
  assert.deepEqual(of(fromHex("8281 01010008 0104 00ff")), [
    "protocol: MPLSCP(8281)",
    "code: 1(Configure-Request)",
    "identifier: 1",
    "length: 8",
    "option-1: 00ff (not known)",
    "  type: 1",
    "  length: 4",
    "  octets: 00ff",
  ]);
  assert.deepEqual(of(fromHex("8299 0101ffff")), [
    "protocol: 8299",
    "information: 0101ffff (no packet: truncated)",
  ]);
  assert.deepEqual(of(fromHex("c081 01010004")), [
    "protocol: Container-control(c081)",
    "information: 4 octets",
  ]);
  assert.deepEqual(of(fromHex("0021 45000014")), ["protocol: IP(0021)", "information: 4 octets"]);
  assert.deepEqual(of(fromHex("c021 0101")), [
    "protocol: LCP(c021)",
    "information: 0101 (no packet: truncated)",
  ]);
  assert.deepEqual(of(fromHex("ff")), ["octets: ff (no PPP frame: bad-protocol)"]);
});

test("every frame, whole or cut, is printable, and shows no password", () => {
  for (const frame of [...FRAMES, papRequest])
    for (const part of [frame, ...strictPrefixes(frame)])
      for (const line of of(part)) {
        assert.match(line, /^[ -~…]+$/);
        assert.doesNotMatch(line, /pass!|70617373|s3cret/);
      }
});

test("what a Terminate-Request says is a text, or Windows' number with its words", () => {
  assert.deepEqual(of(packet("lcp", 5, 9, ascii("MPPE disabled"))).slice(6), ['data: "MPPE disabled"']);
  assert.deepEqual(of(packet("ipcp", 5, 9, WINDOWS_SAYS[738])).slice(6), [
    "magic-number: 41131244",
    "windows-mark: 003ccd74 (Windows)",
    "windows-error: 738 (it was given no IP address)",
  ]);
  const [data] = frameFields(packet("lcp", 5, 9, ascii("MPPE disabled")), HIDING).slice(6);
  assert.equal(data!.value, "MPPE disabled");
  const [octets] = frameFields(packet("lcp", 5, 9, fromHex("00ff")), HIDING).slice(6);
  assert.deepEqual([octets!.value, octets!.text], ["00ff", '"\\x00\\xff"']);
});
