import { type Octets, octets } from "../../wire/units.ts";
import { callClearRequest } from "./call-clear-request.ts";
import { callDisconnectNotify } from "./call-disconnect-notify.ts";
import type { Declaration } from "./declaration.ts";
import { echoReply } from "./echo-reply.ts";
import { echoRequest } from "./echo-request.ts";
import { incomingCallConnected } from "./incoming-call-connected.ts";
import { incomingCallReply } from "./incoming-call-reply.ts";
import { incomingCallRequest } from "./incoming-call-request.ts";
import { outgoingCallReply } from "./outgoing-call-reply.ts";
import { outgoingCallRequest } from "./outgoing-call-request.ts";
import { setLinkInfo } from "./set-link-info.ts";
import { startControlConnectionReply } from "./start-control-connection-reply.ts";
import { startControlConnectionRequest } from "./start-control-connection-request.ts";
import { stopControlConnectionReply } from "./stop-control-connection-reply.ts";
import { stopControlConnectionRequest } from "./stop-control-connection-request.ts";
import { wanErrorNotify } from "./wan-error-notify.ts";

/** All control messages there are (RFC 2637 §1.4), in the order of their codes. */
export const MESSAGES = [
  startControlConnectionRequest,
  startControlConnectionReply,
  stopControlConnectionRequest,
  stopControlConnectionReply,
  echoRequest,
  echoReply,
  outgoingCallRequest,
  outgoingCallReply,
  incomingCallRequest,
  incomingCallReply,
  incomingCallConnected,
  callClearRequest,
  callDisconnectNotify,
  wanErrorNotify,
  setLinkInfo,
] as const;

const BY_CODE = new Map<number, Declaration>(MESSAGES.map((declaration) => [declaration.code, declaration]));
const BY_TYPE = new Map<string, Declaration>(MESSAGES.map((declaration) => [declaration.type, declaration]));
const LENGTHS = new Set<number>(MESSAGES.map((declaration) => declaration.length));

/** The longest message: what a framer must be able to hold. */
export const MAX_MESSAGE: Octets = octets(Math.max(...LENGTHS));

export const declarationOf = (type: (typeof MESSAGES)[number]["type"]): Declaration => BY_TYPE.get(type)!;

/** Undefined for a Control Message Type that RFC 2637 does not know. */
export const declarationOfCode = (code: number): Declaration | undefined => BY_CODE.get(code);

/** Is there any message of this length? */
export const isMessageLength = (length: number): boolean => LENGTHS.has(length);
