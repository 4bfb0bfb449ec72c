import { title } from "../../../server/pptp/messages/codec.ts";
import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { messageFields } from "../../../server/pptp/messages/message-fields.ts";
import { CALL_RESULT } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import { MESSAGES } from "../../../server/pptp/messages/registry.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { printable } from "../../../server/wire/printable.ts";
import { CUT, type ShownField, shownField } from "../../../server/wire/shown-field.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import type { ControlItem } from "../control/control-item.ts";
import type { ControlStream } from "../control/control-stream.ts";
import { faultText } from "../control/fault-text.ts";
import { tellingText } from "../control/telling-fields.ts";
import { LINGER, LINGER_AFTER_NOTIFY, MAX_UNREAD_ENDS } from "../limits.ts";
import { opposite } from "../side.ts";
import type { Call } from "./call.ts";

/** Octets of a fault that a row shows; all that is kept of them are its fields. */
const SHOWN = 24;

/** Of a Call-Disconnect-Notify's text. */
const SHOWN_TEXT = 128;

/** As pacd calls itself in Vendor Name. */
const PACD = "pacd";

/** Both sides may put result 0 where they mean success; pptp-linux takes it so. Undefined: it was cut. */
const succeeded = (result: number | undefined, ok: number): boolean | undefined =>
  result === undefined ? undefined : result === ok || result === 0;

/** One message of the control connection, or what stood in its place. */
export function onControl(
  call: Call,
  when: Moment,
  from: Side,
  item: ControlItem,
  stream: ControlStream,
): void {
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
    call.message(when, from, "pptp", text, { fields: () => inSegment(stream, item.octets) });
    return;
  }
  if (item.kind === "unread") {
    // Of those that were not captured at all, or lost, the note about the hole speaks.
    if (item.why !== "cut") return;
    control.unread[from] += item.length;
    control.unreadAt[from] = Math.max(control.unreadAt[from], when.at);
    if (mayEnd(item.length) && control.unreadEnds.length < MAX_UNREAD_ENDS) control.unreadEnds.push(when.at);
    call.message(when, from, "pptp", `${unreadText(from, item.length)} ${CUT}`);
    return;
  }
  control.messages += 1;
  control.said[from] += 1;
  const { message, octets } = item;
  const isBegun = item.kind === "begun";
  const mark = isBegun ? ` ${item.why === "cut" ? CUT : "[the rest is not in the capture]"}` : "";
  const fields = () => inSegment(stream, octets, isBegun);
  call.message(when, from, "pptp", `${tellingText(message)}${mark}`, { fields });
  learn(call, when, from, message);
}

/** A message, and what its segment holds besides. */
const inSegment = (stream: ControlStream, octets: Uint8Array, cut = false): readonly ShownField[] => [
  ...(stream.carried === "" ? [] : [shownField("segment", stream.carried)]),
  ...messageFields(octets, cut),
];

function learn(call: Call, when: Moment, from: Side, message: CutMessage): void {
  const { control } = call.facts;
  if (STEPS.has(message.type)) call.stages.step(call.since(when.at));
  switch (message.type) {
    case "start-control-connection-request":
      control.startRequest = true;
      return;
    case "start-control-connection-reply":
      control.ofPacd = message.vendorName === PACD;
      control.startReply = { result: message.result, error: message.error };
      if (succeeded(message.result, START_RESULT.ok) === false) call.overAt = when.at + afterNotify(call);
      return;
    case "outgoing-call-request":
    case "incoming-call-request":
      control.callRequest = true;
      call.ids[from] = message.callId ?? call.ids[from];
      return;
    case "outgoing-call-reply":
    case "incoming-call-reply":
      control.callReply = { result: message.result, error: message.error };
      if (succeeded(message.result, CALL_RESULT.connected) === false) {
        call.overAt = when.at + afterNotify(call);
        return;
      }
      control.acceptedAt ??= when.at;
      // The request may be missing.
      call.ids[opposite(from)] ??= message.peerCallId;
      call.ids[from] = message.callId ?? call.ids[from];
      call.ids[opposite(from)] ??= message.peerCallId;
      if (message.result === undefined) return;
      call.done("control", when.at, `call IDs ${call.ids.client ?? "?"} and ${call.ids.server ?? "?"}`);
      return;
    case "set-link-info":
      // Windows says so twice: all ones at once, and what was agreed once LCP is open. Its server does not
      // wait for that.
      if (from === "server") return;
      if (message.sendAccm === undefined || message.receiveAccm === undefined) control.linkInfoCut = true;
      control.linkInfo ||= [message.sendAccm, message.receiveAccm].some(
        (accm) => accm !== undefined && accm !== ALL_CHARACTERS,
      );
      return;
    case "call-clear-request":
      call.facts.endings.add(from, when, { kind: "clear" });
      return;
    case "call-disconnect-notify": {
      const { result, error, cause } = message;
      const statistics = quotable(message.callStatistics ?? "");
      call.facts.endings.add(from, when, { kind: "notify", result, error, cause, statistics });
      call.overAt = when.at + afterNotify(call);
      return;
    }
    case "stop-control-connection-request":
      call.facts.endings.add(from, when, { kind: "stop", reason: message.reason });
      return;
    case "stop-control-connection-reply":
      call.facts.endings.answer(from, when, "stop");
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

/**
 * A character map (ACCM) that escapes all control characters: what holds before LCP opens (RFC 1662 §7.1).
 */
const ALL_CHARACTERS = 0xffffffff;

/** Messages with which a dial comes on. */
const STEPS: ReadonlySet<ControlMessage["type"]> = new Set([
  "start-control-connection-request",
  "start-control-connection-reply",
  "outgoing-call-request",
  "outgoing-call-reply",
  "incoming-call-request",
  "incoming-call-reply",
]);

/** Messages that end a call, and others of the same length. */
const ENDS: ReadonlySet<ControlMessage["type"]> = new Set([
  "call-clear-request",
  "call-disconnect-notify",
  "stop-control-connection-request",
]);

/** Octets of which nothing else is known: each message has a length, and some have one of their own. */
function unreadText(from: Side, length: number): string {
  const types = MESSAGES.filter((message) => message.length === length).map(({ type }) => type);
  const isLikely = (type: string) => types.length === 1 || type.endsWith("-reply") === (from === "server");
  const [one, another] = types.filter(isLikely);
  if (one === undefined || another !== undefined) return `${length} octets of control messages`;
  return `${length} octets, as long as ${/^[aeiou]/.test(one) ? "an" : "a"} ${title(one)}`;
}

/** Might a message of so many octets, of which nothing else is known, end a call? */
function mayEnd(length: number): boolean {
  const types = MESSAGES.filter((message) => message.length === length).map(({ type }) => type);
  return types.length === 0 || types.some((type) => ENDS.has(type));
}

/** Rows that are kept may wait until the connection is closed; who looks on wants the verdict. */
const afterNotify = (call: Call): number => (call.services.options.ladders ? LINGER_AFTER_NOTIFY : LINGER);

const quotable = (text: string): string => printable(Buffer.from(text, "latin1"), SHOWN_TEXT);

const shown = (octets: Uint8Array): string =>
  `${hex(octets.subarray(0, SHOWN))}${octets.length > SHOWN ? "…" : ""} "${printable(octets.subarray(0, SHOWN), SHOWN)}"`;
