import assert from "node:assert/strict";
import { test } from "node:test";
import { describeMessage } from "../../../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { fc } from "../../../support/fc.ts";
import { anyControlMessage } from "../../../support/pptp/control-arbitrary.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

const lines: readonly [ControlMessage, string][] = [
  [controlFixture("echo-request").message, "Echo-Request identifier=4275878552"],
  [
    controlFixture("stop-control-connection-request").message,
    "Stop-Control-Connection-Request reason=3(local-shutdown)",
  ],
  [
    controlFixture("set-link-info").message,
    "Set-Link-Info peer-call-id=41394 send-accm=0xffffffff receive-accm=0x000a0000",
  ],
  [
    controlFixture("outgoing-call-request").message,
    "Outgoing-Call-Request call-id=2932 call-serial-number=3 minimum-bps=300 maximum-bps=100000000 " +
      "bearer-type=3(analog,digital) framing-type=3(asynchronous,synchronous) receive-window=64 processing-delay=0 phone-number-length=3 " +
      'phone-number="112" sub-address="\\x00\\x11\\"3DUfw\\x88\\x99\\xaa\\xbb\\xcc\\xdd\\xee\\xff"',
  ],
];
for (const [message, line] of lines)
  test(`${message.type} as a log line`, () => assert.equal(describeMessage(message), line));

test("a code without a name is shown as a number", () => {
  const message = { ...controlFixture("call-disconnect-notify").message, result: 0 } as ControlMessage;
  assert.match(describeMessage(message), /^Call-Disconnect-Notify call-id=41394 result=0 error=0\(none\)/);
});

test("line ends, escapes and quotes of a peer do not reach the log", () => {
  const message = {
    ...controlFixture("start-control-connection-request").message,
    hostName: 'a\r\n\u001b[31m"\\é',
  } as ControlMessage;
  assert.match(describeMessage(message), / host-name="a\\x0d\\x0a\\x1b\[31m\\"\\\\xe9" /);
});

test("any message is one line of printable ASCII", () => {
  fc.assert(
    fc.property(anyControlMessage, (message) => {
      assert.match(describeMessage(message), /^[ -~]+$/);
    }),
    { seed: 2637 },
  );
});
