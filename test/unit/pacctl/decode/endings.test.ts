import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../../../support/bytes.ts";
import { address, CLIENT, SERVER } from "../../../support/capture/frames.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import type { DialCapture, From } from "../../../support/decode/dial-capture.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";
import { CLEAR, dial, notify } from "./cases.ts";
import { ORDER_CASES } from "./ending-cases.ts";
import { NUMBER_CASES } from "./number-cases.ts";

for (const [what, source, code, capture, evidence] of [...NUMBER_CASES, ...ORDER_CASES])
  test(`${what}: ${code}`, () => {
    const { calls, rows } = decodedFile(capture.file(), { fields: true });
    assert.equal(calls.length, 1);
    const { verdict } = calls[0]!;
    assert.deepEqual([verdict.source, verdict.code], [source, code], verdict.evidence);
    assert.match(verdict.evidence, /^[ -~→§]+\.$/);
    if (evidence !== undefined) assert.match(verdict.evidence, evidence);
    const terminations = rows.filter(({ text }) => text.startsWith("Terminate-Request"));
    for (const { text } of terminations) assert.doesNotMatch(text, /\\x/);
  });

test("a Windows client that says why shows its user that number", () => {
  const errors = new Map(
    NUMBER_CASES.map(([what, , , capture]) => {
      const { verdict } = decodedFile(capture.file()).calls[0]!;
      return [what, verdict.windowsErrors];
    }),
  );
  assert.deepEqual(errors.get("a Windows client that does not believe the Success"), [778]);
  assert.deepEqual(errors.get("a Windows client that gets no address: CCP 732, IPCP 738, LCP 0"), [738]);
  assert.deepEqual(errors.get("RRAS that hangs up with 691 after the Response, and clears the call"), [691]);
  assert.deepEqual(errors.get("a session that RRAS ends since it was idle"), [628, 629]);
});

test("691 without a Failure is held against the password that was given", () => {
  const said = Buffer.from(WINDOWS_SAYS[691]).toString("hex");
  const file = dial().start("Microsoft").call().lcp().logIn().control("server", "lcp", 5, 9, said).file();
  const verdictWith = (secret: string) =>
    decodedFile(file, { credentials: password("alice", secret) }).calls[0]!.verdict;
  assert.equal(verdictWith("s3cret").code, "right-password-refused");
  const wrong = verdictWith("other");
  assert.equal(wrong.code, "bad-credentials");
  assert.match(wrong.evidence, /The client did not use the password that was given here\.$/);
});

test("fields and rows say the number in words", () => {
  const said = Buffer.from(WINDOWS_SAYS[742]).toString("hex");
  const file = dial().up().control("server", "lcp", 5, 9, said).file();
  const row = decodedFile(file, { fields: true }).rows.findLast(({ layer }) => layer === "lcp")!;
  assert.equal(
    row.text,
    "Terminate-Request id=9 Windows error 742: the other side does not encrypt as it requires",
  );
  const field = row.fields!.find(({ name }) => name === "windows-error");
  assert.deepEqual(field, {
    name: "windows-error",
    value: 742,
    text: "742 (the other side does not encrypt as it requires)",
  });
});

const GRE = 47;
const TCP = 6;

/** A file of raw IP without the packets of one side and one protocol. */
function without(capture: ReturnType<typeof dial>, from: From, protocol: number): Uint8Array {
  const source = address(from === "client" ? CLIENT : SERVER);
  const isLeftOut = (octets: Uint8Array) =>
    octets[9] === protocol && source.every((octet, i) => octets[12 + i] === octet);
  const other = dial();
  other.packets.push(...capture.packets.filter(({ octets }) => !isLeftOut(octets)));
  return other.file();
}

const STOPPED = { type: "stop-control-connection-reply", result: 1, error: 0 } as const;
const STOP = { type: "stop-control-connection-request", reason: 1 } as const;

