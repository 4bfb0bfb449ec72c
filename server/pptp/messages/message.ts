import type { MessageOf } from "./declaration.ts";
import type { MESSAGES } from "./registry.ts";

/** Any of the fifteen control messages of RFC 2637 §2, told apart by `type`. */
export type ControlMessage = MessageOf<(typeof MESSAGES)[number]>;

export type { CallClearRequest } from "./call-clear-request.ts";
export type { CallDisconnectNotify } from "./call-disconnect-notify.ts";
export type { EchoReply } from "./echo-reply.ts";
export type { EchoRequest } from "./echo-request.ts";
export type { IncomingCallConnected } from "./incoming-call-connected.ts";
export type { IncomingCallReply } from "./incoming-call-reply.ts";
export type { IncomingCallRequest } from "./incoming-call-request.ts";
export type { OutgoingCallReply } from "./outgoing-call-reply.ts";
export type { OutgoingCallRequest } from "./outgoing-call-request.ts";
export type { SetLinkInfo } from "./set-link-info.ts";
export type { StartControlConnectionReply } from "./start-control-connection-reply.ts";
export type { StartControlConnectionRequest } from "./start-control-connection-request.ts";
export type { StopControlConnectionReply } from "./stop-control-connection-reply.ts";
export type { StopControlConnectionRequest } from "./stop-control-connection-request.ts";
export type { WanErrorNotify } from "./wan-error-notify.ts";
