import { terminateWords } from "../../../server/ppp/terminate-data.ts";
import { DISCONNECT_RESULT } from "../../../server/pptp/messages/call-disconnect-notify.ts";
import { GENERAL_ERROR } from "../../../server/pptp/messages/general-error.ts";
import { codeName } from "../../../server/pptp/messages/show.ts";
import { STOP_REASON } from "../../../server/pptp/messages/stop-control-connection-request.ts";
import { CUT } from "../../../server/wire/shown-field.ts";
import type { Ending } from "../endings.ts";

/** Undefined is what the capture cut away. */
const named =
  (name: (code: number) => string) =>
  (code: number | undefined): string =>
    code === undefined ? CUT : name(code);

const disconnectResult = named(codeName(DISCONNECT_RESULT));
const generalError = named(codeName(GENERAL_ERROR));
const stopReason = named(codeName(STOP_REASON));

/** What the words for a step depend on beside it. */
interface Circumstances {
  /** The session had come up. */
  readonly up: boolean;
  /** Octets that the same side sent on the control connection and the capture lacks. */
  readonly unseen: number;
  /** The same side has said goodbye before. */
  readonly parted: boolean;
}

/** What a step was, behind who took it: `sent a Call-Clear-Request`. */
export function stepWords(ending: Ending, { up, unseen, parted }: Circumstances): string {
  switch (ending.kind) {
    case "terminate": {
      const { protocol, data, cut } = ending;
      const article = protocol === "ccp" ? "a" : "an";
      const words =
        cut === undefined
          ? terminateWords(data, up)
          : cut === "text" && data.kind === "text"
            ? `${terminateWords(data)} ${CUT}`
            : CUT;
      return `sent ${article} ${protocol.toUpperCase()} Terminate-Request ${words}`;
    }
    case "clear":
      return "sent a Call-Clear-Request";
    case "notify":
      return `sent a Call-Disconnect-Notify with ${notifyWords(ending)}`;
    case "stop":
      return `sent a Stop-Control-Connection-Request with reason ${stopReason(ending.reason)}`;
    case "fin":
    case "reset": {
      const did = `${ending.kind === "fin" ? "closed" : "reset"} the control connection`;
      if (parted) return did;
      return unseen === 0
        ? `${did} without a goodbye`
        : `${did} without a goodbye in the capture, which lacks ${unseen} octets that it sent`;
    }
  }
}

/** All that a Call-Disconnect-Notify holds (RFC 2637 §2.13). */
export function notifyWords(notify: Extract<Ending, { kind: "notify" }>): string {
  const { result, error, cause, statistics } = notify;
  const codes = `result ${disconnectResult(result)}, error ${generalError(error)}, cause ${cause ?? CUT}`;
  return statistics === "" ? codes : `${codes}: "${statistics}"`;
}
