import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { messageFields } from "../../../server/pptp/messages/message-fields.ts";
import { CALL_RESULT } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { printable } from "../../../server/wire/printable.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import type { ControlItem } from "../control/control-stream.ts";
import { faultText } from "../control/fault-text.ts";
import { tellingText } from "../control/telling-fields.ts";
import { LINGER, LINGER_AFTER_NOTIFY } from "../limits.ts";
import { opposite } from "../side.ts";
import type { Call } from "./call.ts";

/** Octets of a fault that a row shows; all that is kept of them are its fields. */
const SHOWN = 24;

/** Of a Call-Disconnect-Notify's text. */
const SHOWN_TEXT = 128;

/** As pacd calls itself in Vendor Name. */
const PACD = "pacd";

/** Both sides may put result 0 where they mean success; pptp-linux takes it so. */
const succeeded = (result: number, ok: number): boolean => result === ok || result === 0;

/** One message of the control connection, or what stood in its place. */
export function onControl(call: Call, when: Moment, from: Side, item: ControlItem): void {
  const { control } = call.facts;
  if (item.kind === "fault") {
    if (item.certain)
      control.faults[from] ??= {
        what: faultText(item.octets, item.length),
        at: when.at,
        first: item.first,
      };
    const begins = item.octets.length === 0 ? "" : `: ${shown(item.octets)}`;
    const more = item.last ? "; nothing more of this side is looked at" : "";
    const text = `${item.length} octets that are no message (${item.code})${begins}${more}`;
    call.message(when, from, "pptp", text, { fields: () => messageFields(item.octets) });
    return;
  }
  control.messages += 1;
  control.said[from] += 1;
  const { message, octets } = item;
  call.message(when, from, "pptp", tellingText(message), { fields: () => messageFields(octets) });
  learn(call, when, from, message);
}

function learn(call: Call, when: Moment, from: Side, message: ControlMessage): void {
  const { control } = call.facts;
  switch (message.type) {
    case "start-control-connection-request":
      control.startRequest = true;
      return;
    case "start-control-connection-reply":
      control.ofPacd = message.vendorName === PACD;
      control.startReply = { result: message.result, error: message.error };
      if (!succeeded(message.result, START_RESULT.ok)) call.overAt = when.at + afterNotify(call);
      return;
    case "outgoing-call-request":
    case "incoming-call-request":
      control.callRequest = true;
      call.ids[from] = message.callId;
      return;
    case "outgoing-call-reply":
    case "incoming-call-reply":
      control.callReply = { result: message.result, error: message.error };
      if (!succeeded(message.result, CALL_RESULT.connected)) {
        call.overAt = when.at + afterNotify(call);
        return;
      }
      call.ids[from] = message.callId;
      call.done("control", when.at, `call IDs ${call.ids.client ?? "?"} and ${call.ids.server ?? "?"}`);
      return;
    case "set-link-info":
      // Windows says so twice: all ones at once, and what was agreed once LCP is open. Its server does not
      // wait for that.
      control.linkInfo ||=
        from === "client" && (message.sendAccm !== 0xffffffff || message.receiveAccm !== 0xffffffff);
      return;
    case "call-clear-request":
      call.facts.endings.add(from, when, { kind: "clear" });
      return;
    case "call-disconnect-notify": {
      const { result, error, cause } = message;
      const statistics = quotable(message.callStatistics);
      call.facts.endings.add(from, when, { kind: "notify", result, error, cause, statistics });
      call.overAt = when.at + afterNotify(call);
      return;
    }
    case "stop-control-connection-request":
      call.facts.endings.add(from, when, { kind: "stop", reason: message.reason });
      return;
    case "stop-control-connection-reply":
      call.overAt = Math.min(call.overAt, when.at + LINGER);
      return;
    case "echo-request":
      call.echoRequest("control", from, when.at);
      return;
    case "echo-reply":
      call.facts.echoes.control[opposite(from)].count = 0;
      return;
    default:
      return;
  }
}

/** Rows that are kept may wait until the connection is closed; who looks on wants the verdict. */
const afterNotify = (call: Call): number => (call.services.options.ladders ? LINGER_AFTER_NOTIFY : LINGER);

const quotable = (text: string): string => printable(Buffer.from(text, "latin1"), SHOWN_TEXT);

const shown = (octets: Uint8Array): string =>
  `${hex(octets.subarray(0, SHOWN))}${octets.length > SHOWN ? "…" : ""} "${printable(octets.subarray(0, SHOWN), SHOWN)}"`;