for (const [what, end, side, protocol, code] of [
  [
    "a Call-Disconnect-Notify of result 4",
    (c) => c.say("client", CLEAR).say("server", notify(4)),
    "client",
    TCP,
    "client-hung-up",
  ],
  [
    "a Call-Disconnect-Notify of result 1",
    (c) => c.say("client", CLEAR).say("server", notify(1)),
    "client",
    TCP,
    "hung-up-by-server",
  ],
  [
    "a Stop-Control-Connection-Reply and FIN",
    (c) => c.say("client", STOP).say("server", STOPPED).fin("server"),
    "client",
    TCP,
    "client-hung-up",
  ],
  [
    "the same of the client",
    (c) => c.say("server", STOP).say("client", STOPPED).fin("client"),
    "server",
    TCP,
    "hung-up-by-server",
  ],
] as const satisfies readonly (readonly [
  string,
  (capture: DialCapture) => DialCapture,
  From,
  number,
  string,
])[])
  test(`${what}, where none of the ${side}'s messages was captured, is ${code}`, () => {
    const [call] = decodedFile(without(end(dial().up()), side, protocol)).calls;
    assert.equal(call!.verdict.code, code, call!.verdict.evidence);
  });

test("a Terminate-Ack, where none of the other side's GRE was captured, answers it", () => {
  const capture = dial()
    .up()
    .control("client", "lcp", 5, 9)
    .control("server", "lcp", 6, 9)
    .say("server", notify(1));
  const [call] = decodedFile(without(capture, "client", GRE)).calls;
  assert.match(call!.verdict.evidence, /the server sent an LCP Terminate-Ack, /);
});

test("a Stop-Control-Connection-Request and a FIN end every call of their connection", () => {
  for (const end of ["stop", "fin"] as const) {
    const capture = dial().start().call().lcp().logIn().accept().ccp().ipcp();
    capture.redial(101, 201).call().lcp().logIn().accept().ccp().ipcp();
    if (end === "stop") capture.say("server", { type: "stop-control-connection-request", reason: 3 });
    else capture.fin("server");
    const verdicts = decodedFile(capture.file()).calls.map(({ verdict }) => verdict.code);
    const code = end === "stop" ? "hung-up-by-server" : "connection-lost";
    assert.deepEqual(verdicts, [code, code]);
  }
});

test("a copy of the goodbye that comes late moves nothing, nor does a segment that comes out of order", () => {
  const capture = dial().up();
  capture.say("server", notify(1)).wait(3).say("client", CLEAR);
  const [clear, told] = [capture.packets.pop()!, capture.packets.pop()!];
  capture.packets.push(clear, told, { ...told, time: told.time! + 300_000_000n });
  const [call] = decodedFile(capture.file()).calls;
  assert.equal(call!.verdict.code, "hung-up-by-server", call!.verdict.evidence);
});

test("Windows' Data cut short, or spoilt, is shown as it is and tells nothing", () => {
  const cut = bytes`
    41131244  Magic-Number
    003ccd74  Windows
    0000      half of 691
  `;
  const capture = dial().start().call().lcp().logIn();
  const file = capture.control("server", "lcp", 5, 9, Buffer.from(cut).toString("hex")).file();
  const [call] = decodedFile(file).calls;
  assert.notEqual(call!.verdict.code, "bad-credentials");
});

test("a FIN behind octets that were not captured is not said to come without a goodbye", () => {
  const capture = dial().up().say("server", notify(1));
  capture.packets.pop();
  const [call] = decodedFile(capture.wait(5).fin("server").wait(5000).fin("client").file()).calls;
  assert.match(
    call!.verdict.evidence,
    /^The server closed the control connection without a goodbye in the capture, which lacks 148 octets that it sent, /,
  );
});

test("the stage at which a Windows side broke off has its number", () => {
  const said = Buffer.from(WINDOWS_SAYS[691]).toString("hex");
  const file = dial().start("Microsoft").call().lcp().logIn().control("server", "lcp", 5, 9, said).file();
  const { stages } = decodedFile(file).calls[0]!;
  const { stage, done, result } = stages.at(-1)!;
  assert.deepEqual([stage, done, result], ["auth", false, "the server ended it with Windows' error 691"]);
});

test("everything that either side did to end a call is listed in its order", () => {
  const capture = dial()
    .up()
    .say("server", notify(1, "in 5 out 6"))
    .wait(12)
    .say("client", CLEAR)
    .fin("client");
  const [call] = decodedFile(capture.fin("server").file()).calls;
  assert.deepEqual(
    call!.endings.map(({ from, text }) => `${from} ${text}`),
    [
      'server sent a Call-Disconnect-Notify with result 1(lost-carrier), error 0(none), cause 0: "in 5 out 6"',
      "client sent a Call-Clear-Request",
      "client closed the control connection",
      "server closed the control connection",
    ],
  );
});
